/** Life of a referral (section 5): documents, extension, cancellation, expiry, and a benefit lost at a check. */
import { categoryOf, firstEntry, referralOf, setCategory } from './application-record.ts';
import { confirmInterest } from './annual-interest.ts';
import { archiveApplication, archiveEntry } from './archiving.ts';
import { G, HELD, OFFERED } from './codes.ts';
import { extendedValidDay } from './deadlines.ts';
import { sayCategoryChanged, sayReferralExtended, saySeat } from './decisions.ts';
import { backToQueue, suspend } from './entry-life.ts';
import { nextEntry, stateOf, vacancyOf } from './entry-record.ts';
import { NONE, type ApplicationHandle, type VacancyHandle } from './handles.ts';
import { refuse } from './history.ts';
import { type RejectionReason } from './messages.ts';
import { isPenalised } from './offers.ts';
import { delistAll, enlistAll } from './ordering.ts';
import { annulReferral, endReferral, withdrawOffer } from './seating.ts';
import { type Allocation } from './state.ts';
import { endOfDayMs } from './terms.ts';
import { REFERRAL_VALIDITY, setTimer } from './timers.ts';
import {
  AWAITS_DOCUMENTS,
  cancellableUntilMs,
  holderOf,
  isExtended,
  pickedAs,
  setExtended,
  setStage,
  setValidUntilDay,
  stageOf,
  UNDER_REVIEW,
  validUntilDay,
} from './vacancy-record.ts';
import { reopen } from './vacancy-life.ts';

type A = ApplicationHandle;
type V = VacancyHandle;

/** `ReferralCancelled`, p.25: within 24 hours, the last millisecond included. */
export function cancelReferral(s: Allocation, a: A): RejectionReason | null {
  const v = referralOf(s, a);
  if (v === NONE) return 'NO_REFERRAL';
  if (s.nowMs > cancellableUntilMs(s, v)) return 'TOO_LATE';
  confirmInterest(s, a);
  const e = holderOf(s, v);
  saySeat(s, 'ReferralCancelled', e, v);
  endReferral(s, a);
  reopen(s, v);
  if (isPenalised(s, v) && s.policy.cancelledReferral === 'ARCHIVE') {
    if (!archiveEntry(s, e, 'REFERRAL_CANCELLED')) return null;
  } else {
    refuse(s, a, v);
    backToQueue(s, e);
  }
  releaseHeld(s, a);
  return null;
}

/**
 * Validity or contract passed unused (p.22): suspended as after silence.
 * @param fromDay the suspension counts from here
 * @param missedMs the deadline that passed
 */
export function expireReferral(s: Allocation, a: A, fromDay: number, missedMs: number): void {
  const v = referralOf(s, a);
  const e = holderOf(s, v);
  saySeat(s, 'ReferralExpired', e, v);
  endReferral(s, a);
  reopen(s, v);
  if (isPenalised(s, v)) suspend(s, e, fromDay, missedMs);
  else {
    refuse(s, a, v);
    backToQueue(s, e);
  }
  releaseHeld(s, a);
}

/** "HELD → back": the referral is over, so those it held go back, as chosen. */
export function releaseHeld(s: Allocation, a: A): void {
  for (let e = firstEntry(s, a); e !== NONE; e = nextEntry(s, e)) if (stateOf(s, e) === HELD) backToQueue(s, e);
}

/** `ReferralExtended`, p.25: once, while valid. */
export function extendReferral(s: Allocation, a: A, days: number): RejectionReason | null {
  const v = referralOf(s, a);
  if (v === NONE) return 'NO_REFERRAL';
  if (isExtended(s, v)) return 'ALREADY_EXTENDED';
  if (days < 1 || days > s.policy.extensionDaysMax) return 'BAD_DAYS';
  if (s.nowMs > endOfDayMs(validUntilDay(s, v))) return 'TOO_LATE';
  confirmInterest(s, a);
  setExtended(s, v, true);
  prolong(s, v, extendedValidDay(s, validUntilDay(s, v), days));
  return null;
}

/** Gives a referral a later last day. */
export function prolong(s: Allocation, v: V, day: number): void {
  setValidUntilDay(s, v, day);
  setTimer(s.timers, REFERRAL_VALIDITY, v, day + 1);
  sayReferralExtended(s, holderOf(s, v), v, endOfDayMs(day));
}

/** `DocumentsSubmitted`: the validity clock stops; a second time changes nothing. */
export function submitDocuments(s: Allocation, a: A): RejectionReason | null {
  const v = referralOf(s, a);
  if (v === NONE) return 'NO_REFERRAL';
  confirmInterest(s, a);
  if (stageOf(s, v) === AWAITS_DOCUMENTS) setStage(s, v, UNDER_REVIEW);
  return null;
}

/** `BenefitCheckFailed`, p.14: what was picked by the benefit is taken back; the application waits on as G. */
export function loseBenefit(s: Allocation, a: A): RejectionReason | null {
  const referral = referralOf(s, a);
  const annul = referral !== NONE && pickedAs(s, referral) !== G;
  if (categoryOf(s, a) === G && !annul && !hasOfferByBenefit(s, a)) return 'NO_BENEFIT';
  if (s.policy.benefitLost === 'ARCHIVE') {
    archiveApplication(s, a, 'BENEFIT_NOT_CONFIRMED');
    return null;
  }
  const annulled = annul ? annulReferral(s, a) : NONE;
  delistAll(s, a);
  setCategory(s, a, G);
  enlistAll(s, a);
  sayCategoryChanged(s, a, G);
  for (let e = firstEntry(s, a); e !== NONE; e = nextEntry(s, e)) {
    const state = stateOf(s, e);
    const offeredByBenefit = state === OFFERED && pickedAs(s, vacancyOf(s, e)) !== G;
    if (offeredByBenefit) withdrawOffer(s, e, 'BENEFIT_LOST');
    if (offeredByBenefit || e === annulled || (state === HELD && annul)) backToQueue(s, e);
  }
  return null;
}

function hasOfferByBenefit(s: Allocation, a: A): boolean {
  for (let e = firstEntry(s, a); e !== NONE; e = nextEntry(s, e)) {
    if (stateOf(s, e) === OFFERED && pickedAs(s, vacancyOf(s, e)) !== G) return true;
  }
  return false;
}
