/** What a history is written from: its dice, its temper and the reference's state at the moment. */
import type { LogEntry } from '../src/messages.ts';
import type { Application, Entry, ReferenceState, Vacancy } from '../reference/state.ts';
import { isLive } from '../reference/state.ts';
import { dateOfDay, dayOf, endOfDay } from '../reference/time.ts';
import { fireTimes } from '../reference/timers.ts';
import type { Random } from './random.ts';
import type { Temper } from './temper.ts';

export type World = {
  readonly random: Random;
  readonly temper: Temper;
  readonly state: ReferenceState;
  applicationsNamed: number;
  vacanciesNamed: number;
  /** The instant of the entry being written. */
  atMs: number;
};

/** A log entry without its instant. */
export type Unstamped = LogEntry extends infer E ? (E extends LogEntry ? Omit<E, 'atMs'> : never) : never;

export function activeApplications(world: World): Application[] {
  return world.state.applications.filter((application) => application.status === 'ACTIVE');
}

export type About = { readonly application: Application; readonly entry: Entry };

export function liveEntries(world: World, wanted: (entry: Entry) => boolean): About[] {
  return activeApplications(world).flatMap((application) =>
    application.entries.filter((entry) => isLive(entry) && wanted(entry)).map((entry) => ({ application, entry })),
  );
}

export function openPreschools(world: World): string[] {
  return world.temper.preschools.filter((id) => !world.state.closedPreschools.includes(id));
}

export function vacanciesWith(world: World, statuses: readonly Vacancy['status'][]): Vacancy[] {
  return world.state.vacancies.filter((vacancy) => statuses.includes(vacancy.status));
}

/** Group years of the children of this history, as of the day. */
export function groupYears(world: World): number[] {
  const year = Number(dateOfDay(today(world)).slice(0, 4));
  return world.temper.ages.map((age) => year - age);
}

const oddIds = ['', '__proto__', 'constructor', 'toString', 'ә-қазақша', '🙂', 'a b', '"quoted"', '0', '-1', 'null'];

/** An id not given before; `what` keeps the ids of applications, seats and families apart in the plain forms. */
export function freshId(world: World, what: 'app' | 'seat' | 'family', number: number): string {
  if (world.temper.ids === 'names') return `${what}-${number}`;
  const odd = oddIds[number - 1];
  if (world.temper.ids === 'odd' && odd !== undefined) return odd;
  const hex = number.toString(16).padStart(12, '0');
  const group = { app: 'aaaa', seat: 'bbbb', family: 'cccc' }[what];
  const uuid = `0f9d31c2-${group}-4e6a-8b1d-${hex}`;
  // The same letters in capitals are another id.
  return world.temper.ids === 'odd' && number % 3 === 0 ? uuid.toUpperCase() : uuid;
}

export function today(world: World): number {
  return dayOf(world.atMs);
}

const paceMs = {
  moments: 50,
  hours: 6 * 3_600_000,
  days: 40 * 3_600_000,
  weeks: 120 * 3_600_000,
  months: 400 * 3_600_000,
};

/** The instant of the next entry: a step at the history's pace, a tie, a deadline to the millisecond, a long jump, or back. */
export function nextInstant(world: World): number {
  const { random, temper, state } = world;
  const nowMs = Math.max(state.nowMs, temper.startMs);
  const kind = random.weighted([
    ['tie', 14],
    ['millisecond', 6],
    ['pace', 50],
    ['deadline', 8],
    ['midnight', 3],
    ['jump', temper.features.has('longJumps') ? 0.7 : 0],
    ['back', temper.features.has('backwards') ? 2 : 0],
  ]);
  switch (kind) {
    case 'millisecond':
      return nowMs + 1;
    case 'pace':
      return nowMs + Math.floor(random.whole(0, 2 * paceMs[temper.pace]) / hurry(world));
    case 'deadline':
      return atDeadline(world, nowMs);
    case 'midnight':
      return endOfDay(dayOf(nowMs)) + random.whole(0, 1);
    case 'jump':
      return nowMs + random.one([9, 35, 100, 370, 800]) * 86_400_000 + random.whole(0, 86_400_000);
    case 'back':
      return nowMs - random.one([1, 1000, 3_600_000, 40 * 86_400_000]);
    default:
      return nowMs;
  }
}

/** The more offers, referrals and questions are live, the more happens in a day: mostly they are answered in time. */
function hurry(world: World): number {
  if (world.random.chance(0.15)) return 1;
  return 1 + liveEntries(world, (entry) => entry.state === 'OFFERED' || entry.state === 'REFERRED').length;
}

/** The instants just after a deadline: fire times of timers, and the ends of rights that have no timer. */
function instantsAfterDeadlines(world: World): number[] {
  const ends = liveEntries(world, (entry) => entry.referral !== null).flatMap(({ entry: { referral } }) =>
    referral === null ? [] : [referral.cancellableUntilMs + 1, referral.validUntilMs + 1],
  );
  return [...fireTimes(world.state), ...ends];
}

/** A deadline that is live now, to the millisecond; the clock as it stands when there is none. */
export function someDeadline(world: World): number {
  const instants = instantsAfterDeadlines(world);
  return instants.length === 0 ? world.atMs : world.random.one(instants) - 1;
}

/** One of the next fire times, the deadline before it, or a millisecond after. */
function atDeadline(world: World, nowMs: number): number {
  const ahead = instantsAfterDeadlines(world)
    .filter((fireAtMs) => fireAtMs > nowMs)
    .sort((a, b) => a - b);
  const soon = ahead.slice(0, world.random.one([1, 1, 2, 6]));
  if (soon.length === 0) return nowMs;
  return world.random.one(soon) + world.random.one([-1, -1, 0, 0, 1]);
}
