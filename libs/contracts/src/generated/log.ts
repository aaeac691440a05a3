// Generated from schemas/ by `npm run contracts`. Edit the schema, not this file.

/** What was decided. */
export type AdmissionOutcome = 'CONTRACT_SENT' | 'DOCUMENTS_REFUSED' | 'MEDICAL' | 'IMMUNITY' | 'SIGNED' | 'NOT_SIGNED';

/** The preschool decided on admission (p.22, p.28). */
export type AdmissionDecided = {
  /** Gapless number given by the writer; a number seen before is a repeat. */
  readonly number: bigint;
  /** Time of the entry, taken in the order of the log. */
  readonly atMs: number;
  /** The application, a random id. */
  readonly applicationId: string;
  /** What was decided. */
  readonly outcome: AdmissionOutcome;
};

/** Category of p.13. */
export type Category = 'OUT_OF_TURN' | 'FIRST_PRIORITY' | 'GENERAL';

/** Kind of queue (p.10). */
export type QueueKind = 'ORDINARY' | 'SPECIAL' | 'SANATORIUM';

/** A place asked for: one preschool in one queue. */
export type WantedEntry = {
  /** The preschool, by its code in the registry. */
  readonly preschoolId: string;
  /** Language of upbringing, a two-letter code. */
  readonly language: string;
  /** Kind of queue. */
  readonly queue: QueueKind;
  /** Kind of disorder (SPECIAL) or of rehabilitation (SANATORIUM); null in an ordinary queue. */
  readonly profile: null | string;
};

/** A checked application joins the queues it names (p.6, p.10). */
export type ApplicationQueued = {
  /** Gapless number given by the writer; a number seen before is a repeat. */
  readonly number: bigint;
  /** Time of the entry, taken in the order of the log. */
  readonly atMs: number;
  /** The application, a random id. */
  readonly applicationId: string;
  /** The parent or legal representative, a random id. */
  readonly applicantId: string;
  /** Date of birth of the child. */
  readonly birthDate: number;
  /** Category as confirmed. */
  readonly category: Category;
  /** Receipt of the application; with the offset in the log it is the order time (p.10). */
  readonly submittedAtMs: number;
  /** True when a PMPC conclusion is held (p.11, p.24). */
  readonly pmpc: boolean;
  /** Age in years at which the place is wanted (p.15(2)); null for at once. */
  readonly plannedAge: null | number;
  /** Group year set by the department for a child with a PMPC conclusion (p.24); null for the year of birth. */
  readonly placementYear: null | number;
  /** One to four places asked for, in the order chosen. */
  readonly entries: readonly WantedEntry[];
};

/** Why it is taken out. */
export type RevocationReason = 'VIOLATION' | 'BENEFIT_NOT_CONFIRMED' | 'OTHER';

/** The department takes the application out, with a reason. */
export type ApplicationRevoked = {
  /** Gapless number given by the writer; a number seen before is a repeat. */
  readonly number: bigint;
  /** Time of the entry, taken in the order of the log. */
  readonly atMs: number;
  /** The application, a random id. */
  readonly applicationId: string;
  /** Why it is taken out. */
  readonly reason: RevocationReason;
};

/** The applicant withdraws the application (p.15(4)). */
export type ApplicationWithdrawn = {
  /** Gapless number given by the writer; a number seen before is a repeat. */
  readonly number: bigint;
  /** Time of the entry, taken in the order of the log. */
  readonly atMs: number;
  /** The application, a random id. */
  readonly applicationId: string;
};

/** The second check did not confirm the benefit (p.14). */
export type BenefitCheckFailed = {
  /** Gapless number given by the writer; a number seen before is a repeat. */
  readonly number: bigint;
  /** Time of the entry, taken in the order of the log. */
  readonly atMs: number;
  /** The application, a random id. */
  readonly applicationId: string;
};

/** The working calendar. */
export type CalendarDays = {
  /** ISO week days off, 1 is Monday. */
  readonly weekend: readonly number[];
  /** Days off. */
  readonly holidays: readonly number[];
  /** Days moved to work; they win. */
  readonly workdays: readonly number[];
};

/** Another working calendar from now on. */
export type CalendarChanged = {
  /** Gapless number given by the writer; a number seen before is a repeat. */
  readonly number: bigint;
  /** Time of the entry, taken in the order of the log. */
  readonly atMs: number;
  /** The whole new calendar. */
  readonly calendar: CalendarDays;
};

