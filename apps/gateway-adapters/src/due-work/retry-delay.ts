import { retryFirstMs, retryLongestMs } from '../limits.ts';

/**
 * How long to wait after a failed attempt, ms: doubling, never longer than the longest, shortened by chance to as little
 * as half, so that checks that failed together do not come back together.
 *
 * @param failedAttempts 1 after the first failure
 * @param chance 0 … 1
 */
export function retryDelayMs(failedAttempts: number, chance: number): number {
  const doublings = Math.min(failedAttempts - 1, 30);
  const fullMs = Math.min(retryFirstMs * 2 ** doublings, retryLongestMs);
  return Math.round(fullMs * (1 - chance / 2));
}
