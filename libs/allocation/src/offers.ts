/** Life of an offer (section 4): the reminder, the answer, silence. */
import { firstEntry, referralOf } from './application-record.ts';
import { confirmInterest } from './annual-interest.ts';
import { archiveEntry } from './archiving.ts';
import { OFFERED, WAITING } from './codes.ts';
import { referralValidDay } from './deadlines.ts';
import { saySeat, sayReferralIssued } from './decisions.ts';
import { backToQueue, hold, suspend } from './entry-life.ts';
import { applicationOf, nextEntry, stateOf, vacancyOf } from './entry-record.ts';
import { NONE, type ApplicationHandle, type EntryHandle, type VacancyHandle } from './handles.ts';
import { hasLapsed, refuse, rememberLapse } from './history.ts';
import { findId, subjectOf } from './ids.ts';
import { type RejectionReason } from './messages.ts';
import { annulReferral, endOffer, refer, withdrawOffer } from './seating.ts';
import { type Allocation } from './state.ts';
import { endOfDayMs, hourMs } from './terms.ts';
import { REFERRAL_VALIDITY, setTimer } from './timers.ts';
import {
  answerByDay,
  AWAITS_DOCUMENTS,
  holderOf,
  IS_OFFERED,
  isStay,
  isTemporary,
  setCancellableUntilMs,
  setExtended,
  setRemindAtMs,
  setStage,
  setValidUntilDay,
  statusOf,
} from './vacancy-record.ts';
import { reopen, VACANCY_ENDED } from './vacancy-life.ts';

type A = ApplicationHandle;
type E = EntryHandle;
type V = VacancyHandle;

/** `OfferAnswered`: the first answer in the log counts. */
export function answerOffer(s: Allocation, a: A, vacancyId: string, accepted: boolean): RejectionReason | null {
  const id = findId(s.vacancyIds, vacancyId);
  if (id < 0) return 'UNKNOWN_VACANCY';
  const v = subjectOf(s.vacancyIds, id) as V;
  const live = v !== VACANCY_ENDED && statusOf(s, v) === IS_OFFERED && applicationOf(s, holderOf(s, v)) === a;
  if (!live) return hasLapsed(s, a, id) ? 'OFFER_LAPSED' : 'NO_SUCH_OFFER';
  confirmInterest(s, a);
  const e = holderOf(s, v);
  if (!accepted) declineOffer(s, v, e);
  else if (isStay(s, v)) acceptStay(s, v, e);
  else acceptPlace(s, v, e);
  return null;
}

/** Whether a seat's refusal or silence costs the entry its place: not for a temporary one, unless the policy says so. */
export const isPenalised = (s: Allocation, v: V): boolean => !isTemporary(s, v) || s.policy.temporarySeatPenalty;

/** p.15: a permanent place declined archives this entry only; a temporary one is only not offered again. */
function declineOffer(s: Allocation, v: V, e: E): void {
  saySeat(s, 'OfferDeclined', e, v);
  endOffer(s, v);
  if (isPenalised(s, v)) archiveEntry(s, e, 'OFFER_DECLINED');
  else {
    refuse(s, applicationOf(s, e), v);
    backToQueue(s, e);
  }
  reopen(s, v);
}

/** p.15: silence. */
export function lapseOffer(s: Allocation, v: V): void {
  const e = holderOf(s, v);
  const a = applicationOf(s, e);
  saySeat(s, 'OfferLapsed', e, v);
  rememberLapse(s, a, v);
  endOffer(s, v);
  if (isPenalised(s, v)) suspend(s, e, answerByDay(s, v), endOfDayMs(answerByDay(s, v)));
  else {
    refuse(s, a, v);
    backToQueue(s, e);
  }
  reopen(s, v);
}

/** p.16(3): once, when the answer is still out. */
export function remindOfOffer(s: Allocation, v: V): void {
  setRemindAtMs(s, v, 0);
  saySeat(s, 'OfferReminderDue', holderOf(s, v), v);
}

/** A stay (p.3(15), p.23): the child keeps its other places; only offers of other stays are withdrawn. */
function acceptStay(s: Allocation, v: V, accepted: E): void {
  const a = applicationOf(s, accepted);
  issueReferral(s, v, accepted);
  for (let e = firstEntry(s, a); e !== NONE; e = nextEntry(s, e)) {
    if (stateOf(s, e) !== OFFERED || !isStay(s, vacancyOf(s, e))) continue;
    withdrawOffer(s, e, 'OTHER_REFERRAL');
    backToQueue(s, e);
  }
}

/** A place for good: a referral to a stay is given up, and the other entries are held. */
function acceptPlace(s: Allocation, v: V, accepted: E): void {
  const a = applicationOf(s, accepted);
  const stay = referralOf(s, a);
  let givenUp: E = NONE;
  if (stay !== NONE) {
    givenUp = annulReferral(s, a);
    refuse(s, a, stay);
  }
  issueReferral(s, v, accepted);
  for (let e = firstEntry(s, a); e !== NONE; e = nextEntry(s, e)) {
    const state = stateOf(s, e);
    if (state === OFFERED) withdrawOffer(s, e, 'OTHER_REFERRAL');
    if (state === OFFERED || state === WAITING || e === givenUp) hold(s, e);
  }
}

/** p.22: valid for five working days; p.25: to be cancelled within 24 hours. */
function issueReferral(s: Allocation, v: V, e: E): void {
  const validUntil = referralValidDay(s);
  const cancellableUntilMs = s.nowMs + s.policy.cancelHours * hourMs;
  refer(s, v, e);
  setStage(s, v, AWAITS_DOCUMENTS);
  setValidUntilDay(s, v, validUntil);
  setCancellableUntilMs(s, v, cancellableUntilMs);
  setExtended(s, v, false);
  setTimer(s.timers, REFERRAL_VALIDITY, v, validUntil + 1);
  sayReferralIssued(s, e, v, endOfDayMs(validUntil), cancellableUntilMs);
}