/** The category is another from now on (p.13(3)). */
export type CategoryChanged = {
  /** Gapless number given by the writer; a number seen before is a repeat. */
  readonly number: bigint;
  /** Time of the entry, taken in the order of the log. */
  readonly atMs: number;
  /** The application, a random id. */
  readonly applicationId: string;
  /** The new category. */
  readonly category: Category;
};

/** The whole new set of facts about the child. */
export type ChildChanged = {
  /** Gapless number given by the writer; a number seen before is a repeat. */
  readonly number: bigint;
  /** Time of the entry, taken in the order of the log. */
  readonly atMs: number;
  /** The application, a random id. */
  readonly applicationId: string;
  /** Date of birth of the child. */
  readonly birthDate: number;
  /** True when a PMPC conclusion is held (p.11, p.24). */
  readonly pmpc: boolean;
  /** Age in years at which the place is wanted (p.15(2)); null for at once. */
  readonly plannedAge: null | number;
  /** Group year set by the department for a child with a PMPC conclusion (p.24); null for the year of birth. */
  readonly placementYear: null | number;
};

/** Nothing happened but the time; terms that ran out are decided. */
export type ClockAdvanced = {
  /** Gapless number given by the writer; a number seen before is a repeat. */
  readonly number: bigint;
  /** Time of the entry, taken in the order of the log. */
  readonly atMs: number;
};

/** Deadlines inside the window are moved, after an outage or a quarantine. */
export type DeadlinesExtended = {
  /** Gapless number given by the writer; a number seen before is a repeat. */
  readonly number: bigint;
  /** Time of the entry, taken in the order of the log. */
  readonly atMs: number;
  /** Start of the window. */
  readonly from: number;
  /** End of the window, inclusive. */
  readonly to: number;
  /** Calendar days added, 1 to 90. */
  readonly days: number;
  /** Why, in words. */
  readonly reason: string;
};

/** The documents for admission were handed in (p.22). */
export type DocumentsSubmitted = {
  /** Gapless number given by the writer; a number seen before is a repeat. */
  readonly number: bigint;
  /** Time of the entry, taken in the order of the log. */
  readonly atMs: number;
  /** The application, a random id. */
  readonly applicationId: string;
};

/** The whole new list of places asked for (p.13(5)). */
export type EntriesChanged = {
  /** Gapless number given by the writer; a number seen before is a repeat. */
  readonly number: bigint;
  /** Time of the entry, taken in the order of the log. */
  readonly atMs: number;
  /** The application, a random id. */
  readonly applicationId: string;
  /** One to four places asked for, in the order chosen. */
  readonly entries: readonly WantedEntry[];
};

/** The applicant answers the question of interest (p.15). */
export type InterestAnswered = {
  /** Gapless number given by the writer; a number seen before is a repeat. */
  readonly number: bigint;
  /** Time of the entry, taken in the order of the log. */
  readonly atMs: number;
  /** The application, a random id. */
  readonly applicationId: string;
  /** The preschool asked about after a suspension; null for the annual question. */
  readonly preschoolId: null | string;
  /** True to stay in the queue. */
  readonly interested: boolean;
};

/** The applicant accepts or declines an offer (p.15). */
export type OfferAnswered = {
  /** Gapless number given by the writer; a number seen before is a repeat. */
  readonly number: bigint;
  /** Time of the entry, taken in the order of the log. */
  readonly atMs: number;
  /** The seat, a random id. */
  readonly vacancyId: string;
  /** The application, a random id. */
  readonly applicationId: string;
  /** True to accept. */
  readonly accepted: boolean;
};

/** A temporary or sanatorium stay is over (p.23). */
export type PlacementEnded = {
  /** Gapless number given by the writer; a number seen before is a repeat. */
  readonly number: bigint;
  /** Time of the entry, taken in the order of the log. */
  readonly atMs: number;
  /** The application, a random id. */
  readonly applicationId: string;
};

/** Class that a new ledger starts with. */
export type LedgerStart = 'FIRST_PRIORITY' | 'GENERAL';

/** When the planned age is reached. */
export type PlannedAgeAt = 'YEAR_START' | 'BIRTHDAY';

/** Whether siblings are offered together (p.26). */
export type Siblings = 'PULL_UP' | 'OFF';

/** What becomes of the entry. */
export type CancelledReferral = 'ARCHIVE' | 'RETURN';

/** What becomes of the application. */
export type BenefitLost = 'GENERAL' | 'ARCHIVE';

/** Order time of an entry added later. */
export type EntryAdded = 'ORIGINAL_TIME' | 'NEW_TIME';

