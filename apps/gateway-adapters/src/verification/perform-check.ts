import { recoveryOfProblem, SourceProblem } from '../failures.ts';
import { checkWaitMaxMs, delayToldAtAttempt, retryLongestMs } from '../limits.ts';
import { retryDelayMs } from '../due-work/retry-delay.ts';
import type { Source } from '../sources/source.ts';
import type { Checks, TakenCheck } from './checks.ts';

export interface PerformCheckParts {
  readonly checks: Checks;
  readonly sources: ReadonlyMap<string, Source>;
  readonly nowMs: () => number;
  /** 0 … 1, for jitter. */
  readonly chance: () => number;
  readonly onAnswer: (source: string, result: string) => void;
  readonly onProblem: (source: string, problem: SourceProblem) => void;
}

/** Asks the source of one taken check and writes down what came of it: an answer, or when to ask again. */
export function performCheck(parts: PerformCheckParts): (check: TakenCheck) => Promise<void> {
  return async (check) => {
    const source = parts.sources.get(check.source);
    if (!source) throw new Error(`there is no source ${check.source}`);
    let verdict;
    try {
      verdict = await source.ask(check.question);
    } catch (error) {
      if (!(error instanceof SourceProblem)) throw error;
      parts.onProblem(check.source, error);
      return waitOrGiveUp(parts, check, error);
    }
    await parts.checks.complete(check, verdict);
    parts.onAnswer(check.source, verdict.result);
  };
}

async function waitOrGiveUp(parts: PerformCheckParts, check: TakenCheck, problem: SourceProblem): Promise<void> {
  const waitedMs = parts.nowMs() - (check.firstFailedAtMs ?? parts.nowMs());
  if (waitedMs >= checkWaitMaxMs) {
    await parts.checks.complete(check, 'UNAVAILABLE');
    return parts.onAnswer(check.source, 'UNAVAILABLE');
  }
  const recovery = recoveryOfProblem[problem.problem];
  await parts.checks.delay(check, {
    problem: problem.message,
    nextAttemptInMs: recovery === 'again-late' ? retryLongestMs : retryDelayMs(check.attempt, parts.chance()),
    newMessageIds: recovery === 'again-under-new-id',
    tell: isDoubling(check.attempt),
  });
}

/** The 3rd, 6th, 12th … failed attempt. */
function isDoubling(attempt: number): boolean {
  const times = attempt / delayToldAtAttempt;
  return Number.isInteger(Math.log2(times));
}
