import { dayMs, localOffsetMs } from '../wording/local-time.ts';

/** Local hours in which no SMS is sent, from `fromHour` to `toHour` of the next morning; policy (settled point 25). */
export type QuietHours = { readonly fromHour: number; readonly toHour: number } | 'off';

const hourMs = 3_600_000;

/**
 * The first moment from `atMs` on at which the SMS may go: at once by day, in the morning by night, yet never after `noLaterMs`.
 * @param noLaterMs see `halfwayMs`; null when nothing presses
 */
export function sendFromMs(atMs: number, noLaterMs: number | null, quiet: QuietHours): number {
  if (quiet === 'off' || quiet.fromHour === quiet.toHour) return atMs;
  const sinceMidnightMs = (atMs + localOffsetMs) % dayMs;
  const sinceEndMs = (sinceMidnightMs - quiet.toHour * hourMs + dayMs) % dayMs;
  const loudMs = ((quiet.fromHour - quiet.toHour + 24) % 24) * hourMs;
  if (sinceEndMs < loudMs) return atMs;
  const morningMs = atMs + dayMs - sinceEndMs;
  return noLaterMs === null ? morningMs : Math.max(atMs, Math.min(morningMs, noLaterMs));
}

/** When half of the time that the applicant was given to answer is gone; null when no answer is asked for. */
export function halfwayMs(decidedAtMs: number, answerByMs: number | null): number | null {
  return answerByMs === null ? null : decidedAtMs + Math.floor((answerByMs - decidedAtMs) / 2);
}
