/** What can be asked of the state from outside: queues, positions, applications. Nothing here changes anything. */
import {
  annualArchiveDay,
  categoryOf,
  firstEntry,
  hasFlag,
  HOLDS_STAY,
  isLeaving,
  LEAVING_FOR_AGE,
  QUESTION_OPEN,
  referralOf,
} from './application-record.ts';
import { categories, entryStates, OFFERED, queueKinds, reasonOfOutcome } from './codes.ts';
import { applicationText, preschoolText, vacancyText } from './decisions.ts';
import { findEntry } from './entries-of-application.ts';
import { applicationOf as applicationOfEntry, nextEntry, stateOf, vacancyOf } from './entry-record.ts';
import { NONE, type ApplicationHandle, type SegmentHandle } from './handles.ts';
import { findId, subjectOf } from './ids.ts';
import { type ArchiveReason, type Category, type EntryState, type QueueKind } from './messages.ts';
import { findName } from './names.ts';
import { positionOfEntry, queueOrder } from './position.ts';
import {
  kindOfSegment,
  languageOfSegment,
  nextOfPreschool,
  preschoolOfSegment,
  profileOfSegment,
  yearOfSegment,
} from './segment-record.ts';
import { type Allocation } from './state.ts';
import { endOfDayMs, startOfDayMs } from './terms.ts';
import {
  answerByDay,
  AWAITS_DOCUMENTS,
  AWAITS_SIGNATURE,
  cancellableUntilMs,
  signByDay,
  stageOf,
  validUntilDay,
} from './vacancy-record.ts';

/** One segment in which somebody has a position. */
export type Queue = {
  readonly preschoolId: string;
  readonly queue: QueueKind;
  readonly profile: string | null;
  readonly language: string;
  readonly birthYear: number;
  /** In position order. */
  readonly applicationIds: readonly string[];
};

/** All queues, sorted by preschool, queue, profile (none first), language, year, by code units. */
export const queues = (s: Allocation): Queue[] => [...eachQueue(s)];

/** As `queues`, one after another: a country's queues need not stand in memory at once. */
export function* eachQueue(s: Allocation): Generator<Queue, void, void> {
  const segments = Array.from({ length: s.segments.rows }, (_, row) => row as SegmentHandle);
  yield* queuesOf(s, segments);
}

/** The queues of one preschool, in the same order. */
export function queueOf(s: Allocation, preschoolId: string): Queue[] {
  const segments: SegmentHandle[] = [];
  let link = s.segmentsOfPreschool[findName(s.preschools, preschoolId)] ?? 0;
  for (; link !== 0; link = nextOfPreschool(s, (link - 1) as SegmentHandle)) segments.push((link - 1) as SegmentHandle);
  return [...queuesOf(s, segments)];
}

function* queuesOf(s: Allocation, segments: SegmentHandle[]): Generator<Queue, void, void> {
  const named = segments.map((segment) => ({ segment, name: nameOfQueue(s, segment) }));
  named.sort((one, other) => compareQueues(one.name, other.name));
  for (const { segment, name } of named) {
    const order = queueOrder(s, segment);
    if (order.length === 0) continue;
    yield { ...name, applicationIds: order.map((e) => applicationText(s, applicationOfEntry(s, e))) };
  }
}

type QueueName = Omit<Queue, 'applicationIds'>;

function nameOfQueue(s: Allocation, segment: SegmentHandle): QueueName {
  const profile = profileOfSegment(s, segment);
  return {
    preschoolId: s.preschools.texts[preschoolOfSegment(s, segment)]!,
    queue: queueKinds[kindOfSegment(s, segment)]!,
    profile: profile === NONE ? null : s.profiles.texts[profile]!,
    language: s.languages.texts[languageOfSegment(s, segment)]!,
    birthYear: yearOfSegment(s, segment),
  };
}

const compareQueues = (one: QueueName, other: QueueName): number =>
  byCodeUnits(one.preschoolId, other.preschoolId) ||
  byCodeUnits(one.queue, other.queue) ||
  byCodeUnits(one.profile, other.profile) ||
  byCodeUnits(one.language, other.language) ||
  one.birthYear - other.birthYear;

function byCodeUnits(one: string | null, other: string | null): number {
  if (one === other) return 0;
  if (one === null || other === null) return one === null ? -1 : 1;
  return one < other ? -1 : 1;
}

