/** The deadlines of the table in section 2, each computed at `now` under the policy and calendar of the moment. */
import { now, type Application, type ReferenceState } from './state.ts';
import {
  addMonths,
  addYears,
  dayOf,
  dayOfDate,
  endOfDay,
  hourMs,
  startOfDay,
  workingDays,
  yearOfDate,
} from './time.ts';

/**
 * §6, Deadlines extended: "a deadline of these kinds computed later … that falls into it is moved before it is used or
 * compared, once by each window in order of arrival".
 */
function moved(state: ReferenceState, deadlineMs: number): number {
  let result = deadlineMs;
  for (const window of state.windows) {
    if (window.fromMs <= result && result <= window.toMs) result = endOfDay(dayOf(result) + window.days);
  }
  return result;
}

/** "offer answer: endOfDay(date(offer) + 2 days)", p.15. */
export function offerAnswerBy(state: ReferenceState): number {
  return moved(state, endOfDay(dayOf(now(state)) + state.policy.offerAnswerDays));
}

/** "offer reminder: offer + 24 h", p.16(3). */
export function offerReminderAt(state: ReferenceState): number {
  return now(state) + state.policy.offerReminderHours * hourMs;
}

/** "suspension after silence: workingDays(date(offer deadline), 10)", p.15; of a referral, from the date named in §5. */
export function suspendedUntil(state: ReferenceState, fromDay: number): number {
  return workingDays(state.calendar, fromDay, state.policy.suspensionWorkingDays);
}

/** "answer after suspension: endOfDay(date(ask) + 2 days)". */
export function interestAnswerBy(state: ReferenceState): number {
  return moved(state, endOfDay(dayOf(now(state)) + state.policy.interestAnswerDays));
}

/** "ask 1 at 00:00 of submission date + (12k−1) months", p.15. */
export function ask1At(application: Application, cycle: number): number {
  return startOfDay(addMonths(dayOf(application.submittedAtMs), 12 * cycle - 1));
}

/** "ask 2 at + 12k months", p.15. */
export function ask2At(application: Application, cycle: number): number {
  return startOfDay(addMonths(dayOf(application.submittedAtMs), 12 * cycle));
}

/** "archive at + (12k+1) months"; the 1 is `annualSilenceMonths`, "months from ask 2 to the archive". */
export function annualArchiveAt(state: ReferenceState, application: Application, cycle: number): number {
  return startOfDay(addMonths(dayOf(application.submittedAtMs), 12 * cycle + state.policy.annualSilenceMonths));
}

/** "referral validity: workingDays(date(issue), 5)", p.22. */
export function referralValidUntil(state: ReferenceState): number {
  return moved(state, workingDays(state.calendar, dayOf(now(state)), state.policy.referralWorkingDays));
}

/** "referral cancellation: issue + 24 h inclusive", p.25. */
export function referralCancellableUntil(state: ReferenceState): number {
  return now(state) + state.policy.cancelHours * hourMs;
}

/** "referral extension: endOfDay(date(validUntil) + days)", p.25. */
export function extendedValidity(state: ReferenceState, validUntilMs: number, days: number): number {
  return moved(state, endOfDay(dayOf(validUntilMs) + days));
}

/** §5, `DOCUMENTS_REFUSED`: "workingDays(today, 1)". */
export function resubmitBy(state: ReferenceState): number {
  return moved(state, workingDays(state.calendar, dayOf(now(state)), state.policy.resubmitWorkingDays));
}

/** "contract: workingDays(date(documents accepted), 3)". */
export function contractSignBy(state: ReferenceState): number {
  return moved(state, workingDays(state.calendar, dayOf(now(state)), state.policy.contractWorkingDays));
}

/** "planned age: 00:00 on 1 January of birth year + planned age, or on that birthday", p.16(6), p.24; null when none is planned. */
export function plannedAgeAt(state: ReferenceState, application: Application): number | null {
  if (application.plannedAge === null) return null;
  if (state.policy.plannedAgeAt === 'BIRTHDAY') {
    return startOfDay(addYears(dayOfDate(application.birthDate), application.plannedAge));
  }
  const year = yearOfDate(application.birthDate) + application.plannedAge;
  return startOfDay(dayOfDate(`${String(year).padStart(4, '0')}-01-01`));
}

/** "age limit: 00:00 on the 6th birthday, unless `pmpc`", p.11, p.16(4); null with `pmpc`. */
export function ageLimitAt(
  state: ReferenceState,
  child: { readonly birthDate: string; readonly pmpc: boolean },
): number | null {
  if (child.pmpc) return null;
  return startOfDay(addYears(dayOfDate(child.birthDate), state.policy.ageLimitYears));
}
