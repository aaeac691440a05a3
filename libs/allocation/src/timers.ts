/**
 * When something is due (section 2). Deadlines fall on local midnights, and whole bulletins are reminded of at once, so
 * timers wait in bundles, one an instant, and only the instants are in a heap. Deletion is lazy: a timer says only whom to
 * look at, and one whose subject has moved on does nothing. So timers are no state of their own, and no snapshot has them.
 */
import { firstKey, openHeap, popHeap, pushHeap, type Heap } from './heap.ts';
import { openRanking, type Ranking } from './sorting.ts';
import { startOfDayMs } from './terms.ts';

/** Timers of one instant fire in this order. */
export const timerKinds = [
  'VACANCY_OVER',
  'OFFER_REMINDER',
  'OFFER_ANSWER',
  'REFERRAL_VALIDITY',
  'CONTRACT',
  'SUSPENSION_OVER',
  'INTEREST_ANSWER',
  'PLANNED_AGE',
  'ANNUAL_ASK',
  'ANNUAL_ASK_AGAIN',
  'ANNUAL_ARCHIVE',
  'AGE_LIMIT',
] as const;
export type TimerKind = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11;
export const VACANCY_OVER = 0;
export const OFFER_REMINDER = 1;
export const OFFER_ANSWER = 2;
export const REFERRAL_VALIDITY = 3;
export const CONTRACT = 4;
export const SUSPENSION_OVER = 5;
export const INTEREST_ANSWER = 6;
export const PLANNED_AGE = 7;
export const ANNUAL_ASK = 8;
export const ANNUAL_ASK_AGAIN = 9;
export const ANNUAL_ARCHIVE = 10;
export const AGE_LIMIT = 11;

/** A timer packed into a number: row of the subject x 16 + kind. */
type Bundle = number[];
export const kindOfTimer = (packed: number): TimerKind => (packed & 15) as TimerKind;
export const subjectOfTimer = (packed: number): number => packed >>> 4;

export type Timers = {
  readonly bundles: Map<number, Bundle>;
  readonly instants: Heap;
  /** The bundle each kind was last added to: whole bulletins have one deadline. */
  readonly lastAtMs: number[];
  readonly lastBundle: Bundle[];
  /** Where timers of one kind and instant are ranked; empty between instants. */
  readonly ranking: Ranking;
};

export const openTimers = (): Timers => ({
  bundles: new Map(),
  instants: openHeap(),
  lastAtMs: timerKinds.map(() => NaN),
  lastBundle: timerKinds.map(() => []),
  ranking: openRanking(),
});

/** Sets a timer for 00:00 local of a day. */
export const setTimer = (timers: Timers, kind: TimerKind, subject: number, day: number): void =>
  addTimer(timers, kind, subject, startOfDayMs(day));

export const setReminder = (timers: Timers, vacancy: number, atMs: number): void =>
  addTimer(timers, OFFER_REMINDER, vacancy, atMs);

function addTimer(timers: Timers, kind: TimerKind, subject: number, atMs: number): void {
  if (timers.lastAtMs[kind] !== atMs) {
    let bundle = timers.bundles.get(atMs);
    if (bundle === undefined) {
      bundle = [];
      timers.bundles.set(atMs, bundle);
      pushHeap(timers.instants, atMs, 0);
    }
    timers.lastAtMs[kind] = atMs;
    timers.lastBundle[kind] = bundle;
  }
  timers.lastBundle[kind]!.push(subject * 16 + kind);
}

/** The earliest instant for which a timer was set; Infinity when there is none. */
export const nextInstant = (timers: Timers): number => firstKey(timers.instants);

/** Takes off all timers set for the earliest instant, in the order in which they were set. */
export function takeTimers(timers: Timers): readonly number[] {
  const atMs = firstKey(timers.instants);
  popHeap(timers.instants);
  const bundle = timers.bundles.get(atMs)!;
  timers.bundles.delete(atMs);
  for (let kind = 0; kind < timerKinds.length; kind++) {
    if (timers.lastAtMs[kind] !== atMs) continue;
    timers.lastAtMs[kind] = NaN;
    timers.lastBundle[kind] = [];
  }
  return bundle;
}
