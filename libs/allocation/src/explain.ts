/**
 * Why an entry stands where it stands, each fact with the paragraph of the Rules it rests on; data, which
 * explanation-text.ts puts into words. Where the Rules leave a choice, the paragraph is that of the duty it serves.
 */
import {
  annualArchiveDay,
  categoryOf,
  hasFlag,
  HOLDS_STAY,
  isLeaving,
  LEAVING_FOR_AGE,
  placementYear,
  QUESTION_OPEN,
  referralOf,
} from './application-record.ts';
import { categories, entryStates, F, queueKinds } from './codes.ts';
import { findEntry } from './entries-of-application.ts';
import {
  applicationOf,
  comeBackOf,
  orderMs,
  orderSequence,
  segmentOf,
  stateOf,
  termDay,
  vacancyOf,
} from './entry-record.ts';
import { NONE, type ApplicationHandle, type EntryHandle } from './handles.ts';
import { archivedBefore } from './history.ts';
import { type ArchiveReason, type Category, type EntryState, type QueueKind } from './messages.ts';
import { findName } from './names.ts';
import { aheadOf, nextSlots, type Ahead } from './position.ts';
import { applicationOf as viewOf, findApplication } from './queues.ts';
import { kindOfSegment, languageOfSegment, profileOfSegment, yearOfSegment } from './segment-record.ts';
import { type Allocation } from './state.ts';
import { endOfDayMs, startOfDayMs } from './terms.ts';
import {
  answerByDay,
  AWAITS_DOCUMENTS,
  AWAITS_SIGNATURE,
  signByDay,
  stageOf,
  validUntilDay,
} from './vacancy-record.ts';
import { vacancyText } from './decisions.ts';

/** What an entry waits for, until when (null: no term), and by which paragraph. */
export type Awaited = {
  readonly what:
    | 'SEAT'
    | 'PLANNED_AGE'
    | 'OFFER_ANSWER'
    | 'DOCUMENTS'
    | 'ADMISSION'
    | 'SIGNATURE'
    | 'OTHER_REFERRAL'
    | 'SUSPENSION_OVER'
    | 'INTEREST_ANSWER';
  readonly untilMs: number | null;
  readonly vacancyId: string | null;
  readonly paragraph: string;
};

export type EntryExplanation = {
  readonly kind: 'ENTRY';
  readonly applicationId: string;
  readonly preschoolId: string;
  readonly segment: {
    readonly queue: QueueKind;
    readonly profile: string | null;
    readonly language: string;
    readonly birthYear: number;
    /** Whether the department set the group year (p.24). */
    readonly yearSetByDepartment: boolean;
    readonly paragraph: string;
  };
  readonly category: { readonly class: Category; readonly paragraph: string };
  readonly orderTime: {
    readonly ms: number;
    readonly sequence: number;
    /** Whether it is the time of a come-back, not of the application. */
    readonly cameBack: boolean;
    readonly paragraph: string;
  };
  readonly state: EntryState;
  readonly position: number | null;
  readonly ahead: (Ahead & { readonly paragraph: string }) | null;
  /** Which classes the next seats of this queue go to, by the ledger. */
  readonly nextSlots: {
    readonly slots: readonly { readonly slot: number; readonly class: 'FIRST_PRIORITY' | 'GENERAL' }[];
    readonly paragraph: string;
  };
  readonly waitsFor: Awaited;
  /** Why the application gets no new offers. */
  readonly leaving: { readonly reason: 'MAX_AGE' | 'NO_INTEREST'; readonly paragraph: string } | null;
  readonly annualQuestion: { readonly answerByMs: number; readonly paragraph: string } | null;
  /** A child at a stay is not offered another. */
  readonly holdsStay: { readonly paragraph: string } | null;
};

