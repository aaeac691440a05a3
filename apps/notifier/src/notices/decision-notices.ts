import type { Decisions } from '#contracts';
import { decisionsOf, hasDecision, type DecisionOf, type DecisionPart, type DecisionType } from './decision-part.ts';
import type { Notice, NoticeCode, Saying } from './notice.ts';
import { toldToCitizen } from './rejections.ts';

type Told = { readonly code: NoticeCode; readonly saying: Saying; readonly answerByMs?: number };

type Rule<T extends DecisionType> = {
  /** Every code the rule may give; docs/notices.md lists them. */
  readonly codes: readonly NoticeCode[];
  readonly tell: (decision: DecisionOf<T>, part: DecisionPart) => readonly Told[];
};

/** Told by another decision of the same entry of the log, or of no concern to the applicant. */
const silent = { codes: [], tell: () => [] };

/** Which decision is told by which notice: every decision has its row. */
export const decisionRules: { readonly [T in DecisionType]: Rule<T> } = {
  EntryQueued: {
    codes: ['N04'],
    tell: (decision, part) =>
      once(decision, decisionsOf(part, 'EntryQueued'), (all) => ({
        code: 'N04',
        saying: {
          kind: 'queued',
          entries: all.map(({ preschoolId, position, state }) => ({ preschoolId, position, state })),
        },
      })),
  },
  PlannedAgeReached: {
    codes: ['N20'],
    tell: (decision, part) =>
      once(decision, decisionsOf(part, 'PlannedAgeReached'), (all) => ({
        code: 'N20',
        saying: { kind: 'planned-age-reached', preschoolIds: all.map(({ preschoolId }) => preschoolId) },
      })),
  },
  EntryDeferred: silent,
  EntryHeld: silent,
  EntryReturned: {
    codes: ['N18'],
    tell: (decision, part) =>
      once(decision, decisionsOf(part, 'EntryReturned'), (all) => ({
        code: 'N18',
        saying: { kind: 'returned', preschoolIds: all.map(({ preschoolId }) => preschoolId) },
      })),
  },
  EntrySuspended: {
    codes: ['N16'],
    tell: ({ preschoolId, untilMs }) => [{ code: 'N16', saying: { kind: 'suspended', preschoolId, untilMs } }],
  },
  EntryInterestAsked: {
    codes: ['N17'],
    tell: ({ preschoolId, answerByMs }) => [
      { code: 'N17', saying: { kind: 'interest-asked', preschoolId, answerByMs }, answerByMs },
    ],
  },
  EntryArchived: {
    codes: ['N13', 'N24'],
    tell: (decision, part) => {
      // The end of the whole application tells of its queues, and so does admission.
      if (hasDecision(part, 'ApplicationArchived') || hasDecision(part, 'ApplicationEnrolled')) return [];
      const alike = decisionsOf(part, 'EntryArchived').filter(({ reason }) => reason === decision.reason);
      return once(decision, alike, (all) => archived(decision.reason, all, false));
    },
  },
  OfferMade: {
    codes: ['N14', 'N33'],
    tell: ({ preschoolId, vacancyId, answerByMs, offeredWith }) => {
      const seat = { preschoolId, vacancyId };
      const offer: Told = { code: 'N14', saying: { kind: 'offered', ...seat, answerByMs }, answerByMs };
      if (offeredWith.length === 0) return [offer];
      return [offer, { code: 'N33', saying: { kind: 'offered-together', ...seat, applicationIds: offeredWith } }];
    },
  },
  OfferReminderDue: {
    codes: ['N15'],
    // The deadline is that of the offer, which the notifier remembers.
    tell: (decision) => [
      {
        code: 'N15',
        saying: { kind: 'offer-reminder', ...seatOf(decision), remindedAtMs: decision.atMs, answerByMs: null },
      },
    ],
  },
  OfferDeclined: silent,
  OfferLapsed: silent,
  OfferWithdrawn: {
    codes: ['N19'],
    tell: (decision, part) => {
      const ended = decisionsOf(part, 'EntryArchived').some(({ preschoolId }) => preschoolId === decision.preschoolId);
      if (ended) return [];
      return [{ code: 'N19', saying: { kind: 'offer-withdrawn', ...seatOf(decision), reason: decision.reason } }];
    },
  },
  ReferralIssued: {
    codes: ['N21'],
    tell: (decision) => {
      const { atMs: issuedAtMs, validUntilMs, cancellableUntilMs } = decision;
      const terms = { issuedAtMs, validUntilMs, cancellableUntilMs };
      const saying: Saying = { kind: 'referral-issued', ...seatOf(decision), ...terms };
      return [{ code: 'N21', saying, answerByMs: validUntilMs }];
    },
  },
  ReferralExtended: {
    codes: ['N23'],
    tell: (decision) => [
      { code: 'N23', saying: { kind: 'referral-extended', ...seatOf(decision), validUntilMs: decision.validUntilMs } },
    ],
  },
  ContractDue: {
    codes: ['N28'],
    tell: (decision) => {
      const { signByMs } = decision;
      return [{ code: 'N28', saying: { kind: 'contract-due', ...seatOf(decision), signByMs }, answerByMs: signByMs }];
    },
  },
  ReferralRefused: {
    codes: ['N27'],
    tell: (decision) => [
      { code: 'N27', saying: { kind: 'admission-refused', ...seatOf(decision), reason: decision.reason } },
    ],
  },
  ReferralCancelled: { codes: ['N23'], tell: (decision) => [referralEnded(decision, 'CANCELLED')] },
  ReferralExpired: { codes: ['N23'], tell: (decision) => [referralEnded(decision, 'EXPIRED')] },
  ReferralAnnulled: {
    codes: ['N23', 'N30'],
    tell: (decision, part) => {
      const benefitLost =
        hasDecision(part, 'CategoryChanged') ||
        decisionsOf(part, 'ApplicationArchived').some(({ reason }) => reason === 'BENEFIT_NOT_CONFIRMED');
      if (!benefitLost) return [referralEnded(decision, 'ANNULLED')];
      return [{ code: 'N30', saying: { kind: 'second-check-failed', ...seatOf(decision) } }];
    },
  },
  ReferralUsed: {
    codes: ['N29'],
    tell: (decision, part) => (hasDecision(part, 'ApplicationEnrolled') ? [] : [admitted(decision, false)]),
  },
  DeadlineExtended: { codes: ['N15', 'N17', 'N23', 'N28'], tell: (decision) => [deadlineExtended(decision)] },
  AnnualInterestAsked: {
    codes: ['N11', 'N12'],
    tell: ({ round, answerByMs }) => {
      const again = round > 1;
      const saying: Saying = { kind: 'annual-interest-asked', round: again ? 2 : 1, answerByMs };
      return [{ code: again ? 'N12' : 'N11', saying, answerByMs }];
    },
  },
  AnnualInterestConfirmed: {
    codes: ['N18'],
    tell: () => [{ code: 'N18', saying: { kind: 'interest-confirmed' } }],
  },
  ChildChanged: silent,
  CategoryChanged: {
    codes: ['N10'],
    tell: ({ category }, part) => {
      if (hasDecision(part, 'ReferralAnnulled')) return []; // N30 says so.
      return [{ code: 'N10', saying: { kind: 'category-changed', category } }];
    },
  },
  ApplicationEnrolled: { codes: ['N29'], tell: (decision) => [admitted(decision, true)] },
  ApplicationArchived: {
    codes: ['N13', 'N24'],
    tell: ({ reason }, part) => [archived(reason, decisionsOf(part, 'EntryArchived'), true)],
  },
  VacancyOpened: silent,
  VacancyFilled: silent,
  VacancyRecalled: silent,
  VacancyExpired: silent,
  PreschoolClosed: silent,
  PolicyChanged: silent,
  CalendarChanged: silent,
  RecordReleased: silent,
  Rejected: {
    codes: ['N36'],
    tell: ({ reason }) =>
      toldToCitizen[reason] ? [{ code: 'N36', saying: { kind: 'request-rejected', reason } }] : [],
  },
};

