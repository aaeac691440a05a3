/** Applications and what their families change of them. */
import type { Category, WantedEntry } from '../src/messages.ts';
import { isLive, type Application } from '../reference/state.ts';
import { addMonths, dateOfDay, dayOf, dayOfDate, startOfDay } from '../reference/time.ts';
import { activeApplications, freshId, groupYears, openPreschools, today, type Unstamped, type World } from './world.ts';

export function queue(world: World): Unstamped | null {
  const { random, temper } = world;
  if (activeApplications(world).length > temper.crowd && random.chance(0.9)) return null;
  if (openPreschools(world).length === 0) return null;
  world.applicationsNamed += 1;
  const entries = someEntries(world, random.one([1, 1, 2, 2, 3, 4]));
  const brother = temper.features.has('siblings') && random.chance(0.45) ? someSibling(world) : null;
  return {
    type: 'ApplicationQueued',
    applicationId: freshId(world, 'app', world.applicationsNamed),
    applicantId: brother?.applicantId ?? freshId(world, 'family', world.applicationsNamed),
    ...someChild(world),
    category: brother !== null && random.chance(0.85) ? 'GENERAL' : someCategory(world),
    submittedAtMs: someSubmission(world),
    entries: brother !== null && random.chance(0.8) ? joinedTo(brother, entries) : entries,
  };
}

/** A child of the general queue, in whose family another child is now to be queued. */
function someSibling(world: World): Application | null {
  const candidates = activeApplications(world).filter(
    (application) => application.category === 'GENERAL' && application.entries.some(isLive),
  );
  return candidates.length === 0 ? null : world.random.one(candidates);
}

/** The sibling's first live preschool and queue, then the others. */
function joinedTo(sibling: Application, entries: readonly WantedEntry[]): WantedEntry[] {
  const first = sibling.entries.find(isLive);
  if (first === undefined) return [...entries];
  const { preschoolId, language, queue: kind, profile } = first;
  const others = entries.filter((entry) => entry.preschoolId !== preschoolId).slice(0, 3);
  return [{ preschoolId, language, queue: kind, profile }, ...others];
}

export function someCategory(world: World): Category {
  const { random, temper } = world;
  if (random.chance(temper.outOfTurnShare)) return 'OUT_OF_TURN';
  return random.chance(temper.firstPriorityShare) ? 'FIRST_PRIORITY' : 'GENERAL';
}

/** Mostly a moment ago; sometimes the same millisecond as another, or so long ago that annual questions are near. */
function someSubmission(world: World): number {
  const { random, state } = world;
  const nowMs = Math.max(world.atMs, state.nowMs);
  const others = state.applications;
  const kind = random.weighted([
    ['now', 50],
    ['tie', 15],
    ['before', 25],
    ['year', 10],
  ]);
  if (kind === 'tie' && others.length > 0) return Math.min(nowMs, random.one(others).submittedAtMs);
  if (kind === 'before') return nowMs - random.whole(0, 20 * 86_400_000);
  if (kind === 'year') {
    const day = addMonths(dayOf(nowMs), -random.one([10, 11, 11, 12, 13, 23, 25]));
    return startOfDay(day) + random.one([0, 0, 1, 3_600_000]) - random.one([0, 0, 1]);
  }
  return nowMs;
}

type Child = {
  readonly birthDate: string;
  readonly pmpc: boolean;
  readonly plannedAge: number | null;
  readonly placementYear: number | null;
};

function someChild(world: World): Child {
  const { random, temper } = world;
  const pmpc = temper.features.has('pmpc') && random.chance(0.15);
  const birthDate = someBirthDate(world);
  const plans = temper.features.has('plannedAge') && random.chance(0.15);
  // Mostly an age of this year or the next, so that it is soon reached or just reached.
  const ageThisYear = Number(dateOfDay(today(world)).slice(0, 4)) - Number(birthDate.slice(0, 4));
  return {
    birthDate,
    pmpc,
    plannedAge: plans
      ? random.one([0, 30, ...[-1, 0, 0, 1, 1, 1, 2, 1, 0].map((more) => Math.max(0, ageThisYear + more))])
      : null,
    placementYear: pmpc && random.chance(0.6) ? random.one(groupYears(world)) : null,
  };
}

function someBirthDate(world: World): string {
  const { random, state } = world;
  const year = random.one(groupYears(world));
  const kind = random.weighted([
    ['any', 60],
    ['edge', 15],
    ['leap', 8],
    ['limit', 17],
  ]);
  if (kind === 'edge') return `${year}-${random.one(['01-01', '12-31', '02-28', '03-31'])}`;
  if (kind === 'leap') return `${year - (year % 4)}-02-29`;
  if (kind === 'limit') {
    // Some days before or after the day on which the age limit is reached.
    const day = addMonths(today(world), -12 * state.policy.ageLimitYears) + random.one([0, 1, 1, 2, 2, 5, 20]);
    return dateOfDay(day);
  }
  return dateOfDay(dayOfDate(`${year}-01-01`) + random.whole(0, 364));
}

