/** Offers: the rows of section 4 from "picked" to "vacancy recalled, or expired, while offered" (p.15, p.16(3)). */
import { backToQueue, archiveEntry, endOffer, hold, suspend, withdrawOffer } from './entry-life.ts';
import type { Match } from './siblings.ts';
import {
  isStay,
  referredEntry,
  say,
  vacancyOf,
  type Application,
  type Entry,
  type Step,
  type Vacancy,
} from './state.ts';
import { offerAnswerBy, offerReminderAt, referralCancellableUntil, referralValidUntil } from './terms.ts';
import { dayOf } from './time.ts';

/** §4, picked: "OFFERED; `OfferMade`", with the other applications offered in the same sibling step. */
export function makeOffer(step: Step, match: Match, offeredWith: readonly string[]): void {
  const { application, entry } = match.picked.chosen;
  const answerByMs = offerAnswerBy(step.state);
  match.vacancy.status = 'OFFERED';
  entry.state = 'OFFERED';
  entry.offer = {
    vacancyId: match.vacancy.vacancyId,
    pickedAs: match.picked.pickedAs,
    answerByMs,
    reminderAtMs: offerReminderAt(step.state),
    reminded: false,
  };
  say(step, { type: 'OfferMade', ...seatOf(application, entry, match.vacancy), answerByMs, offeredWith });
}

/** §4: "24 h unanswered: `OfferReminderDue`". */
export function remind(step: Step, application: Application, entry: Entry): void {
  if (entry.offer === null) return;
  entry.offer.reminded = true;
  const vacancy = vacancyOf(step.state, entry.offer.vacancyId);
  say(step, { type: 'OfferReminderDue', ...seatOf(application, entry, vacancy) });
}

/** The rows "accepted in time, a stay" and "accepted in time, no stay". */
export function acceptOffer(step: Step, application: Application, entry: Entry): void {
  if (entry.offer === null) throw new Error('there is no offer to accept');
  const vacancy = vacancyOf(step.state, entry.offer.vacancyId);
  if (isStay(vacancy)) {
    issueReferral(step, application, entry, vacancy);
    // "other entries as chosen: only those OFFERED another stay: `OfferWithdrawn` (`OTHER_REFERRAL`; that vacancy is picked again), back to the queue."
    for (const other of application.entries) {
      if (other.offer === null || !isStay(vacancyOf(step.state, other.offer.vacancyId))) continue;
      withdrawOffer(step, application, other, 'OTHER_REFERRAL');
      backToQueue(step, application, other);
    }
    return;
  }

  // "a live referral (it can only be to a stay): `ReferralAnnulled`; its entry, refused that vacancy, becomes HELD among the others below; that vacancy is picked again."
  const annulled = referredEntry(application);
  if (annulled !== undefined) {
    const stay = annulReferral(step, application, annulled);
    application.refusedVacancies.push(stay.vacancyId);
  }
  issueReferral(step, application, entry, vacancy);
  // "then the other entries as chosen: OFFERED → `OfferWithdrawn` (`OTHER_REFERRAL`; that vacancy is picked again), HELD; WAITING → HELD; SUSPENDED, INTEREST_ASKED and DEFERRED ones run on as they are".
  for (const other of application.entries) {
    if (other === entry) continue;
    if (other.state === 'OFFERED') withdrawOffer(step, application, other, 'OTHER_REFERRAL');
    else if (other.state !== 'WAITING' && other !== annulled) continue;
    hold(step, application, other);
  }
}

function issueReferral(step: Step, application: Application, entry: Entry, vacancy: Vacancy): void {
  if (entry.offer === null) throw new Error('a referral is issued on an accepted offer');
  const validUntilMs = referralValidUntil(step.state);
  const cancellableUntilMs = referralCancellableUntil(step.state);
  entry.referral = {
    vacancyId: vacancy.vacancyId,
    pickedAs: entry.offer.pickedAs,
    validUntilMs,
    clockRunning: true,
    cancellableUntilMs,
    extended: false,
    signByMs: null,
  };
  entry.offer = null;
  entry.state = 'REFERRED';
  vacancy.status = 'REFERRED';
  say(step, { type: 'ReferralIssued', ...seatOf(application, entry, vacancy), validUntilMs, cancellableUntilMs });
}

/** `ReferralAnnulled`; the vacancy is to be picked again, and the entry's state is set by the row that annuls. */
export function annulReferral(step: Step, application: Application, entry: Entry): Vacancy {
  const vacancy = endReferral(step, entry);
  say(step, { type: 'ReferralAnnulled', ...seatOf(application, entry, vacancy) });
  return vacancy;
}

/** The referral is live no more and its vacancy OPEN until the settling, with its slot. */
export function endReferral(step: Step, entry: Entry): Vacancy {
  if (entry.referral === null) throw new Error('there is no referral to end');
  const vacancy = vacancyOf(step.state, entry.referral.vacancyId);
  entry.referral = null;
  vacancy.status = 'OPEN';
  return vacancy;
}

/** §8, `temporarySeatPenalty`: true: "a temporary seat declined, lapsed, or whose referral is cancelled or expires, is treated as a permanent one". */
export function isTreatedAsTemporary(step: Step, vacancy: Vacancy): boolean {
  return vacancy.temporaryUntil !== null && !step.state.policy.temporarySeatPenalty;
}

/** §4, declined: "permanent: ARCHIVED `OFFER_DECLINED`; temporary: back to the queue, refused this vacancy; vacancy picked again". */
export function declineOffer(step: Step, application: Application, entry: Entry): void {
  const vacancy = vacancyOf(step.state, endOffer(step, entry));
  say(step, { type: 'OfferDeclined', ...seatOf(application, entry, vacancy) });
  if (isTreatedAsTemporary(step, vacancy)) {
    application.refusedVacancies.push(vacancy.vacancyId);
    backToQueue(step, application, entry);
  } else {
    archiveEntry(step, application, entry, 'OFFER_DECLINED');
  }
}

/** §4, answer deadline passed: "permanent: SUSPENDED; temporary: back to the queue, refused this vacancy; vacancy picked again". */
export function lapseOffer(step: Step, application: Application, entry: Entry): void {
  if (entry.offer === null) return;
  const deadlineMs = entry.offer.answerByMs;
  const vacancy = vacancyOf(step.state, endOffer(step, entry));
  application.lapsedVacancies.push(vacancy.vacancyId);
  say(step, { type: 'OfferLapsed', ...seatOf(application, entry, vacancy) });
  if (isTreatedAsTemporary(step, vacancy)) {
    application.refusedVacancies.push(vacancy.vacancyId);
    backToQueue(step, application, entry);
  } else {
    // "suspension after silence: workingDays(date(offer deadline), 10)", p.15.
    suspend(step, application, entry, { deadlineMs, countedFromDay: dayOf(deadlineMs) });
  }
}

export function seatOf(
  application: Application,
  entry: Entry,
  vacancy: Vacancy,
): { applicationId: string; preschoolId: string; vacancyId: string } {
  return {
    applicationId: application.applicationId,
    preschoolId: entry.preschoolId,
    vacancyId: vacancy.vacancyId,
  };
}