export type Explanation =
  | EntryExplanation
  | { readonly kind: 'UNKNOWN_APPLICATION'; readonly applicationId: string }
  | { readonly kind: 'ENROLLED'; readonly applicationId: string; readonly paragraph: string }
  | {
      readonly kind: 'ARCHIVED';
      readonly applicationId: string;
      readonly reason: ArchiveReason;
      readonly paragraph: string;
    }
  | {
      readonly kind: 'NO_ENTRY';
      readonly applicationId: string;
      readonly preschoolId: string;
      /** Why an earlier entry there was archived, where that counts against a come-back. */
      readonly archivedFor: { readonly reason: ArchiveReason; readonly paragraph: string } | null;
    };

const slotsShown = 8;

const paragraphOfCategory: Readonly<Record<Category, string>> = {
  OUT_OF_TURN: 'p.13(1)',
  FIRST_PRIORITY: 'p.13(2)',
  GENERAL: 'p.10',
};

/** The paragraph behind each archive reason. */
export const paragraphOfReason: Readonly<Record<ArchiveReason, string>> = {
  OFFER_DECLINED: 'p.15',
  NOT_INTERESTED: 'p.15',
  NO_ANSWER: 'p.15',
  NO_INTEREST: 'p.15',
  REFERRAL_CANCELLED: 'p.25',
  MEDICAL: 'p.28(2)',
  SERVED: 'p.23',
  ENROLLED_ELSEWHERE: 'p.3(2)',
  MAX_AGE: 'p.16(4)',
  DROPPED: 'p.13(5)',
  PRESCHOOL_CLOSED: 'p.3(2)',
  WITHDRAWN: 'p.13(4)',
  VIOLATION: 'p.3(2)',
  BENEFIT_NOT_CONFIRMED: 'p.14',
  OTHER: 'p.3(2)',
};

/** Why this application stands where it stands in this preschool's queue. Changes nothing. */
export function explain(s: Allocation, applicationId: string, preschoolId: string): Explanation {
  const view = viewOf(s, applicationId);
  if (view === null) return { kind: 'UNKNOWN_APPLICATION', applicationId };
  if (view.state === 'ENROLLED') return { kind: 'ENROLLED', applicationId, paragraph: 'p.22' };
  if (view.state === 'ARCHIVED') {
    return { kind: 'ARCHIVED', applicationId, reason: view.reason, paragraph: paragraphOfReason[view.reason] };
  }
  const a = findApplication(s, applicationId);
  const e = findEntry(s, a, preschoolId);
  if (e !== NONE) return explainEntry(s, a, e, applicationId, preschoolId);
  const reason = archivedBefore(s, a, findName(s.preschools, preschoolId));
  const archivedFor = reason === null ? null : { reason, paragraph: paragraphOfReason[reason] };
  return { kind: 'NO_ENTRY', applicationId, preschoolId, archivedFor };
}

function explainEntry(
  s: Allocation,
  a: ApplicationHandle,
  e: EntryHandle,
  applicationId: string,
  preschoolId: string,
): EntryExplanation {
  const ahead = aheadOf(s, e);
  const category = categories[categoryOf(s, a)];
  const slots = nextSlots(s, segmentOf(s, e), slotsShown);
  return {
    kind: 'ENTRY',
    applicationId,
    preschoolId,
    segment: explainSegment(s, e),
    category: { class: category, paragraph: paragraphOfCategory[category] },
    orderTime: {
      ms: orderMs(s, e),
      sequence: orderSequence(s, e),
      cameBack: comeBackOf(s, e) !== NONE,
      paragraph: 'p.10',
    },
    state: entryStates[stateOf(s, e)]!,
    position: ahead === null ? null : ahead.outOfTurn + ahead.firstPriority + ahead.general + 1,
    ahead: ahead === null ? null : { ...ahead, paragraph: 'p.10' },
    nextSlots: {
      slots: slots.map(({ slot, slotClass }) => ({ slot, class: slotClass === F ? 'FIRST_PRIORITY' : 'GENERAL' })),
      paragraph: 'p.10',
    },
    waitsFor: awaitedBy(s, e),
    leaving: !isLeaving(s, a)
      ? null
      : hasFlag(s, a, LEAVING_FOR_AGE)
        ? { reason: 'MAX_AGE', paragraph: 'p.16(4)' }
        : { reason: 'NO_INTEREST', paragraph: 'p.15' },
    annualQuestion: hasFlag(s, a, QUESTION_OPEN)
      ? { answerByMs: startOfDayMs(annualArchiveDay(s, a)) - 1, paragraph: 'p.15' }
      : null,
    holdsStay: hasFlag(s, a, HOLDS_STAY) ? { paragraph: 'p.23' } : null,
  };
}

