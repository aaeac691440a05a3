import { problemStatus, type ProblemKind } from './problem-kinds.ts';
import { problemTexts, type ProblemLanguage } from './problem-texts.ts';

/** One thing wrong with one field. */
export type FieldProblem = {
  /** JSON pointer into the body, as a URI fragment: `#/child/iin`. */
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
};

/** A refusal at the door: nothing was stored. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly kind: ProblemKind;
  readonly errors: readonly FieldProblem[];

  constructor(kind: ProblemKind, detail: string, errors: readonly FieldProblem[] = []) {
    super(detail);
    this.kind = kind;
    this.errors = errors;
  }
}

/** An RFC 9457 problem document. */
export function problemDocument(problem: Problem, instance: string, language: ProblemLanguage) {
  return {
    type: `urn:kezek:problem:${problem.kind}`,
    title: problemTexts[problem.kind][language],
    status: problemStatus[problem.kind],
    detail: problem.message,
    instance,
    ...(problem.errors.length > 0 ? { errors: problem.errors } : {}),
  };
}