/** A notice and the decision that it tells. */
export type DecisionNotice = Notice & { readonly index: number };

/** What one entry of the log means to one applicant, in order. */
export function noticesOfDecisions(part: DecisionPart): readonly DecisionNotice[] {
  return part.decisions.flatMap(({ index, decision }) => {
    const { tell } = decisionRules[decision.type] as Rule<DecisionType>;
    return tell(decision, part).map(({ code, saying, answerByMs = null }) => ({
      index,
      code,
      saying,
      answerByMs,
      decidedAtMs: decision.atMs,
    }));
  });
}

/** Says what several decisions of a kind mean together, at the first of them. */
function once<D>(decision: D, alike: readonly D[], tell: (all: readonly D[]) => Told): readonly Told[] {
  return alike[0] === decision ? [tell(alike)] : [];
}

function seatOf({ preschoolId, vacancyId }: { readonly preschoolId: string; readonly vacancyId: string }) {
  return { preschoolId, vacancyId };
}

function archived(
  reason: Decisions.ArchiveReason,
  entries: readonly { readonly preschoolId: string }[],
  whole: boolean,
): Told {
  const preschoolIds = entries.map(({ preschoolId }) => preschoolId);
  return { code: reason === 'MAX_AGE' ? 'N24' : 'N13', saying: { kind: 'archived', reason, preschoolIds, whole } };
}

function referralEnded(
  decision: { readonly preschoolId: string; readonly vacancyId: string },
  how: 'CANCELLED' | 'EXPIRED' | 'ANNULLED',
): Told {
  return { code: 'N23', saying: { kind: 'referral-ended', ...seatOf(decision), how } };
}

function admitted(
  { preschoolId, atMs }: { readonly preschoolId: string; readonly atMs: number },
  forGood: boolean,
): Told {
  return { code: 'N29', saying: { kind: 'admitted', preschoolId, admittedAtMs: atMs, forGood } };
}

/** A moved deadline is told by the notice that told the deadline. */
function deadlineExtended({ what, preschoolId, vacancyId, untilMs, atMs }: Decisions.DeadlineExtended): Told {
  const seat = { preschoolId, vacancyId: vacancyId ?? '' };
  switch (what) {
    case 'OFFER':
      return {
        code: 'N15',
        saying: { kind: 'offer-reminder', ...seat, remindedAtMs: atMs, answerByMs: untilMs },
        answerByMs: untilMs,
      };
    case 'INTEREST':
      return { code: 'N17', saying: { kind: 'interest-asked', preschoolId, answerByMs: untilMs }, answerByMs: untilMs };
    case 'REFERRAL':
      return { code: 'N23', saying: { kind: 'referral-extended', ...seat, validUntilMs: untilMs } };
    case 'CONTRACT':
      return { code: 'N28', saying: { kind: 'contract-due', ...seat, signByMs: untilMs }, answerByMs: untilMs };
  }
}
