/** Seats, answers, referrals, and what befalls the whole country; mostly aimed at what is live at the moment. */
import type { AdmissionOutcome, PublishedVacancy } from '../src/messages.ts';
import { someQueue } from './history-queueing.ts';
import { randomCalendar, randomPolicy } from './temper.ts';
import {
  activeApplications,
  freshId,
  groupYears,
  liveEntries,
  openPreschools,
  someDeadline,
  today,
  vacanciesWith,
  type About,
  type Unstamped,
  type World,
} from './world.ts';
import { dateOfDay } from '../reference/time.ts';
import { groupYear, type Application, type Entry } from '../reference/state.ts';

export function publish(world: World): Unstamped | null {
  if (openPreschools(world).length === 0) return null;
  // Seats for which nobody waits make no history; some of them are always there.
  if (vacanciesWith(world, ['OPEN']).length > world.temper.idleSeats && world.random.chance(0.85)) return null;
  const together = seatsForSiblings(world);
  if (together !== null) return { type: 'VacanciesPublished', vacancies: together };
  const count = world.random.chance(0.02) ? 0 : world.random.whole(1, world.temper.seatsAtOnce);
  return { type: 'VacanciesPublished', vacancies: Array.from({ length: count }, () => someVacancy(world)) };
}

/** A permanent seat for each child of a family that waits at one preschool, sometimes one short, sometimes with others between. */
function seatsForSiblings(world: World): PublishedVacancy[] | null {
  const { random } = world;
  if (!world.temper.features.has('siblings') || !random.chance(0.3)) return null;
  const waiting = liveEntries(world, (entry) => entry.state === 'WAITING');
  const hasSibling = waiting.filter(({ application, entry }) =>
    waiting.some((other) => other.application !== application && isOfFamily(other, application, entry)),
  );
  if (hasSibling.length === 0) return null;
  const first = random.one(hasSibling);
  const family = waiting.filter((one) => isOfFamily(one, first.application, first.entry));
  const allYears = [...new Set(family.map(({ application }) => groupYear(application)))];
  const seats: PublishedVacancy[] = [];
  for (const { application, entry } of family) {
    const { preschoolId, language, queue, profile } = entry;
    const years = random.chance(0.25) ? allYears : [groupYear(application)];
    if (random.chance(0.3)) seats.push(someVacancy(world));
    if (random.chance(0.15)) continue;
    const seat = { ...someVacancy(world), preschoolId, language, queue, profile, birthYears: years };
    seats.push({ ...seat, temporaryUntil: random.chance(0.9) ? null : seat.temporaryUntil });
  }
  return seats.length === 0 ? null : seats;
}

function isOfFamily(one: About, application: Application, entry: Entry): boolean {
  return one.application.applicantId === application.applicantId && one.entry.preschoolId === entry.preschoolId;
}

/** Mostly a seat for which somebody waits. */
export function someVacancy(world: World): PublishedVacancy {
  const { random, temper } = world;
  world.vacanciesNamed += 1;
  const vacancyId = freshId(world, 'seat', world.vacanciesNamed);
  const waiting = liveEntries(world, (entry) => entry.state === 'WAITING' || entry.state === 'DEFERRED');
  const years = new Set([random.one(groupYears(world))]);
  let seat = { preschoolId: random.one(openPreschools(world)), ...someQueue(world) };
  if (waiting.length > 0 && random.chance(0.75)) {
    const { application, entry } = random.one(waiting);
    seat = { preschoolId: entry.preschoolId, language: entry.language, queue: entry.queue, profile: entry.profile };
    years.clear();
    years.add(groupYear(application));
  }
  if (temper.features.has('mixedAge') && random.chance(0.25)) {
    const year = [...years][0] ?? 2020;
    for (const other of [year - 1, year + 1, random.one(groupYears(world))]) if (random.chance(0.6)) years.add(other);
  }
  const isTemporary = temper.features.has('temporary') && random.chance(0.3);
  const lastDay = today(world) + random.one([-1, 0, 1, 2, 3, 5, 10, 30, 90]);
  const birthYears = random.chance(0.02) ? [...years, ...years] : [...years];
  return { vacancyId, ...seat, birthYears, temporaryUntil: isTemporary ? dateOfDay(lastDay) : null };
}

export function recall(world: World): Unstamped | null {
  const vacancies = vacanciesWith(world, ['OPEN', 'OFFERED']);
  if (vacancies.length === 0) return null;
  return { type: 'VacancyRecalled', vacancyId: world.random.one(vacancies).vacancyId };
}

