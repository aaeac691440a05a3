import type { Decisions } from '#contracts';

/** What a decision changes in the read model; a row is named by its ids, the rest is what it becomes. */
export type StatusChange =
  | {
      readonly table: 'entry';
      readonly preschoolId: string;
      readonly state: string;
      readonly reason?: string;
      readonly untilMs?: number;
    }
  | {
      readonly table: 'offer';
      readonly vacancyId: string;
      readonly preschoolId: string;
      readonly state: string;
      readonly answerByMs?: number;
    }
  | {
      readonly table: 'referral';
      readonly vacancyId: string;
      readonly preschoolId: string;
      readonly state: string;
      readonly validUntilMs?: number;
      readonly cancellableUntilMs?: number;
      readonly signByMs?: number;
    }
  | { readonly table: 'application'; readonly state: 'ARCHIVED' | 'ENROLLED'; readonly reason: string }
  | { readonly table: 'category'; readonly category: string };

type Of<T extends Decisions.Decision['type']> = Extract<Decisions.Decision, { type: T }>;

const entry = (
  d: { preschoolId: string },
  state: string,
  more: { reason?: string; untilMs?: number } = {},
): StatusChange => ({
  table: 'entry',
  preschoolId: d.preschoolId,
  state,
  ...more,
});
const offer = (
  d: { vacancyId: string; preschoolId: string },
  state: string,
  more: { answerByMs?: number } = {},
): StatusChange => ({
  table: 'offer',
  vacancyId: d.vacancyId,
  preschoolId: d.preschoolId,
  state,
  ...more,
});
const referral = (
  d: { vacancyId: string; preschoolId: string },
  state: string,
  more: { validUntilMs?: number; cancellableUntilMs?: number; signByMs?: number } = {},
): StatusChange => ({ table: 'referral', vacancyId: d.vacancyId, preschoolId: d.preschoolId, state, ...more });

/** The changes one decision makes to what applicants see of their application. */
export function statusChangesOf(decision: Decisions.Decision): readonly StatusChange[] {
  switch (decision.type) {
    case 'EntryQueued':
      return [entry(decision, decision.state)];
    case 'PlannedAgeReached':
    case 'EntryReturned':
      return [entry(decision, 'WAITING')];
    case 'EntryDeferred':
      return [entry(decision, 'DEFERRED')];
    case 'EntryHeld':
      return [entry(decision, 'HELD')];
    case 'EntrySuspended':
      return [entry(decision, 'SUSPENDED', { untilMs: decision.untilMs })];
    case 'EntryInterestAsked':
      return [entry(decision, 'INTEREST_ASKED', { untilMs: decision.answerByMs })];
    case 'EntryArchived':
      return [entry(decision, 'ARCHIVED', { reason: decision.reason })];
    case 'OfferMade':
      return [
        entry(decision, 'OFFERED', { untilMs: decision.answerByMs }),
        offer(decision, 'LIVE', { answerByMs: decision.answerByMs }),
      ];
    case 'OfferDeclined':
      return [offer(decision, 'DECLINED')];
    case 'OfferLapsed':
      return [offer(decision, 'LAPSED')];
    case 'OfferWithdrawn':
      return [offer(decision, 'WITHDRAWN')];
    case 'ReferralIssued':
      return [
        entry(decision, 'REFERRED', { untilMs: decision.validUntilMs }),
        offer(decision, 'ACCEPTED'),
        referral(decision, 'LIVE', {
          validUntilMs: decision.validUntilMs,
          cancellableUntilMs: decision.cancellableUntilMs,
        }),
      ];
    case 'ReferralExtended':
      return [referral(decision, 'LIVE', { validUntilMs: decision.validUntilMs })];
    case 'ContractDue':
      return [referral(decision, 'CONTRACT_DUE', { signByMs: decision.signByMs })];
    case 'ReferralRefused':
    case 'ReferralCancelled':
    case 'ReferralExpired':
    case 'ReferralAnnulled':
    case 'ReferralUsed':
      return [referral(decision, endedAs[decision.type])];
    case 'DeadlineExtended':
      return deadlineChange(decision);
    case 'CategoryChanged':
      return [{ table: 'category', category: decision.category }];
    case 'ApplicationEnrolled':
      return [entry(decision, 'ENROLLED'), { table: 'application', state: 'ENROLLED', reason: 'ENROLLED' }];
    case 'ApplicationArchived':
      return [{ table: 'application', state: 'ARCHIVED', reason: decision.reason }];
    case 'OfferReminderDue':
    case 'AnnualInterestAsked':
    case 'AnnualInterestConfirmed':
    case 'ChildChanged':
    case 'VacancyOpened':
    case 'VacancyFilled':
    case 'VacancyRecalled':
    case 'VacancyExpired':
    case 'PreschoolClosed':
    case 'PolicyChanged':
    case 'CalendarChanged':
    case 'RecordReleased':
    case 'Rejected':
      return [];
  }
}

const endedAs = {
  ReferralRefused: 'REFUSED',
  ReferralCancelled: 'CANCELLED',
  ReferralExpired: 'EXPIRED',
  ReferralAnnulled: 'ANNULLED',
  ReferralUsed: 'USED',
} as const;

function deadlineChange(decision: Of<'DeadlineExtended'>): readonly StatusChange[] {
  const { vacancyId, preschoolId, untilMs } = decision;
  if (decision.what === 'INTEREST' || vacancyId === null) return [entry(decision, 'INTEREST_ASKED', { untilMs })];
  const seat = { vacancyId, preschoolId };
  if (decision.what === 'OFFER') return [offer(seat, 'LIVE', { answerByMs: untilMs })];
  return decision.what === 'REFERRAL'
    ? [referral(seat, 'LIVE', { validUntilMs: untilMs })]
    : [referral(seat, 'CONTRACT_DUE', { signByMs: untilMs })];
}