export function someEntries(world: World, count: number): WantedEntry[] {
  const left = [...openPreschools(world)];
  const entries: WantedEntry[] = [];
  while (entries.length < count && left.length > 0) {
    const preschoolId = world.random.one(left);
    left.splice(left.indexOf(preschoolId), 1);
    entries.push({ preschoolId, ...someQueue(world) });
  }
  return entries;
}

export function someQueue(world: World): Omit<WantedEntry, 'preschoolId'> {
  const { random, temper } = world;
  const language = random.one(temper.languages);
  if (temper.features.has('special') && random.chance(0.1)) {
    return { language, queue: 'SPECIAL', profile: random.one(['speech', 'speech', 'hearing']) };
  }
  if (temper.features.has('sanatorium') && random.chance(0.15)) {
    return { language, queue: 'SANATORIUM', profile: random.chance(0.9) ? 'tb' : null };
  }
  return { language, queue: 'ORDINARY', profile: random.chance(0.02) ? 'half-day' : null };
}

/** Half the time those with a live offer or referral: what is changed of them meets what was promised before. */
function oftenPromised(world: World): Application[] {
  const active = activeApplications(world);
  const promised = active.filter((one) => one.entries.some((entry) => entry.offer !== null || entry.referral !== null));
  return promised.length > 0 && world.random.chance(0.5) ? promised : active;
}

export function changeCategory(world: World): Unstamped | null {
  const applications = oftenPromised(world);
  if (applications.length === 0) return null;
  const { applicationId } = world.random.one(applications);
  return {
    type: 'CategoryChanged',
    applicationId,
    category: world.random.one(['GENERAL', 'FIRST_PRIORITY', 'OUT_OF_TURN']),
  };
}

export function changeChild(world: World): Unstamped | null {
  const { random } = world;
  const applications = oftenPromised(world);
  if (applications.length === 0) return null;
  const application = random.one(applications);
  const { applicationId, birthDate, pmpc, plannedAge, placementYear } = application;
  const fresh = someChild(world);
  const changed = random.one(['all', 'pmpc', 'plannedAge', 'plannedAge', 'birthDate', 'placementYear', 'nothing']);
  const all = changed === 'all';
  return {
    type: 'ChildChanged',
    applicationId,
    birthDate: all || changed === 'birthDate' ? fresh.birthDate : birthDate,
    pmpc: changed === 'pmpc' ? !pmpc : all ? fresh.pmpc : pmpc,
    plannedAge: all ? fresh.plannedAge : changed === 'plannedAge' ? otherPlannedAge(world, birthDate) : plannedAge,
    placementYear: all
      ? fresh.placementYear
      : changed === 'placementYear'
        ? random.one([...groupYears(world)])
        : placementYear,
  };
}

function otherPlannedAge(world: World, birthDate: string): number | null {
  const age = Number(dateOfDay(today(world)).slice(0, 4)) - Number(birthDate.slice(0, 4));
  return world.random.one([null, Math.max(0, age + world.random.one([-1, 0, 1, 1]))]);
}

/** Drops some, keeps some, adds some, and often names again what was dropped, declined or suspended. */
export function changeEntries(world: World): Unstamped | null {
  const { random } = world;
  const without = activeApplications(world).filter((application) => !application.entries.some(isLive));
  const applications = without.length > 0 && random.chance(0.5) ? without : activeApplications(world);
  if (applications.length === 0) return null;
  const application = random.one(applications);
  const entries: WantedEntry[] = application.entries
    .filter((entry) => isLive(entry) && random.chance(0.65))
    .map(({ preschoolId, language, queue: kind, profile }) => ({ preschoolId, language, queue: kind, profile }));
  const former = application.entries.filter((entry) => entry.state === 'ARCHIVED');
  const additions = [...former.filter(() => random.chance(0.6)), ...someEntries(world, random.whole(0, 3))];
  for (const { preschoolId, language, queue: kind, profile } of additions) {
    const taken = entries.some((entry) => entry.preschoolId === preschoolId);
    if (taken || entries.length >= 4 || world.state.closedPreschools.includes(preschoolId)) continue;
    const named = { preschoolId, language, queue: kind, profile };
    if (random.chance(0.5)) entries.push(named);
    else entries.unshift(named);
  }
  if (entries.length === 0) return null;
  return { type: 'EntriesChanged', applicationId: application.applicationId, entries };
}

export function withdraw(world: World): Unstamped | null {
  const applications = activeApplications(world);
  if (applications.length === 0) return null;
  return { type: 'ApplicationWithdrawn', applicationId: world.random.one(applications).applicationId };
}

export function revoke(world: World): Unstamped | null {
  const applications = activeApplications(world);
  if (applications.length === 0) return null;
  const reason = world.random.one(['VIOLATION', 'BENEFIT_NOT_CONFIRMED', 'OTHER'] as const);
  return { type: 'ApplicationRevoked', applicationId: world.random.one(applications).applicationId, reason };
}
