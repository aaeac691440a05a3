// Generated from schemas/ by `npm run contracts`. Edit the schema, not this file.

/** State of an entry. */
export type EntryState =
  'DEFERRED' | 'WAITING' | 'OFFERED' | 'REFERRED' | 'HELD' | 'SUSPENDED' | 'INTEREST_ASKED' | 'ARCHIVED' | 'ENROLLED';

/** An entry joined its queue. */
export type EntryQueued = {
  /** Time of the decision. */
  readonly atMs: number;
  /** Offset in the log of the entry that caused it. */
  readonly cause: bigint;
  /** The application, a random id. */
  readonly applicationId: string;
  /** The preschool, by its code in the registry. */
  readonly preschoolId: string;
  /** Its state. */
  readonly state: EntryState;
  /** Its number at that moment; null when it has none. */
  readonly position: null | number;
};

/** The planned age is reached (p.16(6)). */
export type PlannedAgeReached = {
  /** Time of the decision. */
  readonly atMs: number;
  /** Offset in the log of the entry that caused it. */
  readonly cause: bigint;
  /** The application, a random id. */
  readonly applicationId: string;
  /** The preschool, by its code in the registry. */
  readonly preschoolId: string;
};

/** The planned age lies ahead again. */
export type EntryDeferred = {
  /** Time of the decision. */
  readonly atMs: number;
  /** Offset in the log of the entry that caused it. */
  readonly cause: bigint;
  /** The application, a random id. */
  readonly applicationId: string;
  /** The preschool, by its code in the registry. */
  readonly preschoolId: string;
};

/** Held while a referral elsewhere is live. */
export type EntryHeld = {
  /** Time of the decision. */
  readonly atMs: number;
  /** Offset in the log of the entry that caused it. */
  readonly cause: bigint;
  /** The application, a random id. */
  readonly applicationId: string;
  /** The preschool, by its code in the registry. */
  readonly preschoolId: string;
};

/** Back to the queue, waiting. */
export type EntryReturned = {
  /** Time of the decision. */
  readonly atMs: number;
  /** Offset in the log of the entry that caused it. */
  readonly cause: bigint;
  /** The application, a random id. */
  readonly applicationId: string;
  /** The preschool, by its code in the registry. */
  readonly preschoolId: string;
};

/** Suspended after silence (p.15). */
export type EntrySuspended = {
  /** Time of the decision. */
  readonly atMs: number;
  /** Offset in the log of the entry that caused it. */
  readonly cause: bigint;
  /** The application, a random id. */
  readonly applicationId: string;
  /** The preschool, by its code in the registry. */
  readonly preschoolId: string;
  /** End of the term. */
  readonly untilMs: number;
};

/** Asked for interest after the suspension (p.15). */
export type EntryInterestAsked = {
  /** Time of the decision. */
  readonly atMs: number;
  /** Offset in the log of the entry that caused it. */
  readonly cause: bigint;
  /** The application, a random id. */
  readonly applicationId: string;
  /** The preschool, by its code in the registry. */
  readonly preschoolId: string;
  /** Last moment to answer. */
  readonly answerByMs: number;
};

/** The closed list of archive reasons. */
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

/** The entry ended. */
export type EntryArchived = {
  /** Time of the decision. */
  readonly atMs: number;
  /** Offset in the log of the entry that caused it. */
  readonly cause: bigint;
  /** The application, a random id. */
  readonly applicationId: string;
  /** The preschool, by its code in the registry. */
  readonly preschoolId: string;
  /** Why. */
  readonly reason: ArchiveReason;
};

/** A seat is offered (p.15, p.16(3)). */
export type OfferMade = {
  /** Time of the decision. */
  readonly atMs: number;
  /** Offset in the log of the entry that caused it. */
  readonly cause: bigint;
  /** The application, a random id. */
  readonly applicationId: string;
  /** The preschool, by its code in the registry. */
  readonly preschoolId: string;
  /** The seat, a random id. */
  readonly vacancyId: string;
  /** Last moment to answer. */
  readonly answerByMs: number;
  /** Other applications offered in the same sibling step (p.26). */
  readonly offeredWith: readonly string[];
};

