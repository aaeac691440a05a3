// Generated from schemas/ by `npm run contracts`. Edit the schema, not this file.

/** What the base of mobile citizens answered. */
export type MobileNumberAnswered = {
  /** The question, a random id. */
  readonly requestId: string;
  /** The application, a random id. */
  readonly applicationId: string;
  /** The one number in force, E.164; null when there is none to use. Personal: phone. */
  readonly phone: null | string;
  /** Code that explains why there is none. */
  readonly reason: null | string;
  /** Code of the state database. */
  readonly source: string;
  /** When the answer came. */
  readonly completedAtMs: number;
};

/** Ask the base of mobile citizens for the number an applicant registered there (p.3(13)). */
export type MobileNumberRequested = {
  /** The question, a random id. */
  readonly requestId: string;
  /** The application, a random id. */
  readonly applicationId: string;
  /** IIN of the applicant. Personal: iin. */
  readonly applicantIin: string;
  /** When it was asked. */
  readonly requestedAtMs: number;
};

/** What is checked. */
export type CheckKind = 'IDENTITY' | 'BIRTH_CERTIFICATE' | 'PRIVILEGE';

/** What the source says; a source that is down is never NOT_CONFIRMED. */
export type VerificationResult = 'CONFIRMED' | 'NOT_CONFIRMED' | 'NO_DATA' | 'UNAVAILABLE';

/** What the state database answered. */
export type VerificationCompleted = {
  /** The check, a random id. */
  readonly verificationId: string;
  /** The application, a random id. */
  readonly applicationId: string;
  /** What was checked. */
  readonly check: CheckKind;
  /** The answer. */
  readonly result: VerificationResult;
  /** Code that explains the answer. Personal: benefit. */
  readonly reason: null | string;
  /** Code of the state database. */
  readonly source: string;
  /** Date of birth of the child as registered, YYYY-MM-DD, from the birth register. Personal: birth date. */
  readonly childBirthDate: null | string;
  /** When the answer came. */
  readonly completedAtMs: number;
};

/** The state database does not answer; the check waits and is tried again. */
export type VerificationDelayed = {
  /** The check, a random id. */
  readonly verificationId: string;
  /** The application, a random id. */
  readonly applicationId: string;
  /** What is checked. */
  readonly check: CheckKind;
  /** Code of the state database. */
  readonly source: string;
  /** Attempts so far. */
  readonly attempts: number;
  /** First failed attempt. */
  readonly sinceMs: number;
  /** When it is tried again. */
  readonly nextAttemptAtMs: number;
};

/** Ask a state database to confirm one fact. */
export type VerificationRequested = {
  /** The check, a random id. */
  readonly verificationId: string;
  /** The application, a random id. */
  readonly applicationId: string;
  /** The parent or legal representative, a random id. */
  readonly applicantId: string;
  /** What is checked. */
  readonly check: CheckKind;
  /** Code of the benefit claimed, for PRIVILEGE. Personal: benefit. */
  readonly benefit: null | string;
  /** IIN of the applicant. Personal: iin. */
  readonly applicantIin: string;
  /** IIN of the child. Personal: iin. */
  readonly childIin: string;
  /** When it was asked. */
  readonly requestedAtMs: number;
};
