/**
 * What kind of history a seed names: how many preschools compete, how fast time runs, which acts are frequent and which never
 * happen. Two histories of one temper would look alike; the tempers differ so that rare meetings of acts become common somewhere.
 */
import { defaultPolicy, type AllocationPolicy } from '../src/policy.ts';
import type { CalendarDays } from '../src/calendar.ts';
import type { Random } from './random.ts';

/** What a history may contain; the differ can switch each off, so that one known fault does not hide the others. */
export const features = [
  'policies',
  'policyChanges',
  'calendars',
  'calendarChanges',
  'outages',
  'siblings',
  'mixedAge',
  'temporary',
  'sanatorium',
  'special',
  'plannedAge',
  'pmpc',
  'closing',
  'recalls',
  'childChanges',
  'entryChanges',
  'categoryChanges',
  'benefitChecks',
  'revocations',
  'longJumps',
  'backwards',
  'faults',
] as const;
export type Feature = (typeof features)[number];

export const acts = [
  'queue',
  'publish',
  'answerOffer',
  'answerInterest',
  'answerAnnual',
  'cancel',
  'extend',
  'submitDocuments',
  'admission',
  'changeCategory',
  'changeChild',
  'changeEntries',
  'withdraw',
  'revoke',
  'benefitCheck',
  'endPlacement',
  'recall',
  'close',
  'outage',
  'changePolicy',
  'changeCalendar',
  'tick',
  'fault',
] as const;
export type Act = (typeof acts)[number];

const usualWeight: Record<Act, number> = {
  queue: 26,
  publish: 18,
  answerOffer: 70,
  answerInterest: 12,
  answerAnnual: 5,
  cancel: 4,
  extend: 4,
  submitDocuments: 8,
  admission: 28,
  changeCategory: 4,
  changeChild: 4,
  changeEntries: 8,
  withdraw: 1.5,
  revoke: 0.7,
  benefitCheck: 3,
  endPlacement: 2.5,
  recall: 1.5,
  close: 0.5,
  outage: 1.5,
  changePolicy: 0.8,
  changeCalendar: 0.6,
  tick: 5,
  fault: 5,
};

const featureOfAct: Partial<Record<Act, Feature>> = {
  changeCategory: 'categoryChanges',
  changeChild: 'childChanges',
  changeEntries: 'entryChanges',
  revoke: 'revocations',
  benefitCheck: 'benefitChecks',
  recall: 'recalls',
  close: 'closing',
  outage: 'outages',
  changePolicy: 'policyChanges',
  changeCalendar: 'calendarChanges',
  fault: 'faults',
};

export type Pace = 'moments' | 'hours' | 'days' | 'weeks' | 'months';

export type Temper = {
  readonly features: ReadonlySet<Feature>;
  readonly preschools: readonly string[];
  readonly languages: readonly string[];
  /** Ages in years at which most children of the history are; each makes one group year. */
  readonly ages: readonly number[];
  readonly startMs: number;
  readonly pace: Pace;
  /** How many of the first entries only queue, so that the first seats are contested. */
  readonly rush: number;
  /** Seats that stand open because nobody waits for them, above which hardly any are published. */
  readonly idleSeats: number;
  /** Live applications above which hardly any are queued. */
  readonly crowd: number;
  readonly acceptance: number;
  readonly firstPriorityShare: number;
  readonly outOfTurnShare: number;
  readonly seatsAtOnce: number;
  /** How ids look: short names, UUIDs as intake gives them, or texts that a careless table would mix up. */
  readonly ids: 'names' | 'uuids' | 'odd';
  readonly weights: readonly (readonly [Act, number])[];
  readonly policy: AllocationPolicy;
  readonly calendar: CalendarDays;
};

const starts = ['2024-01-15', '2024-02-26', '2023-12-28', '2025-05-20', '2026-06-01', '2027-08-30', '2028-02-28'];