/** The offer is unanswered for a day (p.16(3)). */
export type OfferReminderDue = {
  /** Time of the decision. */
  readonly atMs: number;
  /** Offset in the log of the entry that caused it. */
  readonly cause: bigint;
  /** The application, a random id. */
  readonly applicationId: string;
  /** The preschool, by its code in the registry. */
  readonly preschoolId: string;
  /** The seat, a random id. */
  readonly vacancyId: string;
};

/** The offer was declined. */
export type OfferDeclined = {
  /** Time of the decision. */
  readonly atMs: number;
  /** Offset in the log of the entry that caused it. */
  readonly cause: bigint;
  /** The application, a random id. */
  readonly applicationId: string;
  /** The preschool, by its code in the registry. */
  readonly preschoolId: string;
  /** The seat, a random id. */
  readonly vacancyId: string;
};

/** The offer was not answered in time. */
export type OfferLapsed = {
  /** Time of the decision. */
  readonly atMs: number;
  /** Offset in the log of the entry that caused it. */
  readonly cause: bigint;
  /** The application, a random id. */
  readonly applicationId: string;
  /** The preschool, by its code in the registry. */
  readonly preschoolId: string;
  /** The seat, a random id. */
  readonly vacancyId: string;
};

/** Why an offer ended. */
export type OfferWithdrawalReason =
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
  | 'OTHER'
  | 'OTHER_REFERRAL'
  | 'VACANCY_RECALLED'
  | 'VACANCY_EXPIRED'
  | 'BENEFIT_LOST';

/** The offer ended without an answer. */
export type OfferWithdrawn = {
  /** Time of the decision. */
  readonly atMs: number;
  /** Offset in the log of the entry that caused it. */
  readonly cause: bigint;
  /** The application, a random id. */
  readonly applicationId: string;
  /** The preschool, by its code in the registry. */
  readonly preschoolId: string;
  /** The seat, a random id. */
  readonly vacancyId: string;
  /** Why. */
  readonly reason: OfferWithdrawalReason;
};

/** The referral is issued (p.3(12)). */
export type ReferralIssued = {
  /** Time of the decision. */
  readonly atMs: number;
  /** Offset in the log of the entry that caused it. */
  readonly cause: bigint;
  /** The application, a random id. */
  readonly applicationId: string;
  /** The preschool, by its code in the registry. */
  readonly preschoolId: string;
  /** The seat, a random id. */
  readonly vacancyId: string;
  /** Last moment of validity (p.22). */
  readonly validUntilMs: number;
  /** Last moment to cancel (p.25). */
  readonly cancellableUntilMs: number;
};

/** The referral is valid longer (p.25). */
export type ReferralExtended = {
  /** Time of the decision. */
  readonly atMs: number;
  /** Offset in the log of the entry that caused it. */
  readonly cause: bigint;
  /** The application, a random id. */
  readonly applicationId: string;
  /** The preschool, by its code in the registry. */
  readonly preschoolId: string;
  /** The seat, a random id. */
  readonly vacancyId: string;
  /** Last moment of validity. */
  readonly validUntilMs: number;
};

/** The contract is to be signed. */
export type ContractDue = {
  /** Time of the decision. */
  readonly atMs: number;
  /** Offset in the log of the entry that caused it. */
  readonly cause: bigint;
  /** The application, a random id. */
  readonly applicationId: string;
  /** The preschool, by its code in the registry. */
  readonly preschoolId: string;
  /** The seat, a random id. */
  readonly vacancyId: string;
  /** Last moment to sign. */
  readonly signByMs: number;
};

/** Why admission was refused. */
export type RefusalReason = 'MEDICAL' | 'IMMUNITY';

