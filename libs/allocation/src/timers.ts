/**
 * When something is due (section 2). Deadlines fall on local midnights, so timers wait in bundles, one a day, and only the
 * days are in a heap; reminders alone have instants of their own, a day ahead, in another heap. Deletion is lazy: a timer
 * says only whom to look at, and one whose subject has moved on does nothing. So timers are no state of their own, and no
 * snapshot has them.
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
  /** By day: timers for 00:00 local of it. */
  readonly bundles: Map<number, Bundle>;
  readonly days: Heap;
  /** The bundle each kind was last added to: whole bulletins have one deadline. */
  readonly lastDay: number[];
  readonly lastBundle: Bundle[];
  /** Vacancies by the instant of the offer's reminder. */
  readonly reminders: Heap;
  /** Where timers of one kind and instant are ranked; empty between instants. */
  readonly ranking: Ranking;
};

const noDay = -0x8000_0000;

export const openTimers = (): Timers => ({
  bundles: new Map(),
  days: openHeap(),
  lastDay: timerKinds.map(() => noDay),
  lastBundle: timerKinds.map(() => []),
  reminders: openHeap(),
  ranking: openRanking(),
});

/** Sets a timer for 00:00 local of a day. */
export function setTimer(timers: Timers, kind: TimerKind, subject: number, day: number): void {
  if (timers.lastDay[kind] !== day) {
    let bundle = timers.bundles.get(day);
    if (bundle === undefined) {
      bundle = [];
      timers.bundles.set(day, bundle);
      pushHeap(timers.days, day, 0);
    }
    timers.lastDay[kind] = day;
    timers.lastBundle[kind] = bundle;
  }
  timers.lastBundle[kind]!.push(subject * 16 + kind);
}

export const setReminder = (timers: Timers, vacancy: number, atMs: number): void =>
  pushHeap(timers.reminders, atMs, vacancy);

/** The earliest instant for which a timer was set; Infinity when there is none. */
export const nextInstant = ({ days, reminders }: Timers): number =>
  Math.min(startOfDayMs(firstKey(days)), firstKey(reminders));

/** Takes off all timers set for the earliest instant. */
export function takeTimers(timers: Timers): readonly number[] {
  const instant = nextInstant(timers);
  const day = firstKey(timers.days);
  const taken = startOfDayMs(day) === instant ? takeBundle(timers, day) : [];
  while (firstKey(timers.reminders) === instant) taken.push(popHeap(timers.reminders) * 16 + OFFER_REMINDER);
  return taken;
}

function takeBundle(timers: Timers, day: number): Bundle {
  popHeap(timers.days);
  const bundle = timers.bundles.get(day)!;
  timers.bundles.delete(day);
  for (let kind = 0; kind < timerKinds.length; kind++) {
    if (timers.lastDay[kind] !== day) continue;
    timers.lastDay[kind] = noDay;
    timers.lastBundle[kind] = [];
  }
  return bundle;
}
