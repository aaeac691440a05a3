/** What the timers do (section 2). A timer whose subject has moved on does nothing. */
import {
  ageLimitDay,
  annualArchiveDay,
  hasFlag,
  nextAskDay,
  LEAVING_FOR_AGE,
  LEAVING_FOR_SILENCE,
  QUESTION_OPEN,
  QUESTION_REPEATED,
  ACTIVE,
  queuedSequence,
} from './application-record.ts';
import { askAgainDay, endAnnualSilence, openAnnualQuestion, repeatAnnualQuestion } from './annual-interest.ts';
import { archiveEntry } from './archiving.ts';
import { endTemporaryVacancy } from './bulletins.ts';
import { DEFERRED, INTEREST_ASKED, SUSPENDED } from './codes.ts';
import { askInterest, reachPlannedAge } from './entry-life.ts';
import { applicationOf, stateOf, termDay } from './entry-record.ts';
import { type ApplicationHandle, type EntryHandle, type VacancyHandle } from './handles.ts';
import { beginLeaving } from './leaving.ts';
import { lapseOffer, remindOfOffer } from './offers.ts';
import { placeOf } from './outage.ts';
import { expireReferral } from './referrals.ts';
import { clearRanking, sortRanking, type Ranking } from './sorting.ts';
import { type Allocation } from './state.ts';
import { dayOf, endOfDayMs } from './terms.ts';
import {
  AGE_LIMIT,
  ANNUAL_ARCHIVE,
  ANNUAL_ASK,
  ANNUAL_ASK_AGAIN,
  CONTRACT,
  INTEREST_ANSWER,
  kindOfTimer,
  OFFER_ANSWER,
  OFFER_REMINDER,
  PLANNED_AGE,
  REFERRAL_VALIDITY,
  subjectOfTimer,
  SUSPENSION_OVER,
  takeTimers,
  VACANCY_OVER,
  type TimerKind,
} from './timers.ts';
import {
  answerByDay,
  AWAITS_DOCUMENTS,
  AWAITS_SIGNATURE,
  holderOf,
  holderSequence,
  IS_OFFERED,
  IS_REFERRED,
  publicationOf,
  remindAtMs,
  signByDay,
  stageOf,
  statusOf,
  temporaryUntilDay,
  validUntilDay,
} from './vacancy-record.ts';

type A = ApplicationHandle;
type E = EntryHandle;
type V = VacancyHandle;

/** Fires all timers of this instant, which is now: kind by kind, in the order of section 2. */
export function fireTimers(s: Allocation): void {
  const timers = takeTimers(s.timers);
  if (timers.length === 1) {
    fireIfDue(s, kindOfTimer(timers[0]!), subjectOfTimer(timers[0]!));
    return;
  }
  const byKind: number[][] = [];
  for (const timer of timers) (byKind[kindOfTimer(timer)] ??= []).push(subjectOfTimer(timer));
  byKind.forEach((subjects, kind) => fireKind(s, kind as TimerKind, subjects));
}

/** Applications in the order queued, their entries as chosen; vacancies by publication. */
function fireKind(s: Allocation, kind: TimerKind, subjects: readonly number[]): void {
  const due = s.timers.ranking;
  clearRanking(due, subjects.length);
  for (const subject of subjects) {
    if (!isDue(s, kind, subject)) continue;
    due.keys[due.size] = rankOfTimer(s, kind, subject);
    due.items[due.size++] = subject;
  }
  sortRanking(due);
  orderPlaces(s, kind, due);
  for (let i = 0; i < due.size; i++) fireIfDue(s, kind, due.items[i]!);
}

function fireIfDue(s: Allocation, kind: TimerKind, subject: number): void {
  if (isDue(s, kind, subject)) fire(s, kind, subject);
}

function rankOfTimer(s: Allocation, kind: TimerKind, subject: number): number {
  if (kind === VACANCY_OVER) return publicationOf(s, subject as V);
  if (kind <= CONTRACT) return holderSequence(s, subject as V);
  return queuedSequence(s, kind >= ANNUAL_ASK ? (subject as A) : applicationOf(s, subject as E));
}

