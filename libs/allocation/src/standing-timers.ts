/** The timers that a state calls for: they follow from it, so a snapshot leaves them out and a load sets them again. */
import {
  ACTIVE,
  ageLimitDay,
  annualArchiveDay,
  hasFlag,
  LEAVING_FOR_AGE,
  LEAVING_FOR_SILENCE,
  NEVER,
  nextAskDay,
  QUESTION_OPEN,
  QUESTION_REPEATED,
} from './application-record.ts';
import { askAgainDay } from './annual-interest.ts';
import { DEFERRED, INTEREST_ASKED, SUSPENDED } from './codes.ts';
import { stateOf, termDay } from './entry-record.ts';
import { type ApplicationHandle, type EntryHandle, type VacancyHandle } from './handles.ts';
import { type Allocation } from './state.ts';
import { startOfDayMs } from './terms.ts';
import {
  AGE_LIMIT,
  ANNUAL_ARCHIVE,
  ANNUAL_ASK,
  ANNUAL_ASK_AGAIN,
  CONTRACT,
  INTEREST_ANSWER,
  OFFER_ANSWER,
  PLANNED_AGE,
  REFERRAL_VALIDITY,
  setReminder,
  setTimer,
  SUSPENSION_OVER,
  VACANCY_OVER,
} from './timers.ts';
import {
  answerByDay,
  AWAITS_DOCUMENTS,
  AWAITS_SIGNATURE,
  IS_OFFERED,
  IS_REFERRED,
  isTemporary,
  remindAtMs,
  signByDay,
  stageOf,
  statusOf,
  temporaryUntilDay,
  validUntilDay,
} from './vacancy-record.ts';

/** Sets all timers of a state that has none. */
export function resetTimers(s: Allocation): void {
  for (let row = 0; row < s.vacancies.rows; row++) timeVacancy(s, row as VacancyHandle);
  for (let row = 0; row < s.entries.rows; row++) timeEntry(s, row as EntryHandle);
  for (let row = 0; row < s.applications.rows; row++) timeApplication(s, row as ApplicationHandle);
}

function timeVacancy(s: Allocation, v: VacancyHandle): void {
  const status = statusOf(s, v);
  if ((status as number) === 0) return;
  const over = temporaryUntilDay(s, v) + 1;
  // A referral outlives its temporary seat's last day; that timer has fired.
  if (isTemporary(s, v) && startOfDayMs(over) > s.nowMs) setTimer(s.timers, VACANCY_OVER, v, over);
  if (status === IS_OFFERED) {
    setTimer(s.timers, OFFER_ANSWER, v, answerByDay(s, v) + 1);
    if (remindAtMs(s, v) > 0) setReminder(s.timers, v, remindAtMs(s, v));
  }
  if (status !== IS_REFERRED) return;
  if (stageOf(s, v) === AWAITS_DOCUMENTS) setTimer(s.timers, REFERRAL_VALIDITY, v, validUntilDay(s, v) + 1);
  if (stageOf(s, v) === AWAITS_SIGNATURE) setTimer(s.timers, CONTRACT, v, signByDay(s, v) + 1);
}

function timeEntry(s: Allocation, e: EntryHandle): void {
  const state = stateOf(s, e);
  if (state === DEFERRED) setTimer(s.timers, PLANNED_AGE, e, termDay(s, e));
  if (state === SUSPENDED) setTimer(s.timers, SUSPENSION_OVER, e, termDay(s, e) + 1);
  if (state === INTEREST_ASKED) setTimer(s.timers, INTEREST_ANSWER, e, termDay(s, e) + 1);
}

function timeApplication(s: Allocation, a: ApplicationHandle): void {
  if (!hasFlag(s, a, ACTIVE)) return;
  setTimer(s.timers, ANNUAL_ASK, a, nextAskDay(s, a));
  if (hasFlag(s, a, QUESTION_OPEN)) {
    if (!hasFlag(s, a, QUESTION_REPEATED)) setTimer(s.timers, ANNUAL_ASK_AGAIN, a, askAgainDay(s, a));
    if (!hasFlag(s, a, LEAVING_FOR_SILENCE)) setTimer(s.timers, ANNUAL_ARCHIVE, a, annualArchiveDay(s, a));
  }
  const limit = ageLimitDay(s, a);
  if (limit !== NEVER && !hasFlag(s, a, LEAVING_FOR_AGE)) setTimer(s.timers, AGE_LIMIT, a, limit);
}