/** Admission was refused (p.28). */
export type ReferralRefused = {
  /** Time of the decision. */
  readonly atMs: number;
  /** Offset in the log of the entry that caused it. */
  readonly cause: bigint;
  /** The application, a random id. */
  readonly applicationId: string;
  /** The preschool, by its code in the registry. */
  readonly preschoolId: string;
  /** The seat, a random id. */
  readonly vacancyId: string;
  /** Why. */
  readonly reason: RefusalReason;
};

/** The referral was cancelled (p.25). */
export type ReferralCancelled = {
  /** Time of the decision. */
  readonly atMs: number;
  /** Offset in the log of the entry that caused it. */
  readonly cause: bigint;
  /** The application, a random id. */
  readonly applicationId: string;
  /** The preschool, by its code in the registry. */
  readonly preschoolId: string;
  /** The seat, a random id. */
  readonly vacancyId: string;
};

/** The referral ran out unused (p.22). */
export type ReferralExpired = {
  /** Time of the decision. */
  readonly atMs: number;
  /** Offset in the log of the entry that caused it. */
  readonly cause: bigint;
  /** The application, a random id. */
  readonly applicationId: string;
  /** The preschool, by its code in the registry. */
  readonly preschoolId: string;
  /** The seat, a random id. */
  readonly vacancyId: string;
};

/** The referral was annulled. */
export type ReferralAnnulled = {
  /** Time of the decision. */
  readonly atMs: number;
  /** Offset in the log of the entry that caused it. */
  readonly cause: bigint;
  /** The application, a random id. */
  readonly applicationId: string;
  /** The preschool, by its code in the registry. */
  readonly preschoolId: string;
  /** The seat, a random id. */
  readonly vacancyId: string;
};

/** The contract is signed. */
export type ReferralUsed = {
  /** Time of the decision. */
  readonly atMs: number;
  /** Offset in the log of the entry that caused it. */
  readonly cause: bigint;
  /** The application, a random id. */
  readonly applicationId: string;
  /** The preschool, by its code in the registry. */
  readonly preschoolId: string;
  /** The seat, a random id. */
  readonly vacancyId: string;
};

/** Which deadline. */
export type DeadlineKind = 'OFFER' | 'INTEREST' | 'REFERRAL' | 'CONTRACT';

/** A deadline was moved. */
export type DeadlineExtended = {
  /** Time of the decision. */
  readonly atMs: number;
  /** Offset in the log of the entry that caused it. */
  readonly cause: bigint;
  /** The application, a random id. */
  readonly applicationId: string;
  /** The preschool, by its code in the registry. */
  readonly preschoolId: string;
  /** The seat; null for a question of interest. */
  readonly vacancyId: null | string;
  /** Which deadline. */
  readonly what: DeadlineKind;
  /** End of the term. */
  readonly untilMs: number;
};

/** The annual question of interest (p.15). */
export type AnnualInterestAsked = {
  /** Time of the decision. */
  readonly atMs: number;
  /** Offset in the log of the entry that caused it. */
  readonly cause: bigint;
  /** The application, a random id. */
  readonly applicationId: string;
  /** 1 or 2. */
  readonly round: number;
  /** Last moment to answer. */
  readonly answerByMs: number;
};

/** The annual question is answered with yes. */
export type AnnualInterestConfirmed = {
  /** Time of the decision. */
  readonly atMs: number;
  /** Offset in the log of the entry that caused it. */
  readonly cause: bigint;
  /** The application, a random id. */
  readonly applicationId: string;
};

/** New facts about the child are applied. */
export type ChildChanged = {
  /** Time of the decision. */
  readonly atMs: number;
  /** Offset in the log of the entry that caused it. */
  readonly cause: bigint;
  /** The application, a random id. */
  readonly applicationId: string;
};

/** Category of p.13. */
export type Category = 'OUT_OF_TURN' | 'FIRST_PRIORITY' | 'GENERAL';

