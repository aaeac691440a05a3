import { Failure } from '#runtime';

/**
 * Why a state system gave no usable answer, and what is done about it. None of these says anything about the citizen,
 * so all of them are waited out; docs/failures.md has cause and effect of `source-unavailable`.
 */
export const recoveryOfProblem = {
  /** No connection, no answer in time, or an answer that is not the protocol's. */
  unreachable: 'again-soon',
  /** The gateway or the system behind it says that it cannot answer now. */
  'out-of-service': 'again-soon',
  /** It refuses what we send (format, signature, certificate): only a person can mend that. */
  'refuses-us': 'again-late',
  /** The keeper of our key did not sign; nothing was sent. */
  unsigned: 'again-soon',
  /** The evidence could not be written; nothing was sent, or the answer was not used. */
  unwitnessed: 'again-soon',
  /** It failed so often that it is left alone for a while. */
  resting: 'again-soon',
  /** More is wanted of it than its pace allows. */
  throttled: 'again-soon',
  /** The citizen has not yet consented to the use of their data. */
  'consent-awaited': 'again-late',
  /** It answered about somebody else, or against its own schema. The repeat goes under a new message id. */
  'answer-unusable': 'again-under-new-id',
} as const;

export type SourceProblemCode = keyof typeof recoveryOfProblem;

/** A state system that gave no usable answer. The message may be logged: it holds codes, nothing about a person. */
export class SourceProblem extends Failure {
  readonly problem: SourceProblemCode;
  constructor(problem: SourceProblemCode, detail: string, options?: { cause: unknown }) {
    super('source-unavailable', `${problem}: ${detail}`, options);
    this.problem = problem;
  }
}
