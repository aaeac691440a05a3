import { describe, expect, it } from '@jest/globals';
import { smsRetryMsMax } from '../limits.ts';
import { retryDelayMs } from './back-off.ts';

describe('the wait before another attempt', () => {
  it.each([
    [1, 1_000, 2_000],
    [2, 2_000, 4_000],
    [5, 16_000, 32_000],
    [20, smsRetryMsMax / 2, smsRetryMsMax],
    [10_000, smsRetryMsMax / 2, smsRetryMsMax],
  ])('after %d is between %d and %d ms', (attempts, least, most) => {
    expect(retryDelayMs(attempts, 0)).toBe(least);
    expect(retryDelayMs(attempts, 0.999_999)).toBeCloseTo(most, -2);
  });
});
