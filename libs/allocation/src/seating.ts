/** An entry and a vacancy held together by an offer or a referral, and what comes apart when either ends. */
import { isLeaving, liveOffers, queuedSequence, referralOf, setLiveOffers, setReferral } from './application-record.ts';
import { type CategoryCode, OFFERED } from './codes.ts';
import { sayOfferWithdrawn, saySeat } from './decisions.ts';
import { becomeOffered, becomeReferred } from './entry-life.ts';
import { applicationOf, stateOf, vacancyOf } from './entry-record.ts';
import { NONE, type ApplicationHandle, type EntryHandle, type VacancyHandle } from './handles.ts';
import { invariant } from './invariant.ts';
import { type OfferWithdrawalReason } from './messages.ts';
import { lookAgain } from './ordering.ts';
import { type Allocation } from './state.ts';
import {
  holderOf,
  IS_OFFERED,
  IS_REFERRED,
  OPEN,
  setHolder,
  setHolderSequence,
  setPickedAs,
  setStatus,
  statusOf,
} from './vacancy-record.ts';
import { reopen, unlistOpen } from './vacancy-life.ts';

type E = EntryHandle;
type V = VacancyHandle;

/** Binds an open vacancy to an entry by an offer: one live offer per entry and per vacancy. */
export function seat(s: Allocation, v: V, e: E, category: CategoryCode): void {
  invariant(statusOf(s, v) === OPEN, 'only an open vacancy is offered');
  const a = applicationOf(s, e);
  unlistOpen(s, v);
  setStatus(s, v, IS_OFFERED);
  setHolder(s, v, e);
  setHolderSequence(s, v, queuedSequence(s, a));
  setPickedAs(s, v, category);
  becomeOffered(s, e, v);
  setLiveOffers(s, a, liveOffers(s, a) + 1);
}

/** The offer is over; the caller says where the entry and the vacancy go. */
export function endOffer(s: Allocation, v: V): void {
  const a = applicationOf(s, holderOf(s, v));
  setLiveOffers(s, a, liveOffers(s, a) - 1);
  if (isLeaving(s, a)) s.unsettled.leaving.push(a);
}

/** The vacancy of a withdrawn offer is picked again; the entry's next state is the caller's. */
export function withdrawOffer(s: Allocation, e: E, reason: OfferWithdrawalReason): void {
  invariant(stateOf(s, e) === OFFERED, 'only a live offer is withdrawn');
  const v = vacancyOf(s, e);
  sayOfferWithdrawn(s, e, v, reason);
  endOffer(s, v);
  reopen(s, v);
}

/** Turns an accepted offer into the live referral of the application: there is at most one. */
export function refer(s: Allocation, v: V, e: E): void {
  const a = applicationOf(s, e);
  invariant(referralOf(s, a) === NONE, 'an application has at most one live referral');
  endOffer(s, v);
  setStatus(s, v, IS_REFERRED);
  setReferral(s, a, v);
  becomeReferred(s, e);
}

/** The referral is over; stays are open to the application again. The caller says where entry and vacancy go. */
export function endReferral(s: Allocation, a: ApplicationHandle): void {
  setReferral(s, a, NONE);
  if (isLeaving(s, a)) s.unsettled.leaving.push(a);
  lookAgain(s, a);
}

/** An annulled referral's vacancy is picked again. */
export function annulReferral(s: Allocation, a: ApplicationHandle): E {
  const v = referralOf(s, a);
  const e = holderOf(s, v);
  saySeat(s, 'ReferralAnnulled', e, v);
  endReferral(s, a);
  reopen(s, v);
  return e;
}
