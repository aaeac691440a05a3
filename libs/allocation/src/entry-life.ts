/** Life of an entry (section 4): its states, and how the lists of those who wait follow them. */
import { referralOf } from './application-record.ts';
import { plannedDayAhead } from './child.ts';
import { DEFERRED, HELD, INTEREST_ASKED, OFFERED, REFERRED, SUSPENDED, WAITING, type EntryStateCode } from './codes.ts';
import { interestAnswerDay, suspensionDay } from './deadlines.ts';
import { sayEntry, sayEntrySuspended, sayInterestAsked } from './decisions.ts';
import { applicationOf, setMissedMs, setState, setTermDay, setVacancy } from './entry-record.ts';
import { NONE, type ApplicationHandle, type EntryHandle, type VacancyHandle } from './handles.ts';
import { delist, enlist, isListed } from './ordering.ts';
import { type Allocation } from './state.ts';
import { endOfDayMs } from './terms.ts';
import { INTEREST_ANSWER, PLANNED_AGE, setTimer, SUSPENSION_OVER } from './timers.ts';
import { isStay } from './vacancy-record.ts';

type E = EntryHandle;

/** The one place where a state changes. */
export function become(s: Allocation, e: E, state: EntryStateCode): void {
  if (isListed(s, e)) delist(s, e);
  setState(s, e, state);
  if (isListed(s, e)) enlist(s, e);
}

/** HELD: the application has a live referral elsewhere, and not to a stay. */
export function hasPlaceElsewhere(s: Allocation, a: ApplicationHandle): boolean {
  const vacancy = referralOf(s, a);
  return vacancy !== NONE && !isStay(s, vacancy);
}

/** "Back to the queue": DEFERRED while the planned age lies ahead, else HELD or WAITING. Says nothing. */
export function enterQueue(s: Allocation, e: E): EntryStateCode {
  const a = applicationOf(s, e);
  const planned = plannedDayAhead(s, a);
  if (planned !== null) {
    deferUntil(s, e, planned);
    return DEFERRED;
  }
  const state = hasPlaceElsewhere(s, a) ? HELD : WAITING;
  become(s, e, state);
  return state;
}

/** "Back to the queue", and says to which state. */
export function backToQueue(s: Allocation, e: E): void {
  const state = enterQueue(s, e);
  sayEntry(s, state === DEFERRED ? 'EntryDeferred' : state === HELD ? 'EntryHeld' : 'EntryReturned', e);
}

/** DEFERRED until the planned age is reached. */
export function deferUntil(s: Allocation, e: E, day: number): void {
  become(s, e, DEFERRED);
  setTermDay(s, e, day);
  setTimer(s.timers, PLANNED_AGE, e, day);
}

/** p.16(6), p.24: the planned age is reached. */
export function reachPlannedAge(s: Allocation, e: E): void {
  sayEntry(s, 'PlannedAgeReached', e);
  if (hasPlaceElsewhere(s, applicationOf(s, e))) hold(s, e);
  else become(s, e, WAITING);
}

export function hold(s: Allocation, e: E): void {
  become(s, e, HELD);
  sayEntry(s, 'EntryHeld', e);
}

/** p.15: after silence the entry is suspended, counted from the day of the deadline it missed. */
export function suspend(s: Allocation, e: E, fromDay: number, missedMs: number): void {
  const until = suspensionDay(s, fromDay);
  become(s, e, SUSPENDED);
  setTermDay(s, e, until);
  setMissedMs(s, e, missedMs);
  setTimer(s.timers, SUSPENSION_OVER, e, until + 1);
  sayEntrySuspended(s, e, endOfDayMs(until));
}

/** p.15: the suspension is over; is the family still interested? */
export function askInterest(s: Allocation, e: E): void {
  const answerBy = interestAnswerDay(s);
  become(s, e, INTEREST_ASKED);
  setTermDay(s, e, answerBy);
  setTimer(s.timers, INTEREST_ANSWER, e, answerBy + 1);
  sayInterestAsked(s, e, endOfDayMs(answerBy));
}

export function becomeOffered(s: Allocation, e: E, vacancy: VacancyHandle): void {
  become(s, e, OFFERED);
  setVacancy(s, e, vacancy);
}

/** The offer was accepted; the entry keeps its vacancy. */
export const becomeReferred = (s: Allocation, e: E): void => become(s, e, REFERRED);
