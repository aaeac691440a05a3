import type { Verification } from '#contracts';

/** What a check asks, in plain text; it lives in memory only. */
export interface Question {
  readonly checkId: string;
  readonly kind: Verification.CheckKind | 'MOBILE_NUMBER';
  readonly benefit: string | undefined;
  readonly applicantIin: string;
  readonly childIin: string;
  /** The same at every repeat, so that a repeat has the same payload. */
  readonly askedAtMs: number;
  /** How many answers were unusable; each gives the next repeat new message ids. */
  readonly answersRefused: number;
}

/** What a state system says about a citizen. That it says nothing at all is a SourceProblem, never a verdict. */
export interface Verdict {
  readonly result: 'CONFIRMED' | 'NOT_CONFIRMED' | 'NO_DATA';
  /** Code that explains it. */
  readonly reason: string | undefined;
  /** Date of birth of the child as registered, `YYYY-MM-DD`. */
  readonly childBirthDate?: string;
  /** Registered mobile number, E.164. */
  readonly phone?: string;
}

/** One state system, or several that answer one question together. */
export interface Source {
  /** Code of the source, as told to intake and shown to operators. */
  readonly code: string;
  /** @throws SourceProblem when there is no usable answer now */
  ask(question: Question): Promise<Verdict>;
}

export const confirmed = (reason?: string): Verdict => ({ result: 'CONFIRMED', reason });
export const notConfirmed = (reason: string): Verdict => ({ result: 'NOT_CONFIRMED', reason });
export const noData = (reason: string): Verdict => ({ result: 'NO_DATA', reason });
