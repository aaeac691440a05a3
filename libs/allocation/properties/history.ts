/**
 * Random but lively histories: a seed names one. Each entry is written in view of the reference's state at that moment, so that
 * answers meet live offers and deep states are reached often.
 */
import { decideByReference, openReference } from '../reference/reference.ts';
import type { ReferenceState } from '../reference/state.ts';
import type { CalendarDays } from '../src/calendar.ts';
import type { Decision, LogEntry } from '../src/messages.ts';
import type { AllocationPolicy } from '../src/policy.ts';
import {
  answerAnnual,
  answerInterest,
  answerOffer,
  cancel,
  changeCalendar,
  changePolicy,
  checkBenefit,
  close,
  decideAdmission,
  endPlacement,
  extend,
  outage,
  publish,
  recall,
  submitDocuments,
} from './history-acts.ts';
import { fault } from './history-faults.ts';
import { changeCategory, changeChild, changeEntries, queue, revoke, withdraw } from './history-queueing.ts';
import { randomOfSeed } from './random.ts';
import { temperOf, type Act, type Feature } from './temper.ts';
import { nextInstant, type Unstamped, type World } from './world.ts';

export type History = {
  readonly seed: number;
  readonly policy: AllocationPolicy;
  readonly calendar: CalendarDays;
  readonly entries: readonly LogEntry[];
  /** What the reference decided, entry by entry. */
  readonly decided: readonly (readonly Decision[])[];
  /** The reference's state at the end. */
  readonly state: ReferenceState;
};

const writers: Record<Act, (world: World) => Unstamped | null> = {
  queue,
  publish,
  answerOffer,
  answerInterest,
  answerAnnual,
  cancel,
  extend,
  submitDocuments,
  admission: decideAdmission,
  changeCategory,
  changeChild,
  changeEntries,
  withdraw,
  revoke,
  benefitCheck: checkBenefit,
  endPlacement,
  recall,
  close,
  outage,
  changePolicy,
  changeCalendar,
  tick: () => ({ type: 'ClockAdvanced' }),
  fault,
};

/**
 * @param seed names the history
 * @param steps how many log entries to write
 * @param masked features that the history shall not have
 * @param crowd how many live applications the history begins with and keeps, when not the temper's own number
 */
export function historyOfSeed(
  seed: number,
  steps: number,
  masked: ReadonlySet<Feature> = new Set(),
  crowd?: number,
): History {
  const random = randomOfSeed(seed);
  const drawn = temperOf(random, masked);
  const temper = crowd === undefined ? drawn : { ...drawn, crowd, rush: crowd };
  const state = openReference(temper.policy, temper.calendar);
  const world: World = { random, temper, state, applicationsNamed: 0, vacanciesNamed: 0, atMs: temper.startMs };
  const entries: LogEntry[] = [];
  const decided: Decision[][] = [];
  while (entries.length < steps) {
    const entry = nextEntry(world, entries.length < temper.rush);
    decided.push(decideByReference(state, entry, entries.length));
    entries.push(entry);
  }
  return { seed, policy: temper.policy, calendar: temper.calendar, entries, decided, state };
}

function nextEntry(world: World, isRush: boolean): LogEntry {
  world.atMs = nextInstant(world);
  if (isRush && world.random.chance(0.85)) {
    const queued = queue(world);
    if (queued !== null) return { ...queued, atMs: world.atMs };
  }
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const act = world.random.weighted(world.temper.weights);
    const written = act === null ? null : writers[act](world);
    if (written !== null) return { ...written, atMs: world.atMs };
  }
  return { type: 'ClockAdvanced', atMs: world.atMs };
}