export function answerOffer(world: World): Unstamped | null {
  const offered = liveEntries(world, (entry) => entry.offer !== null);
  if (offered.length === 0) return null;
  const { application, entry } = world.random.one(offered);
  if (entry.offer === null) return null;
  return {
    type: 'OfferAnswered',
    vacancyId: entry.offer.vacancyId,
    applicationId: application.applicationId,
    accepted: world.random.chance(world.temper.acceptance),
  };
}

export function answerInterest(world: World): Unstamped | null {
  const asked = liveEntries(world, (entry) => entry.state === 'INTEREST_ASKED');
  if (asked.length === 0) return null;
  const { application, entry } = world.random.one(asked);
  return {
    type: 'InterestAnswered',
    applicationId: application.applicationId,
    preschoolId: entry.preschoolId,
    interested: world.random.chance(0.75),
  };
}

export function answerAnnual(world: World): Unstamped | null {
  const asked = activeApplications(world).filter((application) => application.openQuestion !== null);
  if (asked.length === 0) return null;
  return {
    type: 'InterestAnswered',
    applicationId: world.random.one(asked).applicationId,
    preschoolId: null,
    interested: world.random.chance(0.7),
  };
}

function someReferred(world: World): string | null {
  const referred = liveEntries(world, (entry) => entry.referral !== null);
  return referred.length === 0 ? null : world.random.one(referred).application.applicationId;
}

export function cancel(world: World): Unstamped | null {
  const applicationId = someReferred(world);
  return applicationId === null ? null : { type: 'ReferralCancelled', applicationId };
}

export function extend(world: World): Unstamped | null {
  const applicationId = someReferred(world);
  if (applicationId === null) return null;
  return { type: 'ReferralExtended', applicationId, days: world.random.whole(1, world.state.policy.extensionDaysMax) };
}

export function submitDocuments(world: World): Unstamped | null {
  const applicationId = someReferred(world);
  return applicationId === null ? null : { type: 'DocumentsSubmitted', applicationId };
}

export function decideAdmission(world: World): Unstamped | null {
  const applicationId = someReferred(world);
  if (applicationId === null) return null;
  const outcome = world.random.weighted<AdmissionOutcome>([
    ['CONTRACT_SENT', 34],
    ['DOCUMENTS_REFUSED', 14],
    ['MEDICAL', 6],
    ['IMMUNITY', 8],
    ['SIGNED', 30],
    ['NOT_SIGNED', 8],
  ]);
  return outcome === null ? null : { type: 'AdmissionDecided', applicationId, outcome };
}

export function checkBenefit(world: World): Unstamped | null {
  const applications = activeApplications(world);
  const privileged = applications.filter((application) => application.category !== 'GENERAL');
  const promised = privileged.filter((one) =>
    one.entries.some((entry) => entry.offer !== null || entry.referral !== null),
  );
  const preferred = promised.length > 0 && world.random.chance(0.5) ? promised : privileged;
  const among = preferred.length > 0 && world.random.chance(0.85) ? preferred : applications;
  if (among.length === 0) return null;
  return { type: 'BenefitCheckFailed', applicationId: world.random.one(among).applicationId };
}

export function endPlacement(world: World): Unstamped | null {
  const placed = activeApplications(world).filter((application) => application.holdsStay);
  if (placed.length === 0) return null;
  return { type: 'PlacementEnded', applicationId: world.random.one(placed).applicationId };
}

/** Not the last preschool, or the history is soon over. */
export function close(world: World): Unstamped | null {
  const open = openPreschools(world);
  if (open.length < 2) return null;
  return { type: 'PreschoolClosed', preschoolId: world.random.one(open) };
}

/** A window that begins some days ago and mostly ends about now; the deadlines inside it are often about to pass. */
export function outage(world: World): Unstamped | null {
  const { random } = world;
  const dayMs = 86_400_000;
  const aroundNow = world.atMs - random.one([0, 1, 2, 5, 12]) * dayMs - random.whole(0, dayMs);
  const fromMs = random.chance(0.3) ? someDeadline(world) + random.one([0, 0, 1]) : aroundNow;
  const later = world.atMs + random.one([-1, 0, 0, 2, 6, 15]) * dayMs + random.whole(0, dayMs);
  const toMs = random.chance(0.3) ? someDeadline(world) - random.one([0, 0, 1]) : later;
  if (fromMs > toMs) return null;
  return { type: 'DeadlinesExtended', fromMs, toMs, days: random.one([1, 2, 3, 7, 30, 90]), reason: 'outage' };
}

export function changePolicy(world: World): Unstamped | null {
  return { type: 'PolicyChanged', policy: randomPolicy(world.random) };
}

export function changeCalendar(world: World): Unstamped | null {
  const year = Number(dateOfDay(today(world)).slice(0, 4));
  return { type: 'CalendarChanged', calendar: randomCalendar(world.random, year) };
}
