import { describe, expect, it } from '@jest/globals';
import { retryFirstMs, retryLongestMs } from '../limits.ts';
import { retryDelayMs } from './retry-delay.ts';

describe('the wait after a failed attempt', () => {
  it('doubles, ends at the longest, and never overflows', () => {
    expect([1, 2, 3].map((attempts) => retryDelayMs(attempts, 0))).toEqual([
      retryFirstMs,
      2 * retryFirstMs,
      4 * retryFirstMs,
    ]);
    expect(retryDelayMs(1_000_000, 0)).toBe(retryLongestMs);
  });

  it('is shortened by chance to half at most', () => {
    expect(retryDelayMs(4, 1)).toBe(retryDelayMs(4, 0) / 2);
  });
});