/** The category is applied. */
export type CategoryChanged = {
  /** Time of the decision. */
  readonly atMs: number;
  /** Offset in the log of the entry that caused it. */
  readonly cause: bigint;
  /** The application, a random id. */
  readonly applicationId: string;
  /** The new category. */
  readonly category: Category;
};

/** The child is enrolled. */
export type ApplicationEnrolled = {
  /** Time of the decision. */
  readonly atMs: number;
  /** Offset in the log of the entry that caused it. */
  readonly cause: bigint;
  /** The application, a random id. */
  readonly applicationId: string;
  /** The preschool, by its code in the registry. */
  readonly preschoolId: string;
};

/** The application ended. */
export type ApplicationArchived = {
  /** Time of the decision. */
  readonly atMs: number;
  /** Offset in the log of the entry that caused it. */
  readonly cause: bigint;
  /** The application, a random id. */
  readonly applicationId: string;
  /** Why. */
  readonly reason: ArchiveReason;
};

/** The seat was published. */
export type VacancyOpened = {
  /** Time of the decision. */
  readonly atMs: number;
  /** Offset in the log of the entry that caused it. */
  readonly cause: bigint;
  /** The seat, a random id. */
  readonly vacancyId: string;
  /** The preschool, by its code in the registry. */
  readonly preschoolId: string;
};

/** The seat is taken. */
export type VacancyFilled = {
  /** Time of the decision. */
  readonly atMs: number;
  /** Offset in the log of the entry that caused it. */
  readonly cause: bigint;
  /** The seat, a random id. */
  readonly vacancyId: string;
  /** The preschool, by its code in the registry. */
  readonly preschoolId: string;
};

/** The seat was taken back. */
export type VacancyRecalled = {
  /** Time of the decision. */
  readonly atMs: number;
  /** Offset in the log of the entry that caused it. */
  readonly cause: bigint;
  /** The seat, a random id. */
  readonly vacancyId: string;
  /** The preschool, by its code in the registry. */
  readonly preschoolId: string;
};

/** The temporary seat is over. */
export type VacancyExpired = {
  /** Time of the decision. */
  readonly atMs: number;
  /** Offset in the log of the entry that caused it. */
  readonly cause: bigint;
  /** The seat, a random id. */
  readonly vacancyId: string;
  /** The preschool, by its code in the registry. */
  readonly preschoolId: string;
};

/** The preschool is closed. */
export type PreschoolClosed = {
  /** Time of the decision. */
  readonly atMs: number;
  /** Offset in the log of the entry that caused it. */
  readonly cause: bigint;
  /** The preschool, by its code in the registry. */
  readonly preschoolId: string;
};

/** The policy is applied. */
export type PolicyChanged = {
  /** Time of the decision. */
  readonly atMs: number;
  /** Offset in the log of the entry that caused it. */
  readonly cause: bigint;
  /** Edition of the Rules. */
  readonly edition: string;
};

/** The calendar is applied. */
export type CalendarChanged = {
  /** Time of the decision. */
  readonly atMs: number;
  /** Offset in the log of the entry that caused it. */
  readonly cause: bigint;
};

/** The first reason that applied. */
export type RejectionReason =
  | 'UNKNOWN_APPLICATION'
  | 'DUPLICATE_APPLICATION'
  | 'NOT_ACTIVE'
  | 'UNKNOWN_VACANCY'
  | 'DUPLICATE_VACANCY'
  | 'PRESCHOOL_CLOSED'
  | 'BAD_ENTRIES'
  | 'BAD_TIME'
  | 'AGE_LIMIT'
  | 'REFERRAL_LIVE'
  | 'OFFER_LAPSED'
  | 'NO_SUCH_OFFER'
  | 'NO_QUESTION'
  | 'NO_REFERRAL'
  | 'NO_BENEFIT'
  | 'ALREADY_EXTENDED'
  | 'BAD_DAYS'
  | 'TOO_LATE'
  | 'NOT_OPEN'
  | 'NOT_PLACED';

