import { UsageError } from '../kezek/command.ts';

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/**
 * Reads a moment: an ISO time, or a distance back from now (`15m`, `2h`, `3d`).
 * @returns ms @throws UsageError
 */
export function momentMs(option: string, text: string, nowMs: number): number {
  const back = /^(\d+)([smhd])$/.exec(text);
  if (back) return nowMs - Number(back[1]) * unitMs[back[2] as keyof typeof unitMs];
  const atMs = Date.parse(text);
  if (Number.isNaN(atMs))
    throw new UsageError(`${option} is a time (2026-05-01T10:00:00Z) or 15m, 2h, 3d; not "${text}"`);
  return atMs;
}

/** @throws UsageError unless it is a whole number of at least `min` */
export function wholeNumber(option: string, text: string, min = 0): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < min) {
    throw new UsageError(`${option} is a whole number of at least ${min}; not "${text}"`);
  }
  return number;
}