export function temperOf(random: Random, masked: ReadonlySet<Feature>): Temper {
  // Each feature is present in most histories, so that its absence is tried, too.
  const present = new Set(features.filter((feature) => random.chance(0.8) && !masked.has(feature)));
  // In half of the histories nearly all meet in one queue.
  const isNarrow = random.chance(0.5);
  const start = random.one(starts);
  const startYear = Number(start.slice(0, 4));
  const policy = present.has('policies') ? randomPolicy(random) : defaultPolicy;
  const oldest = random.whole(1, policy.ageLimitYears - 1);
  return {
    features: present,
    preschools: ['A', 'B', 'C', 'D', 'E', 'F'].slice(0, random.one(isNarrow ? [1, 1, 2] : [2, 3, 3, 4, 5, 6])),
    languages: isNarrow ? ['kk'] : random.one([['kk'], ['kk', 'ru']]),
    ages: [oldest, oldest - 1, policy.ageLimitYears - 1].slice(0, random.one(isNarrow ? [1, 1, 2] : [1, 2, 2, 3])),
    startMs: Date.parse(`${start}T00:00:00.000Z`) + random.whole(0, 86_399_999),
    pace: random.one(['moments', 'hours', 'hours', 'days', 'days', 'weeks', 'months']),
    rush: random.one([0, 8, 16, 30]),
    idleSeats: random.one([0, 2, 8]),
    crowd: random.one([8, 16, 30, 40]),
    acceptance: random.one([0.3, 0.6, 0.75, 0.95]),
    firstPriorityShare: random.one([0, 0.15, 0.3, 0.5]),
    outOfTurnShare: random.one([0, 0.05, 0.15]),
    seatsAtOnce: random.one([1, 2, 4, 8]),
    ids: random.one(['names', 'uuids', 'odd'] as const),
    weights: acts.map((act) => [act, weightOf(random, act, present)] as const),
    policy,
    calendar: present.has('calendars')
      ? randomCalendar(random, startYear)
      : { weekend: [6, 7], holidays: [], workdays: [] },
  };
}

function weightOf(random: Random, act: Act, present: ReadonlySet<Feature>): number {
  const feature = featureOfAct[act];
  const factor = random.one([0, 0.4, 1, 1, 1, 2, 4]);
  if (feature !== undefined && !present.has(feature)) return 0;
  // Without applications, seats and answers there is no history.
  const needed = act === 'queue' || act === 'publish' || act === 'answerOffer' || act === 'admission';
  return usualWeight[act] * (needed ? Math.max(factor, 0.4) : factor);
}

/** A policy with some fields of section 8 away from their defaults. */
export function randomPolicy(random: Random): AllocationPolicy {
  const oftenDefault = <T>(usual: T, others: readonly T[]): T => (random.chance(0.55) ? usual : random.one(others));
  return {
    edition: random.one(['2024-05-31/133', '2025-01-01/1', '2026-09-01/7']),
    generalPerFirstPriority: oftenDefault(3, [1, 2, 4, 5]),
    ledgerStartsWith: oftenDefault('FIRST_PRIORITY', ['GENERAL']),
    offerAnswerDays: oftenDefault(2, [1, 3, 7, 40, 500]),
    offerReminderHours: oftenDefault(24, [1, 12, 48, 72, 200]),
    suspensionWorkingDays: oftenDefault(10, [1, 2, 5, 25]),
    interestAnswerDays: oftenDefault(2, [1, 4, 9]),
    annualSilenceMonths: oftenDefault(1, [2, 3, 6, 10, 11, 13]),
    referralWorkingDays: oftenDefault(5, [1, 2, 8, 30]),
    cancelHours: oftenDefault(24, [1, 10, 72, 400]),
    extensionDaysMax: oftenDefault(30, [1, 5, 60]),
    contractWorkingDays: oftenDefault(3, [1, 2, 7, 20]),
    resubmitWorkingDays: oftenDefault(1, [2, 4, 12]),
    ageLimitYears: oftenDefault(6, [3, 4, 5, 7]),
    plannedAgeAt: oftenDefault('YEAR_START', ['BIRTHDAY']),
    siblings: oftenDefault('PULL_UP', ['OFF']),
    temporarySeatPenalty: oftenDefault(false, [true]),
    cancelledReferral: oftenDefault('ARCHIVE', ['RETURN']),
    benefitLost: oftenDefault('GENERAL', ['ARCHIVE']),
    entryAdded: oftenDefault('ORIGINAL_TIME', ['NEW_TIME']),
  };
}

/** A calendar with moved days, holidays on weekends and weeks with one or no day off. */
export function randomCalendar(random: Random, aroundYear: number): CalendarDays {
  const someDays = (count: number): string[] =>
    Array.from({ length: count }, () => {
      const day = Date.UTC(aroundYear, 0, 1) / 86_400_000 + random.whole(0, 730);
      return new Date(day * 86_400_000).toISOString().slice(0, 10);
    });
  return {
    weekend: random.one([[6, 7], [6, 7], [6, 7], [7], [5, 6], []]),
    holidays: someDays(random.one([0, 10, 60])),
    workdays: someDays(random.one([0, 5, 30])),
  };
}
