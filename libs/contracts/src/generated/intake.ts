// Generated from schemas/ by `npm run contracts`. Edit the schema, not this file.

/** An application was received (N01). */
export type ApplicationReceived = {
  /** The application, a random id. */
  readonly applicationId: string;
  /** The parent or legal representative, a random id. */
  readonly applicantId: string;
  /** Number the citizen knows. */
  readonly applicationNumber: string;
  /** Receipt, to the millisecond. */
  readonly receivedAtMs: number;
  /** Day of acceptance: the next working day after hours (p.5). */
  readonly acceptedOn: number;
  /** Code of the benefit claimed; checked at queueing and admission (N05). Personal: benefit. */
  readonly benefit: null | string;
};

/** The application was not accepted (N02, N03). */
export type ApplicationRefused = {
  /** The application, a random id. */
  readonly applicationId: string;
  /** The parent or legal representative, a random id. */
  readonly applicantId: string;
  /** Number the citizen knows. */
  readonly applicationNumber: string;
  /** Codes of the grounds. */
  readonly grounds: readonly string[];
  /** When. */
  readonly refusedAtMs: number;
};

/** The benefit claimed is not confirmed; the applicant chooses to go on as general or be refused (N10). */
export type BenefitNotConfirmed = {
  /** The application, a random id. */
  readonly applicationId: string;
  /** The parent or legal representative, a random id. */
  readonly applicantId: string;
  /** Number the citizen knows. */
  readonly applicationNumber: string;
  /** Code of the benefit. Personal: benefit. */
  readonly benefit: string;
  /** Last moment to choose; silence means general. */
  readonly answerByMs: number;
};

/** What is checked. */
export type CheckKind = 'IDENTITY' | 'BIRTH_CERTIFICATE' | 'PRIVILEGE';

/** A state database does not answer; the application waits with its order time. */
export type CheckDelayed = {
  /** The application, a random id. */
  readonly applicationId: string;
  /** The parent or legal representative, a random id. */
  readonly applicantId: string;
  /** Number the citizen knows. */
  readonly applicationNumber: string;
  /** What is checked. */
  readonly check: CheckKind;
  /** Since when. */
  readonly sinceMs: number;
};
