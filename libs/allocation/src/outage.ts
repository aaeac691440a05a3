/** `DeadlinesExtended` (section 6): an outage or a quarantine moves the deadlines that fall into it. */
import { firstEntry, queuedSequence } from './application-record.ts';
import { INTEREST_ASKED, OFFERED, REFERRED, SUSPENDED } from './codes.ts';
import { sayDeadlineExtended } from './decisions.ts';
import { backToQueue } from './entry-life.ts';
import { applicationOf, missedMs, nextEntry, setTermDay, stateOf, termDay, vacancyOf } from './entry-record.ts';
import { type EntryHandle } from './handles.ts';
import { type RejectionReason } from './messages.ts';
import { type Allocation, type ExtendedWindow } from './state.ts';
import { endOfDayMs } from './terms.ts';
import { CONTRACT, INTEREST_ANSWER, OFFER_ANSWER, REFERRAL_VALIDITY, setTimer } from './timers.ts';
import {
  answerByDay,
  AWAITS_DOCUMENTS,
  AWAITS_SIGNATURE,
  setAnswerByDay,
  setSignByDay,
  setValidUntilDay,
  signByDay,
  stageOf,
  validUntilDay,
} from './vacancy-record.ts';

type E = EntryHandle;

const windowDaysMax = 90;

/** In one pass, active applications in the order queued, entries as chosen. The window stays for what is computed later. */
export function extendDeadlines(s: Allocation, window: ExtendedWindow): RejectionReason | null {
  if (window.days < 1 || window.days > windowDaysMax || window.fromMs > window.toMs) return 'BAD_DAYS';
  for (const e of entriesWithTerms(s)) extendEntry(s, e, window);
  s.windows.push(window);
  return null;
}

const isWithin = (window: ExtendedWindow, ms: number): boolean => window.fromMs <= ms && ms <= window.toMs;

function extendEntry(s: Allocation, e: E, window: ExtendedWindow): void {
  const state = stateOf(s, e);
  if (state === OFFERED) extendOffer(s, e, window);
  else if (state === REFERRED) extendReferralTerm(s, e, window);
  else if (state === INTEREST_ASKED && isWithin(window, endOfDayMs(termDay(s, e)))) {
    const day = termDay(s, e) + window.days;
    setTermDay(s, e, day);
    setTimer(s.timers, INTEREST_ANSWER, e, day + 1);
    sayDeadlineExtended(s, e, null, 'INTEREST', endOfDayMs(day));
  } else if (isWithin(window, missedMs(s, e))) backToQueue(s, e);
}

function extendOffer(s: Allocation, e: E, window: ExtendedWindow): void {
  const v = vacancyOf(s, e);
  if (!isWithin(window, endOfDayMs(answerByDay(s, v)))) return;
  const day = answerByDay(s, v) + window.days;
  setAnswerByDay(s, v, day);
  setTimer(s.timers, OFFER_ANSWER, v, day + 1);
  sayDeadlineExtended(s, e, v, 'OFFER', endOfDayMs(day));
}

/** The validity while its clock runs, or the contract. */
function extendReferralTerm(s: Allocation, e: E, window: ExtendedWindow): void {
  const v = vacancyOf(s, e);
  const stage = stageOf(s, v);
  if (stage === AWAITS_DOCUMENTS && isWithin(window, endOfDayMs(validUntilDay(s, v)))) {
    const day = validUntilDay(s, v) + window.days;
    setValidUntilDay(s, v, day);
    setTimer(s.timers, REFERRAL_VALIDITY, v, day + 1);
    sayDeadlineExtended(s, e, v, 'REFERRAL', endOfDayMs(day));
  } else if (stage === AWAITS_SIGNATURE && isWithin(window, endOfDayMs(signByDay(s, v)))) {
    const day = signByDay(s, v) + window.days;
    setSignByDay(s, v, day);
    setTimer(s.timers, CONTRACT, v, day + 1);
    sayDeadlineExtended(s, e, v, 'CONTRACT', endOfDayMs(day));
  }
}

/** Entries that have or missed such a deadline. An outage is rare, so all rows are read. */
function entriesWithTerms(s: Allocation): E[] {
  const found: E[] = [];
  for (let row = 0; row < s.entries.rows; row++) {
    const state = stateOf(s, row as E);
    if (state === OFFERED || state === REFERRED || state === SUSPENDED || state === INTEREST_ASKED)
      found.push(row as E);
  }
  return found.sort((one, other) => compareAsChosen(s, one, other));
}

/** Applications in the order queued, entries as chosen. */
export function compareAsChosen(s: Allocation, one: E, other: E): number {
  const a = applicationOf(s, one);
  const b = applicationOf(s, other);
  return queuedSequence(s, a) - queuedSequence(s, b) || placeOf(s, one) - placeOf(s, other);
}

/** The entry's place among the entries of its application. */
export function placeOf(s: Allocation, entry: E): number {
  let place = 0;
  for (let e = firstEntry(s, applicationOf(s, entry)); e !== entry; e = nextEntry(s, e)) place++;
  return place;
}
