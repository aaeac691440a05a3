import { smsRetryFirstMs, smsRetryMsMax } from '../limits.ts';

/**
 * How long to wait before the next attempt: doubling, with jitter over its upper half, so that what failed together does
 * not come back together.
 * @param attempts made so far, 1 or more
 * @param random in [0, 1)
 */
export function retryDelayMs(attempts: number, random: number): number {
  const wholeMs = Math.min(smsRetryMsMax, smsRetryFirstMs * 2 ** Math.min(attempts - 1, 30));
  return Math.round(wholeMs / 2 + (wholeMs / 2) * random);
}
