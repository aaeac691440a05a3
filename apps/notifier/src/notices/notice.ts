import type { Decisions } from '#contracts';

/** Codes of the notices of docs/notices.md that have a trigger today. */
export const noticeCodes = [
  'N01',
  'N02',
  'N03',
  'N04',
  'N05',
  'N10',
  'N11',
  'N12',
  'N13',
  'N14',
  'N15',
  'N16',
  'N17',
  'N18',
  'N19',
  'N20',
  'N21',
  'N23',
  'N24',
  'N27',
  'N28',
  'N29',
  'N30',
  'N33',
  'N36',
] as const;
export type NoticeCode = (typeof noticeCodes)[number];

export type QueuedEntry = {
  readonly preschoolId: string;
  /** Number in the queue; null when it has none. */
  readonly position: number | null;
  readonly state: Decisions.EntryState;
};
type Seat = { readonly preschoolId: string; readonly vacancyId: string };

/**
 * What a notice says, as ids and instants: plain JSON without names, phones or benefits. The words are found when it is
 * sent, in the language and with the names known then.
 */
export type Saying =
  | { readonly kind: 'received'; readonly receivedAtMs: number; readonly acceptedOnDay: number }
  | { readonly kind: 'benefit-to-be-checked' }
  | { readonly kind: 'check-delayed'; readonly sinceMs: number }
  | { readonly kind: 'refused'; readonly documentsOnly: boolean; readonly grounds: readonly string[] }
  | { readonly kind: 'benefit-not-confirmed'; readonly answerByMs: number }
  | { readonly kind: 'category-changed'; readonly category: Decisions.Category }
  | { readonly kind: 'queued'; readonly entries: readonly QueuedEntry[] }
  | { readonly kind: 'planned-age-reached'; readonly preschoolIds: readonly string[] }
  | { readonly kind: 'returned'; readonly preschoolIds: readonly string[] }
  | { readonly kind: 'interest-confirmed' }
  | ({ readonly kind: 'offered'; readonly answerByMs: number } & Seat)
  | ({ readonly kind: 'offer-reminder'; readonly remindedAtMs: number; readonly answerByMs: number | null } & Seat)
  | ({ readonly kind: 'offered-together'; readonly applicationIds: readonly string[] } & Seat)
  | ({ readonly kind: 'offer-withdrawn'; readonly reason: Decisions.OfferWithdrawalReason } & Seat)
  | { readonly kind: 'suspended'; readonly preschoolId: string; readonly untilMs: number }
  | { readonly kind: 'interest-asked'; readonly preschoolId: string; readonly answerByMs: number }
  | { readonly kind: 'annual-interest-asked'; readonly round: 1 | 2; readonly answerByMs: number }
  | ({
      readonly kind: 'referral-issued';
      readonly issuedAtMs: number;
      readonly validUntilMs: number;
      readonly cancellableUntilMs: number;
    } & Seat)
  | ({ readonly kind: 'referral-extended'; readonly validUntilMs: number } & Seat)
  | ({ readonly kind: 'referral-ended'; readonly how: 'CANCELLED' | 'EXPIRED' | 'ANNULLED' } & Seat)
  | ({ readonly kind: 'second-check-failed' } & Seat)
  | ({ readonly kind: 'admission-refused'; readonly reason: Decisions.RefusalReason } & Seat)
  | ({ readonly kind: 'contract-due'; readonly signByMs: number } & Seat)
  | {
      readonly kind: 'admitted';
      readonly preschoolId: string;
      readonly admittedAtMs: number;
      readonly forGood: boolean;
    }
  | {
      readonly kind: 'archived';
      readonly reason: Decisions.ArchiveReason;
      readonly preschoolIds: readonly string[];
      /** True when the application ended, not only its queues in these preschools. */
      readonly whole: boolean;
    }
  | { readonly kind: 'request-rejected'; readonly reason: Decisions.RejectionReason };

/** A notice to the applicant, before it has words. */
export type Notice = {
  readonly code: NoticeCode;
  readonly saying: Saying;
  /** When what it tells was decided. */
  readonly decidedAtMs: number;
  /** Last moment to answer; null when no answer is asked for. */
  readonly answerByMs: number | null;
};

/** Stages of the monitoring system (p.9, p.27). */
export const stages = ['REGISTERED', 'IN_PROGRESS', 'OFFERED', 'REFERRED', 'COMPLETED', 'REFUSED', 'ARCHIVED'] as const;
export type Stage = (typeof stages)[number];
