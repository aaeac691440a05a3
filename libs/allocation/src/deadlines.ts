/** Deadlines as days: the end of the day is meant. Those of four kinds step behind the windows of an outage (section 6). */
import { endOfDayMs, dayOf, workingDayAfter } from './terms.ts';
import { type Allocation } from './state.ts';

export const today = (s: Allocation): number => dayOf(s.nowMs);

/**
 * A deadline of the kinds offer answer, answer after suspension, referral validity or contract, computed now: what falls
 * into a window is moved, once by each window in order of arrival.
 */
export function behindWindows(s: Allocation, day: number): number {
  let moved = day;
  for (const window of s.windows) {
    const deadlineMs = endOfDayMs(moved);
    if (window.fromMs <= deadlineMs && deadlineMs <= window.toMs) moved += window.days;
  }
  return moved;
}

/** p.15: two calendar days from the next day. */
export const offerAnswerDay = (s: Allocation): number => behindWindows(s, today(s) + s.policy.offerAnswerDays);

/** Two days for the answer after a suspension. */
export const interestAnswerDay = (s: Allocation): number => behindWindows(s, today(s) + s.policy.interestAnswerDays);

/** p.22: five working days from the day after issue. */
export const referralValidDay = (s: Allocation): number =>
  behindWindows(s, workingDayAfter(s.calendar, today(s), s.policy.referralWorkingDays));

/** Three working days to sign, from the day after the documents were accepted. */
export const contractDay = (s: Allocation): number =>
  behindWindows(s, workingDayAfter(s.calendar, today(s), s.policy.contractWorkingDays));

/** One working day for new papers after a refusal of documents. */
export const resubmitDay = (s: Allocation): number =>
  behindWindows(s, workingDayAfter(s.calendar, today(s), s.policy.resubmitWorkingDays));

/** p.25: `days` calendar days more. */
export const extendedValidDay = (s: Allocation, validUntilDay: number, days: number): number =>
  behindWindows(s, validUntilDay + days);

/** p.15: ten working days; a suspension is no deadline of the four kinds. */
export const suspensionDay = (s: Allocation, fromDay: number): number =>
  workingDayAfter(s.calendar, fromDay, s.policy.suspensionWorkingDays);
