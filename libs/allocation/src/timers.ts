/**
 * When something is due (section 2). All deadlines but the reminder fall on a local midnight, so timers wait in a bundle a
 * day, found through a heap of days; reminders have a heap of their own. Deletion is lazy: a timer says only whom to look
 * at, and one whose subject has moved on does nothing. So timers are no state of their own, and no snapshot holds them.
 */
import { firstKey, openHeap, popHeap, pushHeap, type Heap } from './heap.ts';
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
type Bundle = { count: number; packed: Uint32Array };
export const kindOfTimer = (packed: number): TimerKind => (packed & 15) as TimerKind;
export const subjectOfTimer = (packed: number): number => packed >>> 4;

export type Timers = {
  readonly bundles: Map<number, Bundle>;
  readonly days: Heap;
  readonly reminders: Heap;
};

export const openTimers = (): Timers => ({ bundles: new Map(), days: openHeap(), reminders: openHeap() });

/** Sets a timer for 00:00 local of a day. */
export function setTimer(timers: Timers, kind: TimerKind, subject: number, day: number): void {
  let bundle = timers.bundles.get(day);
  if (bundle === undefined) {
    bundle = { count: 0, packed: new Uint32Array(8) };
    timers.bundles.set(day, bundle);
    pushHeap(timers.days, day, day);
  } else if (bundle.count === bundle.packed.length) {
    const larger = new Uint32Array(bundle.count * 2);
    larger.set(bundle.packed);
    bundle.packed = larger;
  }
  bundle.packed[bundle.count++] = subject * 16 + kind;
}

export const setReminder = (timers: Timers, vacancy: number, atMs: number): void =>
  pushHeap(timers.reminders, atMs, vacancy);

/** The earliest instant for which a timer was set; Infinity when there is none. */
export function nextInstant(timers: Timers): number {
  const day = firstKey(timers.days);
  return Math.min(day === Infinity ? Infinity : startOfDayMs(day), firstKey(timers.reminders));
}

/** Takes off all timers set for this instant, the earliest, in any order. */
export function takeTimers(timers: Timers, atMs: number): number[] {
  const taken: number[] = [];
  while (firstKey(timers.reminders) <= atMs) taken.push(popHeap(timers.reminders) * 16 + OFFER_REMINDER);
  while (timers.days.size > 0 && startOfDayMs(firstKey(timers.days)) <= atMs) {
    const day = popHeap(timers.days);
    const bundle = timers.bundles.get(day)!;
    timers.bundles.delete(day);
    for (let i = 0; i < bundle.count; i++) taken.push(bundle.packed[i]!);
  }
  return taken;
}