/** What the Rules leave open, as one value. */
export type AllocationPolicy = {
  /** Edition of the Rules. */
  readonly edition: string;
  /** General places after each first-priority place (p.10). */
  readonly generalPerFirstPriority: number;
  /** Class that a new ledger starts with. */
  readonly ledgerStartsWith: LedgerStart;
  /** Calendar days to answer an offer. */
  readonly offerAnswerDays: number;
  /** Hours until the reminder. */
  readonly offerReminderHours: number;
  /** Working days of suspension after silence. */
  readonly suspensionWorkingDays: number;
  /** Calendar days to answer after a suspension. */
  readonly interestAnswerDays: number;
  /** Months from the second annual question to the archive. */
  readonly annualSilenceMonths: number;
  /** Working days a referral is valid (p.22). */
  readonly referralWorkingDays: number;
  /** Hours in which a referral may be cancelled (p.25). */
  readonly cancelHours: number;
  /** Most days of an extension (p.25). */
  readonly extensionDaysMax: number;
  /** Working days to sign the contract. */
  readonly contractWorkingDays: number;
  /** Working days to hand in new papers. */
  readonly resubmitWorkingDays: number;
  /** Age at which an application leaves (p.11). */
  readonly ageLimitYears: number;
  /** When the planned age is reached. */
  readonly plannedAgeAt: PlannedAgeAt;
  /** Whether siblings are offered together (p.26). */
  readonly siblings: Siblings;
  /** True when a temporary seat is treated as a permanent one. */
  readonly temporarySeatPenalty: boolean;
  /** What becomes of the entry of a cancelled referral. */
  readonly cancelledReferral: CancelledReferral;
  /** What becomes of the application whose benefit is lost. */
  readonly benefitLost: BenefitLost;
  /** Order time of an entry added later. */
  readonly entryAdded: EntryAdded;
};

/** Another policy from now on. */
export type PolicyChanged = {
  /** Gapless number given by the writer; a number seen before is a repeat. */
  readonly number: bigint;
  /** Time of the entry, taken in the order of the log. */
  readonly atMs: number;
  /** The whole new policy. */
  readonly policy: AllocationPolicy;
};

/** The preschool takes no more children. */
export type PreschoolClosed = {
  /** Gapless number given by the writer; a number seen before is a repeat. */
  readonly number: bigint;
  /** Time of the entry, taken in the order of the log. */
  readonly atMs: number;
  /** The preschool, by its code in the registry. */
  readonly preschoolId: string;
};

/** The applicant cancels the referral (p.25). */
export type ReferralCancelled = {
  /** Gapless number given by the writer; a number seen before is a repeat. */
  readonly number: bigint;
  /** Time of the entry, taken in the order of the log. */
  readonly atMs: number;
  /** The application, a random id. */
  readonly applicationId: string;
};

/** The referral is to be extended, once (p.25). */
export type ReferralExtended = {
  /** Gapless number given by the writer; a number seen before is a repeat. */
  readonly number: bigint;
  /** Time of the entry, taken in the order of the log. */
  readonly atMs: number;
  /** The application, a random id. */
  readonly applicationId: string;
  /** Calendar days asked for. */
  readonly days: number;
};

/** One seat of a bulletin (p.3(3)). */
export type PublishedVacancy = {
  /** The seat, a random id. */
  readonly vacancyId: string;
  /** The preschool, by its code in the registry. */
  readonly preschoolId: string;
  /** Language of upbringing, a two-letter code. */
  readonly language: string;
  /** Kind of queue the seat is for. */
  readonly queue: QueueKind;
  /** Profile of a SPECIAL or SANATORIUM seat; null in an ordinary queue. */
  readonly profile: null | string;
  /** Group years the seat is for, several for a mixed-age group; not empty. */
  readonly birthYears: readonly number[];
  /** Last day of a temporary seat (p.3(15)); null for a permanent one. */
  readonly temporaryUntil: null | number;
};

/** A bulletin of seats, in the order in which they are given out (p.17). */
export type VacanciesPublished = {
  /** Gapless number given by the writer; a number seen before is a repeat. */
  readonly number: bigint;
  /** Time of the entry, taken in the order of the log. */
  readonly atMs: number;
  /** The seats in order of publication. */
  readonly vacancies: readonly PublishedVacancy[];
};

/** A published seat is taken back. */
export type VacancyRecalled = {
  /** Gapless number given by the writer; a number seen before is a repeat. */
  readonly number: bigint;
  /** Time of the entry, taken in the order of the log. */
  readonly atMs: number;
  /** The seat, a random id. */
  readonly vacancyId: string;
};
