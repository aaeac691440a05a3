/**
 * The log entries that go into the allocator and the decisions that come out of it: section 7 of
 * docs/allocation.md. Instants are UTC milliseconds since 1970 (`…Ms`), dates are `YYYY-MM-DD` in local time (UTC+05:00).
 */
import type { AllocationPolicy } from './policy.ts';
import type { CalendarDays, LocalDate } from './calendar.ts';

export type Category = 'OUT_OF_TURN' | 'FIRST_PRIORITY' | 'GENERAL';
export type QueueKind = 'ORDINARY' | 'SPECIAL' | 'SANATORIUM';
export type AdmissionOutcome = 'CONTRACT_SENT' | 'DOCUMENTS_REFUSED' | 'MEDICAL' | 'IMMUNITY' | 'SIGNED' | 'NOT_SIGNED';
export type RevocationReason = 'VIOLATION' | 'BENEFIT_NOT_CONFIRMED' | 'OTHER';

/** The closed list of section 6. */
export type ArchiveReason =
  | 'OFFER_DECLINED'
  | 'NOT_INTERESTED'
  | 'NO_ANSWER'
  | 'NO_INTEREST'
  | 'REFERRAL_CANCELLED'
  | 'MEDICAL'
  | 'SERVED'
  | 'ENROLLED_ELSEWHERE'
  | 'MAX_AGE'
  | 'DROPPED'
  | 'PRESCHOOL_CLOSED'
  | 'WITHDRAWN'
  | 'VIOLATION'
  | 'BENEFIT_NOT_CONFIRMED'
  | 'OTHER';

/** Why an offer ended without an answer: an archive reason, or one of its own. */
export type OfferWithdrawalReason =
  ArchiveReason | 'OTHER_REFERRAL' | 'VACANCY_RECALLED' | 'VACANCY_EXPIRED' | 'BENEFIT_LOST';

/** Listed in the order in which they are checked; the first that applies is the answer (section 7). */
export const rejectionReasons = [
  'UNKNOWN_APPLICATION',
  'DUPLICATE_APPLICATION',
  'NOT_ACTIVE',
  'UNKNOWN_VACANCY',
  'DUPLICATE_VACANCY',
  'PRESCHOOL_CLOSED',
  'BAD_ENTRIES',
  'BAD_TIME',
  'AGE_LIMIT',
  'REFERRAL_LIVE',
  'OFFER_LAPSED',
  'NO_SUCH_OFFER',
  'NO_QUESTION',
  'NO_REFERRAL',
  'NO_BENEFIT',
  'ALREADY_EXTENDED',
  'BAD_DAYS',
  'TOO_LATE',
  'NOT_OPEN',
  'NOT_PLACED',
] as const;
export type RejectionReason = (typeof rejectionReasons)[number];

export type EntryState =
  'DEFERRED' | 'WAITING' | 'OFFERED' | 'REFERRED' | 'HELD' | 'SUSPENDED' | 'INTEREST_ASKED' | 'ARCHIVED' | 'ENROLLED';

/** A place asked for: one preschool in one queue. */
export type WantedEntry = {
  readonly preschoolId: string;
  readonly language: string;
  readonly queue: QueueKind;
  readonly profile: string | null;
};

export type PublishedVacancy = {
  readonly vacancyId: string;
  readonly preschoolId: string;
  readonly language: string;
  readonly queue: QueueKind;
  readonly profile: string | null;
  /** Group years the seat is for, several for a mixed-age group; never empty. */
  readonly birthYears: readonly number[];
  /** Last day of a temporary seat; null for a permanent one. */
  readonly temporaryUntil: LocalDate | null;
};

