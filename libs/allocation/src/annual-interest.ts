/** The annual question (p.15; section 6): asked twice a cycle, answered by any act of the applicant that takes effect. */
import {
  annualArchiveDay,
  hasFlag,
  nextAskDay,
  LEAVING_FOR_SILENCE,
  QUESTION_OPEN,
  QUESTION_REPEATED,
  referralOf,
  setAnnualArchiveDay,
  setFlag,
  setNextAskDay,
  submittedAtMs,
} from './application-record.ts';
import { sayAnnualInterestAsked, sayApplication } from './decisions.ts';
import { NONE, type ApplicationHandle } from './handles.ts';
import { beginLeaving, stopLeaving } from './leaving.ts';
import { type Allocation } from './state.ts';
import { addMonths, dayOf, monthOf, startOfDayMs } from './terms.ts';
import { ANNUAL_ARCHIVE, ANNUAL_ASK, ANNUAL_ASK_AGAIN, setTimer } from './timers.ts';

type A = ApplicationHandle;

const submissionDay = (s: Allocation, a: A): number => dayOf(submittedAtMs(s, a));

/** Day of the first question of a cycle: submission date + (12k - 1) months. */
const askDay = (s: Allocation, a: A, cycle: number): number => addMonths(submissionDay(s, a), 12 * cycle - 1);

/** The cycle whose first question is the next one. Clamping to the end of a month leaves the month. */
const nextCycle = (s: Allocation, a: A): number =>
  Math.floor((monthOf(nextAskDay(s, a)) - monthOf(submissionDay(s, a)) + 1) / 12);

/** Day of the second question of the cycle whose question is open. */
export const askAgainDay = (s: Allocation, a: A): number => addMonths(submissionDay(s, a), 12 * (nextCycle(s, a) - 1));

/** Starts the cycles; those whose first question lies before the queueing are skipped. */
export function startAnnualCycles(s: Allocation, a: A): void {
  let cycle = 1;
  while (startOfDayMs(askDay(s, a, cycle)) < s.nowMs) cycle++;
  awaitCycle(s, a, cycle);
}

function awaitCycle(s: Allocation, a: A, cycle: number): void {
  const day = askDay(s, a, cycle);
  setNextAskDay(s, a, day);
  setTimer(s.timers, ANNUAL_ASK, a, day);
}

/**
 * The question opens, unless a referral is live or the question of a year before is open still; the next cycle is set in
 * any case.
 */
export function openAnnualQuestion(s: Allocation, a: A): void {
  const cycle = nextCycle(s, a);
  awaitCycle(s, a, cycle + 1);
  if (referralOf(s, a) !== NONE || hasFlag(s, a, QUESTION_OPEN)) return;
  const archiveDay = addMonths(submissionDay(s, a), 12 * cycle + s.policy.annualSilenceMonths);
  setFlag(s, a, QUESTION_OPEN, true);
  setFlag(s, a, QUESTION_REPEATED, false);
  setAnnualArchiveDay(s, a, archiveDay);
  setTimer(s.timers, ANNUAL_ASK_AGAIN, a, addMonths(submissionDay(s, a), 12 * cycle));
  setTimer(s.timers, ANNUAL_ARCHIVE, a, archiveDay);
  sayAnnualInterestAsked(s, a, 1, startOfDayMs(archiveDay) - 1);
}

/** Repeats the open question. */
export function repeatAnnualQuestion(s: Allocation, a: A): void {
  setFlag(s, a, QUESTION_REPEATED, true);
  sayAnnualInterestAsked(s, a, 2, startOfDayMs(annualArchiveDay(s, a)) - 1);
}

/** Silence until the archive date: the application leaves. The question stays open and can still be answered. */
export const endAnnualSilence = (s: Allocation, a: A): void => beginLeaving(s, a, LEAVING_FOR_SILENCE);

/** An act that takes effect answers an open question with yes, before its own decisions. */
export function confirmInterest(s: Allocation, a: A): void {
  if (!hasFlag(s, a, QUESTION_OPEN)) return;
  setFlag(s, a, QUESTION_OPEN, false);
  sayApplication(s, 'AnnualInterestConfirmed', a);
  stopLeaving(s, a, LEAVING_FOR_SILENCE);
}
