import type { Attacker, Outcome } from './attacker.ts';

/** One thing that an endpoint must do. */
export interface ConformanceCase {
  readonly name: string;
  /** What must come of it. `refused` is a fault over HTTP 500 with one of the codes. */
  readonly expected: 'taken' | 'refused' | 'cut-off';
  readonly codes?: readonly string[];
  /** Undefined when the kit lacks what the case needs (an expired identity). */
  readonly send: (by: Attacker) => Promise<Outcome | undefined>;
}

/** What is wrong with an outcome, or undefined. */
export function outcomeProblem({ expected, codes }: ConformanceCase, outcome: Outcome): string | undefined {
  const { httpStatus, text } = outcome;
  if (httpStatus === -1) return 'the target let a slow sender hold the connection';
  if (expected === 'cut-off') return httpStatus === 200 ? 'it was taken' : undefined;
  if (httpStatus === 0) return `there was no answer (${text})`;
  if (/\bat [\w.<>]+ \(|\.(ts|js|java|php|cs):\d+|Exception in thread/.test(text))
    return 'the answer shows a stack trace';
  if (expected === 'taken') {
    return httpStatus === 200 && !text.includes('Fault')
      ? undefined
      : `it was not taken: HTTP ${httpStatus} ${faultOf(text)}`;
  }
  if (httpStatus === 200) return 'it was taken';
  if (httpStatus !== 500) return `a fault goes over HTTP 500, not ${httpStatus}`;
  const code = faultOf(text);
  if (codes && !codes.includes(code)) return `the fault is ${code}, not ${codes.join(' or ')}`;
  return undefined;
}

function faultOf(text: string): string {
  return /<(?:\w+:)?errorCode>\s*([^<\s]+)/.exec(text)?.[1] ?? 'without a code';
}