/** The entry, or a seat of it, changes nothing but the clock. */
export type Rejected = {
  /** Time of the decision. */
  readonly atMs: number;
  /** Offset in the log of the entry that caused it. */
  readonly cause: bigint;
  /** The application named by the entry, if any. */
  readonly applicationId: null | string;
  /** The seat named by the entry, if any. */
  readonly vacancyId: null | string;
  /** Why. */
  readonly reason: RejectionReason;
};

/** An operator let a record of the log pass that could not be decided: it is skipped wherever the log is decided again. */
export type RecordReleased = {
  /** When the operator let it pass. */
  readonly atMs: number;
  /** Offset in the log of the record that was skipped. */
  readonly cause: bigint;
  /** Who let it pass. */
  readonly person: string;
  /** Why. */
  readonly reason: string;
};

/** One decision, told apart by its type. */
export type Decision =
  | ({ readonly type: 'EntryQueued' } & EntryQueued)
  | ({ readonly type: 'PlannedAgeReached' } & PlannedAgeReached)
  | ({ readonly type: 'EntryDeferred' } & EntryDeferred)
  | ({ readonly type: 'EntryHeld' } & EntryHeld)
  | ({ readonly type: 'EntryReturned' } & EntryReturned)
  | ({ readonly type: 'EntrySuspended' } & EntrySuspended)
  | ({ readonly type: 'EntryInterestAsked' } & EntryInterestAsked)
  | ({ readonly type: 'EntryArchived' } & EntryArchived)
  | ({ readonly type: 'OfferMade' } & OfferMade)
  | ({ readonly type: 'OfferReminderDue' } & OfferReminderDue)
  | ({ readonly type: 'OfferDeclined' } & OfferDeclined)
  | ({ readonly type: 'OfferLapsed' } & OfferLapsed)
  | ({ readonly type: 'OfferWithdrawn' } & OfferWithdrawn)
  | ({ readonly type: 'ReferralIssued' } & ReferralIssued)
  | ({ readonly type: 'ReferralExtended' } & ReferralExtended)
  | ({ readonly type: 'ContractDue' } & ContractDue)
  | ({ readonly type: 'ReferralRefused' } & ReferralRefused)
  | ({ readonly type: 'ReferralCancelled' } & ReferralCancelled)
  | ({ readonly type: 'ReferralExpired' } & ReferralExpired)
  | ({ readonly type: 'ReferralAnnulled' } & ReferralAnnulled)
  | ({ readonly type: 'ReferralUsed' } & ReferralUsed)
  | ({ readonly type: 'DeadlineExtended' } & DeadlineExtended)
  | ({ readonly type: 'AnnualInterestAsked' } & AnnualInterestAsked)
  | ({ readonly type: 'AnnualInterestConfirmed' } & AnnualInterestConfirmed)
  | ({ readonly type: 'ChildChanged' } & ChildChanged)
  | ({ readonly type: 'CategoryChanged' } & CategoryChanged)
  | ({ readonly type: 'ApplicationEnrolled' } & ApplicationEnrolled)
  | ({ readonly type: 'ApplicationArchived' } & ApplicationArchived)
  | ({ readonly type: 'VacancyOpened' } & VacancyOpened)
  | ({ readonly type: 'VacancyFilled' } & VacancyFilled)
  | ({ readonly type: 'VacancyRecalled' } & VacancyRecalled)
  | ({ readonly type: 'VacancyExpired' } & VacancyExpired)
  | ({ readonly type: 'PreschoolClosed' } & PreschoolClosed)
  | ({ readonly type: 'PolicyChanged' } & PolicyChanged)
  | ({ readonly type: 'CalendarChanged' } & CalendarChanged)
  | ({ readonly type: 'Rejected' } & Rejected)
  | ({ readonly type: 'RecordReleased' } & RecordReleased);