/** An active application's handle, or NONE. */
export function findApplication(s: Allocation, applicationId: string): ApplicationHandle {
  const id = findId(s.applicationIds, applicationId);
  return id < 0 ? NONE : (Math.max(NONE, subjectOf(s.applicationIds, id)) as ApplicationHandle);
}

/** The place of an application in a preschool's queue, from 1; null when it has none there. O(log n) beside FREE slots. */
export function positionOf(s: Allocation, applicationId: string, preschoolId: string): number | null {
  const a = findApplication(s, applicationId);
  const e = a === NONE ? NONE : findEntry(s, a, preschoolId);
  return e === NONE ? null : positionOfEntry(s, e);
}

export type LiveEntryView = {
  readonly preschoolId: string;
  readonly state: EntryState;
  readonly position: number | null;
  /** The live offer: which seat, to be answered by when. */
  readonly offer: { readonly vacancyId: string; readonly answerByMs: number } | null;
};

export type ReferralView = {
  readonly vacancyId: string;
  readonly preschoolId: string;
  readonly validUntilMs: number;
  /** False while documents or a contract have stopped the validity clock. */
  readonly validityRuns: boolean;
  readonly signByMs: number | null;
  readonly cancellableUntilMs: number;
};

export type ApplicationView =
  | { readonly state: 'ENROLLED' }
  | { readonly state: 'ARCHIVED'; readonly reason: ArchiveReason }
  | {
      readonly state: 'ACTIVE';
      readonly category: Category;
      /** As chosen. */
      readonly entries: readonly LiveEntryView[];
      readonly referral: ReferralView | null;
      readonly holdsStay: boolean;
      /** Why it must go, when it only keeps what was promised. */
      readonly leavingFor: 'MAX_AGE' | 'NO_INTEREST' | null;
      /** The open annual question: to be answered by then. */
      readonly annualQuestionAnswerByMs: number | null;
    };

/** What is known of an application; null when its id was never queued. */
export function applicationOf(s: Allocation, applicationId: string): ApplicationView | null {
  const id = findId(s.applicationIds, applicationId);
  if (id < 0) return null;
  const subject = subjectOf(s.applicationIds, id);
  if (subject < 0) {
    const reason = reasonOfOutcome(-1 - subject);
    return reason === null ? { state: 'ENROLLED' } : { state: 'ARCHIVED', reason };
  }
  const a = subject as ApplicationHandle;
  return {
    state: 'ACTIVE',
    category: categories[categoryOf(s, a)],
    entries: entriesOf(s, a),
    referral: referralView(s, a),
    holdsStay: hasFlag(s, a, HOLDS_STAY),
    leavingFor: !isLeaving(s, a) ? null : hasFlag(s, a, LEAVING_FOR_AGE) ? 'MAX_AGE' : 'NO_INTEREST',
    annualQuestionAnswerByMs: hasFlag(s, a, QUESTION_OPEN) ? startOfDayMs(annualArchiveDay(s, a)) - 1 : null,
  };
}

function entriesOf(s: Allocation, a: ApplicationHandle): LiveEntryView[] {
  const found: LiveEntryView[] = [];
  for (let e = firstEntry(s, a); e !== NONE; e = nextEntry(s, e)) {
    const v = stateOf(s, e) === OFFERED ? vacancyOf(s, e) : NONE;
    found.push({
      preschoolId: preschoolText(s, e),
      state: entryStates[stateOf(s, e)]!,
      position: positionOfEntry(s, e),
      offer: v === NONE ? null : { vacancyId: vacancyText(s, v), answerByMs: endOfDayMs(answerByDay(s, v)) },
    });
  }
  return found;
}

function referralView(s: Allocation, a: ApplicationHandle): ReferralView | null {
  const v = referralOf(s, a);
  if (v === NONE) return null;
  const preschool = entriesOf(s, a).find(({ state }) => state === 'REFERRED')!.preschoolId;
  return {
    vacancyId: vacancyText(s, v),
    preschoolId: preschool,
    validUntilMs: endOfDayMs(validUntilDay(s, v)),
    validityRuns: stageOf(s, v) === AWAITS_DOCUMENTS,
    signByMs: stageOf(s, v) === AWAITS_SIGNATURE ? endOfDayMs(signByDay(s, v)) : null,
    cancellableUntilMs: cancellableUntilMs(s, v),
  };
}

/** Sequence number of the last entry decided; -1 before the first. */
export const lastSequence = (s: Allocation): number => s.lastSequence;

/** The clock, in milliseconds since 1970. */
export const nowMs = (s: Allocation): number => s.nowMs;
