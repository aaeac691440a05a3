/** Entries that are to be rejected, or that come at a moment when they mostly are. */
import type { WantedEntry } from '../src/messages.ts';
import { answerOffer, publish, someVacancy } from './history-acts.ts';
import { queue, someEntries } from './history-queueing.ts';
import { activeApplications, openPreschools, type Unstamped, type World } from './world.ts';

type Fault = (world: World) => Unstamped | null;

export function fault(world: World): Unstamped | null {
  return world.random.one(faults)(world);
}

/** Any application at all: active, ended or never queued. */
function anyApplication(world: World): string {
  const { random, state } = world;
  if (state.applications.length === 0 || random.chance(0.15)) return 'app-unknown';
  return random.one(state.applications).applicationId;
}

function anyVacancy(world: World): string {
  const { random, state } = world;
  if (state.vacancies.length === 0 || random.chance(0.1)) return 'seat-unknown';
  return random.one(state.vacancies).vacancyId;
}

const badQueueing: Fault = (world) => {
  const good = queue(world);
  if (good === null || good.type !== 'ApplicationQueued') return null;
  const first = good.entries[0];
  const closed = world.state.closedPreschools[0];
  switch (world.random.one(['twice', 'none', 'five', 'double', 'closed', 'future', 'old'])) {
    case 'twice':
      return { ...good, applicationId: anyApplication(world) };
    case 'none':
      return { ...good, entries: [] };
    case 'five':
      return { ...good, entries: ['A', 'B', 'C', 'D', 'E'].map((id) => wanted(id)) };
    case 'double':
      return first === undefined ? null : { ...good, entries: [first, { ...first, language: 'ru' }] };
    case 'closed':
      return closed === undefined ? null : { ...good, entries: [...good.entries.slice(0, 3), wanted(closed)] };
    case 'future':
      return { ...good, submittedAtMs: Math.max(world.atMs, world.state.nowMs) + 1 };
    default:
      return { ...good, birthDate: '2015-06-10' };
  }
};

function wanted(preschoolId: string): WantedEntry {
  return { preschoolId, language: 'kk', queue: 'ORDINARY', profile: null };
}

const badEntries: Fault = (world) => {
  const active = activeApplications(world);
  const closed = world.state.closedPreschools[0];
  const applicationId = active.length > 0 ? world.random.one(active).applicationId : anyApplication(world);
  const entries = world.random.one([
    [],
    ['A', 'B', 'C', 'D', 'E'].map((id) => wanted(id)),
    [wanted('A'), wanted('A')],
    closed === undefined ? [] : [wanted(closed)],
  ]);
  return { type: 'EntriesChanged', applicationId, entries };
};

/** Aimed at an application with a live referral. */
const entriesWhileReferred: Fault = (world) => {
  const referred = activeApplications(world).filter((one) => one.entries.some((entry) => entry.referral !== null));
  if (referred.length === 0 || openPreschools(world).length === 0) return null;
  return {
    type: 'EntriesChanged',
    applicationId: world.random.one(referred).applicationId,
    entries: someEntries(world, world.random.whole(1, 3)),
  };
};

/** One bulletin with seats already published, seats of closed preschools and the same seat twice, among good ones. */
const badBulletin: Fault = (world) => {
  const good = publish(world);
  if (good === null || good.type !== 'VacanciesPublished') return null;
  const closed = world.state.closedPreschools[0];
  const first = good.vacancies[0];
  if (first === undefined) return null;
  const vacancies = [...good.vacancies];
  if (world.random.chance(0.7)) vacancies.push({ ...first });
  if (world.random.chance(0.5)) vacancies.unshift({ ...first, vacancyId: anyVacancy(world) });
  if (closed !== undefined) vacancies.push({ ...someVacancy(world), preschoolId: closed });
  vacancies.push(someVacancy(world));
  return { type: 'VacanciesPublished', vacancies };
};

/** An answer to an offer that has lapsed, gone to another, or was never made. */
const strayAnswer: Fault = (world) => {
  const { random } = world;
  const lapsed = activeApplications(world).filter((one) => one.lapsedVacancies.length > 0);
  if (lapsed.length > 0 && random.chance(0.6)) {
    const { applicationId, lapsedVacancies } = random.one(lapsed);
    return {
      type: 'OfferAnswered',
      applicationId,
      vacancyId: random.one(lapsedVacancies),
      accepted: random.chance(0.5),
    };
  }
  const live = answerOffer(world);
  if (live !== null && live.type === 'OfferAnswered' && random.chance(0.5)) {
    return { ...live, applicationId: anyApplication(world) };
  }
  return { type: 'OfferAnswered', applicationId: anyApplication(world), vacancyId: anyVacancy(world), accepted: true };
};

const strayInterest: Fault = (world) => ({
  type: 'InterestAnswered',
  applicationId: anyApplication(world),
  preschoolId: world.random.one([null, ...world.temper.preschools, 'nowhere']),
  interested: world.random.chance(0.5),
});

const strayReferralAct: Fault = (world) => {
  const applicationId = anyApplication(world);
  switch (world.random.one(['cancel', 'extend', 'submit', 'admission', 'placement', 'benefit'])) {
    case 'cancel':
      return { type: 'ReferralCancelled', applicationId };
    case 'extend':
      return { type: 'ReferralExtended', applicationId, days: world.random.one([0, 1, 30, 31, 61]) };
    case 'submit':
      return { type: 'DocumentsSubmitted', applicationId };
    case 'placement':
      return { type: 'PlacementEnded', applicationId };
    case 'benefit':
      return { type: 'BenefitCheckFailed', applicationId };
    default:
      return {
        type: 'AdmissionDecided',
        applicationId,
        outcome: world.random.one(['SIGNED', 'NOT_SIGNED', 'MEDICAL']),
      };
  }
};

/** Aimed at a live referral: too many days, a second extension, or one after validity while documents stop the clock. */
const badExtension: Fault = (world) => {
  const referred = activeApplications(world).filter((one) => one.entries.some((entry) => entry.referral !== null));
  if (referred.length === 0) return null;
  const stopped = referred.filter((one) => one.entries.some((entry) => entry.referral?.clockRunning === false));
  const applicationId = world.random.one(stopped.length > 0 ? stopped : referred).applicationId;
  return world.random.chance(0.7)
    ? { type: 'ReferralExtended', applicationId, days: world.random.one([0, 1, 1, 1, 31, 61]) }
    : { type: 'ReferralCancelled', applicationId };
};

const strayChange: Fault = (world) => {
  const applicationId = anyApplication(world);
  return world.random.one<Unstamped>([
    { type: 'CategoryChanged', applicationId, category: 'FIRST_PRIORITY' },
    { type: 'ApplicationWithdrawn', applicationId: 'app-unknown' },
    { type: 'VacancyRecalled', vacancyId: anyVacancy(world) },
    { type: 'PreschoolClosed', preschoolId: world.state.closedPreschools[0] ?? 'nowhere' },
    { type: 'DeadlinesExtended', fromMs: world.atMs, toMs: world.atMs - 1, days: 3, reason: 'from after to' },
    {
      type: 'DeadlinesExtended',
      fromMs: world.atMs,
      toMs: world.atMs,
      days: world.random.one([0, 91]),
      reason: 'days',
    },
  ]);
};

const faults: readonly Fault[] = [
  badQueueing,
  badQueueing,
  badEntries,
  entriesWhileReferred,
  badBulletin,
  badBulletin,
  strayAnswer,
  strayAnswer,
  strayInterest,
  strayReferralAct,
  strayReferralAct,
  badExtension,
  badExtension,
  strayChange,
];
