import type { Question, Verdict } from '../sources/source.ts';

/** What a later message says it follows from. */
export type CausedBy = {
  readonly causationId: string;
  readonly correlationId: string;
  readonly traceparent?: string;
  readonly tracestate?: string;
};

export type CheckKind = Question['kind'];

/** A question as intake asks it. */
export type NewCheck = {
  readonly checkId: string;
  readonly applicationId: string;
  readonly kind: CheckKind;
  readonly benefit: string | null;
  readonly applicantIin: string;
  /** Null where nothing is asked about a child. */
  readonly childIin: string | null;
};

/** A check taken by a worker. */
export interface TakenCheck {
  readonly question: Question;
  readonly applicationId: string;
  readonly source: string;
  readonly causedBy: CausedBy;
  /** This attempt's number, 1 for the first. */
  readonly attempt: number;
  readonly firstFailedAtMs: number | undefined;
}

/** How an attempt without an answer leaves a check. */
export interface Delay {
  readonly problem: string;
  readonly nextAttemptInMs: number;
  readonly newMessageIds: boolean;
  /** Whether intake is told, so that it can tell the applicant. */
  readonly tell: boolean;
}

/** The checks under way, kept until each has its answer. */
export interface Checks {
  /** Takes due checks of a source, the longest due first, and leases them. */
  take(source: string, count: number): Promise<readonly TakenCheck[]>;
  /** Lengthens the lease of what is still under way. */
  renew(taken: readonly TakenCheck[]): Promise<void>;
  /** Writes the answer and the message that carries it; a check that was completed meanwhile stays as it is. */
  complete(check: TakenCheck, answer: Verdict | 'UNAVAILABLE'): Promise<void>;
  delay(check: TakenCheck, delay: Delay): Promise<void>;
}