function explainSegment(s: Allocation, e: EntryHandle): EntryExplanation['segment'] {
  const segment = segmentOf(s, e);
  const profile = profileOfSegment(s, segment);
  const yearSetByDepartment = placementYear(s, applicationOf(s, e)) !== null;
  return {
    queue: queueKinds[kindOfSegment(s, segment)]!,
    profile: profile === NONE ? null : s.profiles.texts[profile]!,
    language: s.languages.texts[languageOfSegment(s, segment)]!,
    birthYear: yearOfSegment(s, segment),
    yearSetByDepartment,
    paragraph: yearSetByDepartment ? 'p.10, p.24' : 'p.10',
  };
}

function awaitedBy(s: Allocation, e: EntryHandle): Awaited {
  const state = entryStates[stateOf(s, e)]!;
  const vacancyId = state === 'OFFERED' || state === 'REFERRED' ? vacancyText(s, vacancyOf(s, e)) : null;
  const awaited = (what: Awaited['what'], untilDay: number | null, paragraph: string): Awaited => ({
    what,
    untilMs: untilDay === null ? null : endOfDayMs(untilDay),
    vacancyId,
    paragraph,
  });
  switch (state) {
    case 'DEFERRED':
      return { ...awaited('PLANNED_AGE', null, 'p.16(6), p.24'), untilMs: startOfDayMs(termDay(s, e)) };
    case 'WAITING':
      return awaited('SEAT', null, 'p.16');
    case 'OFFERED':
      return awaited('OFFER_ANSWER', answerByDay(s, vacancyOf(s, e)), 'p.15');
    case 'REFERRED':
      return awaitedByReferral(s, e, awaited);
    case 'HELD':
      return awaitedElsewhere(s, e);
    case 'SUSPENDED':
      return awaited('SUSPENSION_OVER', termDay(s, e), 'p.15');
    case 'INTEREST_ASKED':
      return awaited('INTEREST_ANSWER', termDay(s, e), 'p.15');
  }
}

type Await = (what: Awaited['what'], untilDay: number | null, paragraph: string) => Awaited;

function awaitedByReferral(s: Allocation, e: EntryHandle, awaited: Await): Awaited {
  const v = vacancyOf(s, e);
  if (stageOf(s, v) === AWAITS_DOCUMENTS) return awaited('DOCUMENTS', validUntilDay(s, v), 'p.22');
  if (stageOf(s, v) === AWAITS_SIGNATURE) return awaited('SIGNATURE', signByDay(s, v), 'p.22');
  return awaited('ADMISSION', null, 'p.22');
}

/** A held entry waits for the end of the referral to another preschool. */
function awaitedElsewhere(s: Allocation, e: EntryHandle): Awaited {
  const v = referralOf(s, applicationOf(s, e));
  const untilDay =
    stageOf(s, v) === AWAITS_DOCUMENTS
      ? validUntilDay(s, v)
      : stageOf(s, v) === AWAITS_SIGNATURE
        ? signByDay(s, v)
        : null;
  return {
    what: 'OTHER_REFERRAL',
    untilMs: untilDay === null ? null : endOfDayMs(untilDay),
    vacancyId: vacancyText(s, v),
    paragraph: 'p.13(6)',
  };
}