export type LogEntry = { readonly atMs: number } & (
  | {
      readonly type: 'ApplicationQueued';
      readonly applicationId: string;
      readonly applicantId: string;
      readonly birthDate: LocalDate;
      readonly category: Category;
      readonly submittedAtMs: number;
      readonly pmpc: boolean;
      readonly plannedAge: number | null;
      readonly placementYear: number | null;
      readonly entries: readonly WantedEntry[];
    }
  | { readonly type: 'CategoryChanged'; readonly applicationId: string; readonly category: Category }
  | {
      readonly type: 'ChildChanged';
      readonly applicationId: string;
      readonly birthDate: LocalDate;
      readonly pmpc: boolean;
      readonly plannedAge: number | null;
      readonly placementYear: number | null;
    }
  | { readonly type: 'EntriesChanged'; readonly applicationId: string; readonly entries: readonly WantedEntry[] }
  | { readonly type: 'ApplicationWithdrawn'; readonly applicationId: string }
  | { readonly type: 'ApplicationRevoked'; readonly applicationId: string; readonly reason: RevocationReason }
  | { readonly type: 'VacanciesPublished'; readonly vacancies: readonly PublishedVacancy[] }
  | { readonly type: 'VacancyRecalled'; readonly vacancyId: string }
  | {
      readonly type: 'OfferAnswered';
      readonly vacancyId: string;
      readonly applicationId: string;
      readonly accepted: boolean;
    }
  | {
      readonly type: 'InterestAnswered';
      readonly applicationId: string;
      /** Null answers the annual question. */
      readonly preschoolId: string | null;
      readonly interested: boolean;
    }
  | { readonly type: 'ReferralCancelled'; readonly applicationId: string }
  | { readonly type: 'ReferralExtended'; readonly applicationId: string; readonly days: number }
  | { readonly type: 'DocumentsSubmitted'; readonly applicationId: string }
  | { readonly type: 'AdmissionDecided'; readonly applicationId: string; readonly outcome: AdmissionOutcome }
  | { readonly type: 'BenefitCheckFailed'; readonly applicationId: string }
  | { readonly type: 'PlacementEnded'; readonly applicationId: string }
  | { readonly type: 'PreschoolClosed'; readonly preschoolId: string }
  | {
      readonly type: 'DeadlinesExtended';
      readonly fromMs: number;
      readonly toMs: number;
      readonly days: number;
      readonly reason: string;
    }
  | { readonly type: 'PolicyChanged'; readonly policy: AllocationPolicy }
  | { readonly type: 'CalendarChanged'; readonly calendar: CalendarDays }
  | { readonly type: 'ClockAdvanced' }
);

type AboutEntry = { readonly applicationId: string; readonly preschoolId: string };
type AboutSeat = AboutEntry & { readonly vacancyId: string };

export type Decision = {
  readonly atMs: number;
  /** Sequence number of the log entry being applied, or whose arrival made a timer fire. */
  readonly cause: number;
} & (
  | ({ readonly type: 'EntryQueued'; readonly state: EntryState; readonly position: number | null } & AboutEntry)
  | ({ readonly type: 'PlannedAgeReached' | 'EntryDeferred' | 'EntryHeld' | 'EntryReturned' } & AboutEntry)
  | ({ readonly type: 'EntrySuspended'; readonly untilMs: number } & AboutEntry)
  | ({ readonly type: 'EntryInterestAsked'; readonly answerByMs: number } & AboutEntry)
  | ({ readonly type: 'EntryArchived'; readonly reason: ArchiveReason } & AboutEntry)
  | ({ readonly type: 'OfferMade'; readonly answerByMs: number; readonly offeredWith: readonly string[] } & AboutSeat)
  | ({ readonly type: 'OfferReminderDue' | 'OfferDeclined' | 'OfferLapsed' } & AboutSeat)
  | ({ readonly type: 'OfferWithdrawn'; readonly reason: OfferWithdrawalReason } & AboutSeat)
  | ({
      readonly type: 'ReferralIssued';
      readonly validUntilMs: number;
      readonly cancellableUntilMs: number;
    } & AboutSeat)
  | ({ readonly type: 'ReferralExtended'; readonly validUntilMs: number } & AboutSeat)
  | ({ readonly type: 'ContractDue'; readonly signByMs: number } & AboutSeat)
  | ({ readonly type: 'ReferralRefused'; readonly reason: 'MEDICAL' | 'IMMUNITY' } & AboutSeat)
  | ({ readonly type: 'ReferralCancelled' | 'ReferralExpired' | 'ReferralAnnulled' | 'ReferralUsed' } & AboutSeat)
  | ({
      readonly type: 'DeadlineExtended';
      /** Absent for `INTEREST`, which concerns no seat. */
      readonly vacancyId?: string;
      readonly what: 'OFFER' | 'INTEREST' | 'REFERRAL' | 'CONTRACT';
      readonly untilMs: number;
    } & AboutEntry)
  | {
      readonly type: 'AnnualInterestAsked';
      readonly applicationId: string;
      readonly round: 1 | 2;
      readonly answerByMs: number;
    }
  | { readonly type: 'AnnualInterestConfirmed' | 'ChildChanged'; readonly applicationId: string }
  | { readonly type: 'CategoryChanged'; readonly applicationId: string; readonly category: Category }
  | ({ readonly type: 'ApplicationEnrolled' } & AboutEntry)
  | { readonly type: 'ApplicationArchived'; readonly applicationId: string; readonly reason: ArchiveReason }
  | {
      readonly type: 'VacancyOpened' | 'VacancyFilled' | 'VacancyRecalled' | 'VacancyExpired';
      readonly vacancyId: string;
      readonly preschoolId: string;
    }
  | { readonly type: 'PreschoolClosed'; readonly preschoolId: string }
  | { readonly type: 'PolicyChanged'; readonly edition: string }
  | { readonly type: 'CalendarChanged' }
  | {
      readonly type: 'Rejected';
      readonly applicationId?: string;
      readonly vacancyId?: string;
      readonly reason: RejectionReason;
    }
);