/** One decision as it lies in the union. */
export type DecisionBranch =
  | { readonly 'kz.kezek.decisions.EntryQueued': EntryQueued }
  | { readonly 'kz.kezek.decisions.PlannedAgeReached': PlannedAgeReached }
  | { readonly 'kz.kezek.decisions.EntryDeferred': EntryDeferred }
  | { readonly 'kz.kezek.decisions.EntryHeld': EntryHeld }
  | { readonly 'kz.kezek.decisions.EntryReturned': EntryReturned }
  | { readonly 'kz.kezek.decisions.EntrySuspended': EntrySuspended }
  | { readonly 'kz.kezek.decisions.EntryInterestAsked': EntryInterestAsked }
  | { readonly 'kz.kezek.decisions.EntryArchived': EntryArchived }
  | { readonly 'kz.kezek.decisions.OfferMade': OfferMade }
  | { readonly 'kz.kezek.decisions.OfferReminderDue': OfferReminderDue }
  | { readonly 'kz.kezek.decisions.OfferDeclined': OfferDeclined }
  | { readonly 'kz.kezek.decisions.OfferLapsed': OfferLapsed }
  | { readonly 'kz.kezek.decisions.OfferWithdrawn': OfferWithdrawn }
  | { readonly 'kz.kezek.decisions.ReferralIssued': ReferralIssued }
  | { readonly 'kz.kezek.decisions.ReferralExtended': ReferralExtended }
  | { readonly 'kz.kezek.decisions.ContractDue': ContractDue }
  | { readonly 'kz.kezek.decisions.ReferralRefused': ReferralRefused }
  | { readonly 'kz.kezek.decisions.ReferralCancelled': ReferralCancelled }
  | { readonly 'kz.kezek.decisions.ReferralExpired': ReferralExpired }
  | { readonly 'kz.kezek.decisions.ReferralAnnulled': ReferralAnnulled }
  | { readonly 'kz.kezek.decisions.ReferralUsed': ReferralUsed }
  | { readonly 'kz.kezek.decisions.DeadlineExtended': DeadlineExtended }
  | { readonly 'kz.kezek.decisions.AnnualInterestAsked': AnnualInterestAsked }
  | { readonly 'kz.kezek.decisions.AnnualInterestConfirmed': AnnualInterestConfirmed }
  | { readonly 'kz.kezek.decisions.ChildChanged': ChildChanged }
  | { readonly 'kz.kezek.decisions.CategoryChanged': CategoryChanged }
  | { readonly 'kz.kezek.decisions.ApplicationEnrolled': ApplicationEnrolled }
  | { readonly 'kz.kezek.decisions.ApplicationArchived': ApplicationArchived }
  | { readonly 'kz.kezek.decisions.VacancyOpened': VacancyOpened }
  | { readonly 'kz.kezek.decisions.VacancyFilled': VacancyFilled }
  | { readonly 'kz.kezek.decisions.VacancyRecalled': VacancyRecalled }
  | { readonly 'kz.kezek.decisions.VacancyExpired': VacancyExpired }
  | { readonly 'kz.kezek.decisions.PreschoolClosed': PreschoolClosed }
  | { readonly 'kz.kezek.decisions.PolicyChanged': PolicyChanged }
  | { readonly 'kz.kezek.decisions.CalendarChanged': CalendarChanged }
  | { readonly 'kz.kezek.decisions.Rejected': Rejected }
  | { readonly 'kz.kezek.decisions.RecordReleased': RecordReleased };

/** All that one entry of the log decided, in order. */
export type DecisionsMade = {
  /** Offset of the entry in the log. */
  readonly logOffset: bigint;
  /** 0 for the first record of this entry; more than 500 decisions are split. */
  readonly part: number;
  /** How many records this entry has. */
  readonly parts: number;
  /** Edition of the Rules decided under. */
  readonly edition: string;
  /** The decisions in order; the id of one is <logOffset>.<index over all parts>. */
  readonly decisions: readonly DecisionBranch[];
};
