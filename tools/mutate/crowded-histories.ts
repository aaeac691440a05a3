/**
 * Histories of one crowded queue: what a midnight does to two hundred offers at once, and what long lists, long ledgers and
 * grown tables do. Random histories stay small; these reach the code that only a crowd reaches.
 */
import { defaultPolicy, plainWeek, type Category, type LogEntry, type PublishedVacancy } from '#allocation';
import { type History } from '../../libs/allocation/properties/history.ts';
import { decideByReference, openReference } from '../../libs/allocation/reference/reference.ts';

export const dayMs = 86_400_000;
export const beginsAtMs = Date.UTC(2026, 2, 2, 5);
export const seat = { preschoolId: 'P', language: 'kk', queue: 'ORDINARY', profile: null } as const;
const categories: readonly Category[] = ['GENERAL', 'FIRST_PRIORITY', 'GENERAL', 'GENERAL', 'OUT_OF_TURN'];

/** In an order that looks like none: steps of a number that shares no factor with `count`. */
const shuffled = (count: number, step: number): number[] =>
  Array.from({ length: count }, (_, i) => (i * step + 5) % count);

export type CrowdedHistory = Omit<History, 'seed'> & { readonly name: string };

export const crowdedHistories = (): CrowdedHistory[] => [
  crowd('a crowd of 40', 40, 17, []),
  crowd('a crowd of 97', 97, 31, ['FIRST_PRIORITY']),
  crowd('a crowd of 211', 211, 83, []),
  questionAtMidnight(),
];

/** @param only categories of all applications; mixed when there are none */
function crowd(name: string, count: number, step: number, only: readonly Category[]): CrowdedHistory {
  const entries: LogEntry[] = [];
  const id = (kind: string, number: number): string =>
    `${kind}eeb477d-2169-409a-86eb-${String(number).padStart(12, '0')}`;
  const classes = only.length === 0 ? categories : only;
  const order = shuffled(count, step);
  for (const number of order) {
    entries.push({
      type: 'ApplicationQueued',
      atMs: beginsAtMs,
      applicationId: id('a', number),
      applicantId: id('b', number),
      birthDate: '2023-04-05',
      category: classes[number % classes.length]!,
      submittedAtMs: beginsAtMs - Math.floor(number / 2) * 1000,
      pmpc: false,
      plannedAge: null,
      placementYear: null,
      entries: number % 3 === 0 ? [seat] : [seat, { ...seat, preschoolId: `Q${number % 7}` }],
    });
  }
  const seats = (kind: string, preschoolId: string, from: number, to: number): PublishedVacancy[] =>
    Array.from({ length: to - from }, (_, i) => ({
      ...seat,
      preschoolId,
      vacancyId: id(kind, from + i),
      birthYears: [2023],
      temporaryUntil: null,
    }));
  const publish = (atMs: number, vacancies: PublishedVacancy[]): void =>
    void entries.push({ type: 'VacanciesPublished', atMs, vacancies });
  const later = (days: number): number => beginsAtMs + days * dayMs;
  publish(later(1), seats('c', 'P', 0, Math.ceil(count * 0.8)));
  // Some decline, in no order; the rest are silent until one midnight, and all are asked at another.
  for (const number of order.slice(0, count >> 2)) {
    entries.push({
      type: 'OfferAnswered',
      atMs: later(2),
      vacancyId: id('c', number),
      applicationId: id('a', number),
      accepted: false,
    });
  }
  publish(later(3), seats('d', 'Q1', 0, 6));
  entries.push({ type: 'ClockAdvanced', atMs: later(5) });
  for (const number of order.slice(0, count >> 3)) {
    entries.push({ type: 'VacancyRecalled', atMs: later(6), vacancyId: id('c', number) });
  }
  entries.push({ type: 'ClockAdvanced', atMs: later(20) });
  for (const number of order.slice(count >> 2, count >> 1)) {
    entries.push({
      type: 'InterestAnswered',
      atMs: later(20),
      applicationId: id('a', number),
      preschoolId: 'P',
      interested: number % 4 > 0,
    });
  }
  for (const number of order.slice(count >> 1)) {
    entries.push({ type: 'ApplicationWithdrawn', atMs: later(21), applicationId: id('a', number) });
  }
  publish(later(22), seats('e', 'P', 0, count));
  entries.push({ type: 'ClockAdvanced', atMs: later(400) });
  return decidedByReference(name, entries);
}

/** Who is queued at the very instant of an annual question is asked it, though that instant's timers have fired already. */
function questionAtMidnight(): CrowdedHistory {
  const askedAtMs = Date.UTC(2027, 1, 1, 19);
  const child = { birthDate: '2024-04-05', pmpc: false, plannedAge: null, placementYear: null } as const;
  const queued = (applicationId: string, atMs: number): LogEntry => ({
    type: 'ApplicationQueued',
    atMs,
    applicationId,
    applicantId: applicationId,
    category: 'GENERAL',
    submittedAtMs: beginsAtMs,
    ...child,
    entries: [seat],
  });
  return decidedByReference('a question at midnight', [
    queued('gone', beginsAtMs),
    { type: 'ApplicationWithdrawn', atMs: beginsAtMs + dayMs, applicationId: 'gone' },
    queued('asked', askedAtMs),
    { type: 'ClockAdvanced', atMs: askedAtMs + dayMs },
    { type: 'ClockAdvanced', atMs: askedAtMs + 70 * dayMs },
  ]);
}

/** What the plain reading decides on a log, from nothing, under the policy of today. */
export function decidedByReference(name: string, entries: readonly LogEntry[]): CrowdedHistory {
  const state = openReference(defaultPolicy, plainWeek);
  const decided = entries.map((entry, place) => decideByReference(state, entry, place));
  return { name, policy: defaultPolicy, calendar: plainWeek, entries, decided, state };
}