/** Timers of one application stand together now: its entries as chosen. */
function orderPlaces(s: Allocation, kind: TimerKind, { keys, items, size }: Ranking): void {
  if (kind === VACANCY_OVER || kind >= ANNUAL_ASK) return;
  const entryOf = (subject: number): E => (kind <= CONTRACT ? holderOf(s, subject as V) : (subject as E));
  for (let from = 0, to = 1; from < size; from = to++) {
    while (to < size && keys[to] === keys[from]) to++;
    if (to - from === 1) continue;
    items.subarray(from, to).sort((one, other) => placeOf(s, entryOf(one)) - placeOf(s, entryOf(other)));
  }
}

/** Whether the subject still waits for this very instant. */
function isDue(s: Allocation, kind: TimerKind, subject: number): boolean {
  const day = dayOf(s.nowMs);
  if (kind <= CONTRACT) return isVacancyDue(s, kind, subject as V, day);
  if (kind >= ANNUAL_ASK) return hasFlag(s, subject as A, ACTIVE) && isApplicationDue(s, kind, subject as A, day);
  const e = subject as E;
  const state = stateOf(s, e);
  if (kind === PLANNED_AGE) return state === DEFERRED && termDay(s, e) === day;
  return state === (kind === SUSPENSION_OVER ? SUSPENDED : INTEREST_ASKED) && termDay(s, e) + 1 === day;
}

function isVacancyDue(s: Allocation, kind: TimerKind, v: V, day: number): boolean {
  const status = statusOf(s, v);
  switch (kind) {
    case VACANCY_OVER:
      return (status as number) !== 0 && temporaryUntilDay(s, v) + 1 === day;
    case OFFER_REMINDER:
      return status === IS_OFFERED && remindAtMs(s, v) === s.nowMs;
    case OFFER_ANSWER:
      return status === IS_OFFERED && answerByDay(s, v) + 1 === day;
    case REFERRAL_VALIDITY:
      return status === IS_REFERRED && stageOf(s, v) === AWAITS_DOCUMENTS && validUntilDay(s, v) + 1 === day;
    default:
      return status === IS_REFERRED && stageOf(s, v) === AWAITS_SIGNATURE && signByDay(s, v) + 1 === day;
  }
}

function isApplicationDue(s: Allocation, kind: TimerKind, a: A, day: number): boolean {
  switch (kind) {
    case ANNUAL_ASK:
      return nextAskDay(s, a) === day;
    case ANNUAL_ASK_AGAIN:
      return hasFlag(s, a, QUESTION_OPEN) && !hasFlag(s, a, QUESTION_REPEATED) && askAgainDay(s, a) === day;
    case ANNUAL_ARCHIVE:
      return hasFlag(s, a, QUESTION_OPEN) && !hasFlag(s, a, LEAVING_FOR_SILENCE) && annualArchiveDay(s, a) === day;
    default:
      return !hasFlag(s, a, LEAVING_FOR_AGE) && ageLimitDay(s, a) === day;
  }
}

function fire(s: Allocation, kind: TimerKind, subject: number): void {
  switch (kind) {
    case VACANCY_OVER:
      return endTemporaryVacancy(s, subject as V);
    case OFFER_REMINDER:
      return remindOfOffer(s, subject as V);
    case OFFER_ANSWER:
      return lapseOffer(s, subject as V);
    case REFERRAL_VALIDITY:
      return expireOn(s, subject as V, validUntilDay(s, subject as V));
    case CONTRACT:
      return expireOn(s, subject as V, signByDay(s, subject as V));
    case SUSPENSION_OVER:
      return askInterest(s, subject as E);
    case INTEREST_ANSWER:
      archiveEntry(s, subject as E, 'NO_ANSWER');
      return;
    case PLANNED_AGE:
      return reachPlannedAge(s, subject as E);
    case ANNUAL_ASK:
      return openAnnualQuestion(s, subject as A);
    case ANNUAL_ASK_AGAIN:
      return repeatAnnualQuestion(s, subject as A);
    case ANNUAL_ARCHIVE:
      return endAnnualSilence(s, subject as A);
    case AGE_LIMIT:
      return beginLeaving(s, subject as A, LEAVING_FOR_AGE);
    default:
      return kind satisfies never;
  }
}

const expireOn = (s: Allocation, v: V, deadlineDay: number): void =>
  expireReferral(s, applicationOf(s, holderOf(s, v)), deadlineDay, endOfDayMs(deadlineDay));
