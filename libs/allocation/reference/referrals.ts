/** Life of a referral: section 5, row by row (p.22, p.25, p.28, p.14). */
import type { AdmissionOutcome } from '../src/messages.ts';
import { archiveEntry, archiveEntryOnly, backToQueue, suspend, withdrawOffer } from './entry-life.ts';
import { annulReferral, endReferral, isTreatedAsTemporary, seatOf } from './offers.ts';
import {
  isLive,
  now,
  referredEntry,
  say,
  vacancyOf,
  type Application,
  type Entry,
  type Referral,
  type Step,
} from './state.ts';
import { contractSignBy, extendedValidity, resubmitBy } from './terms.ts';
import { dayOf } from './time.ts';
import { fillSlot } from './ledger.ts';

type Referred = { readonly entry: Entry; readonly referral: Referral };

/** The application's live referral; the refusals of section 7 have made sure that there is one. */
function liveReferral(application: Application): Referred {
  const entry = referredEntry(application);
  if (entry === undefined || entry.referral === null) throw new Error('there is no live referral');
  return { entry, referral: entry.referral };
}

/** "HELD → back", for each of the other entries as chosen. */
export function heldBack(step: Step, application: Application): void {
  for (const other of application.entries) {
    if (other.state === 'HELD') backToQueue(step, application, other);
  }
}

/** Row "cancelled by the applicant within 24 h", p.25. */
export function cancelReferral(step: Step, application: Application): void {
  const { entry } = liveReferral(application);
  const vacancy = endReferral(step, entry);
  say(step, { type: 'ReferralCancelled', ...seatOf(application, entry, vacancy) });
  // §8, `cancelledReferral`: "or `RETURN`: back to the queue, refused this vacancy".
  if (isTreatedAsTemporary(step, vacancy) || step.state.policy.cancelledReferral === 'RETURN') {
    application.refusedVacancies.push(vacancy.vacancyId);
    backToQueue(step, application, entry);
  } else {
    archiveEntry(step, application, entry, 'REFERRAL_CANCELLED');
  }
  heldBack(step, application);
}

/** Rows "validity passed, no documents submitted" and "contract deadline passed, or `NOT_SIGNED`", p.22. */
export function expireReferral(
  step: Step,
  application: Application,
  missed: { readonly deadlineMs: number; readonly countedFromDay: number },
): void {
  const { entry } = liveReferral(application);
  const vacancy = endReferral(step, entry);
  say(step, { type: 'ReferralExpired', ...seatOf(application, entry, vacancy) });
  if (isTreatedAsTemporary(step, vacancy)) {
    application.refusedVacancies.push(vacancy.vacancyId);
    backToQueue(step, application, entry);
  } else {
    suspend(step, application, entry, missed);
  }
  heldBack(step, application);
}

/** Row "extended", p.25: "once, 1..30 days: endOfDay(date(validUntil) + days)". */
export function extendReferral(step: Step, application: Application, days: number): void {
  const { entry, referral } = liveReferral(application);
  referral.extended = true;
  referral.validUntilMs = extendedValidity(step.state, referral.validUntilMs, days);
  say(step, {
    type: 'ReferralExtended',
    ...seatOf(application, entry, vacancyOf(step.state, referral.vacancyId)),
    validUntilMs: referral.validUntilMs,
  });
}

/** Row "documents submitted in time (again: nothing)": "the validity clock stops". */
export function submitDocuments(application: Application): void {
  liveReferral(application).referral.clockRunning = false;
}

/** The rows of admission. */
export function decideAdmission(step: Step, application: Application, outcome: AdmissionOutcome): void {
  switch (outcome) {
    case 'CONTRACT_SENT':
      return sendContract(step, application);
    case 'DOCUMENTS_REFUSED':
      return refuseDocuments(step, application);
    case 'MEDICAL':
      return refuseAdmission(step, application, 'MEDICAL');
    case 'IMMUNITY':
      return refuseAdmission(step, application, 'IMMUNITY');
    case 'SIGNED':
      return signContract(step, application);
    case 'NOT_SIGNED':
      // "as validity passed, counted from date(signBy), or from today"; §6: its missed deadline is "its time".
      return expireReferral(step, application, {
        deadlineMs: now(step.state),
        countedFromDay: dayOf(now(step.state)),
      });
  }
}

/** `CONTRACT_SENT` "(also without a `DocumentsSubmitted`; again: nothing): validity clock stopped; `ContractDue`". */
function sendContract(step: Step, application: Application): void {
  const { entry, referral } = liveReferral(application);
  if (referral.signByMs !== null) return;
  referral.clockRunning = false;
  referral.signByMs = contractSignBy(step.state);
  say(step, {
    type: 'ContractDue',
    ...seatOf(application, entry, vacancyOf(step.state, referral.vacancyId)),
    signByMs: referral.signByMs,
  });
}

/**
 * `DOCUMENTS_REFUSED`: "its clock runs again, no contract deadline; when workingDays(today, 1) is later than validUntil, that is
 * the new validUntil, `ReferralExtended` (the one extension is not used up)".
 */
function refuseDocuments(step: Step, application: Application): void {
  const { entry, referral } = liveReferral(application);
  referral.clockRunning = true;
  referral.signByMs = null;
  const newPapersBy = resubmitBy(step.state);
  if (newPapersBy <= referral.validUntilMs) return;
  referral.validUntilMs = newPapersBy;
  say(step, {
    type: 'ReferralExtended',
    ...seatOf(application, entry, vacancyOf(step.state, referral.vacancyId)),
    validUntilMs: newPapersBy,
  });
}

/** `MEDICAL`: "ARCHIVED `MEDICAL`"; `IMMUNITY`: "back to the queue, refused this vacancy"; both: "picked again", "HELD → back", p.28. */
function refuseAdmission(step: Step, application: Application, reason: 'MEDICAL' | 'IMMUNITY'): void {
  const { entry } = liveReferral(application);
  const vacancy = endReferral(step, entry);
  say(step, { type: 'ReferralRefused', ...seatOf(application, entry, vacancy), reason });
  if (reason === 'MEDICAL') {
    archiveEntry(step, application, entry, 'MEDICAL');
  } else {
    application.refusedVacancies.push(vacancy.vacancyId);
    backToQueue(step, application, entry);
  }
  heldBack(step, application);
}

/** The three rows of `SIGNED` "(in any stage)". */
function signContract(step: Step, application: Application): void {
  const { entry } = liveReferral(application);
  const vacancy = endReferral(step, entry);
  vacancy.status = 'FILLED';
  fillSlot(step.state, vacancy.vacancyId);
  say(step, { type: 'ReferralUsed', ...seatOf(application, entry, vacancy) });
  say(step, { type: 'VacancyFilled', vacancyId: vacancy.vacancyId, preschoolId: vacancy.preschoolId });

  if (vacancy.queue === 'SANATORIUM') {
    application.holdsStay = true;
    archiveEntry(step, application, entry, 'SERVED');
  } else if (vacancy.temporaryUntil !== null) {
    application.holdsStay = true;
    backToQueue(step, application, entry);
  } else {
    entry.state = 'ENROLLED';
    application.status = 'ENROLLED';
    say(step, {
      type: 'ApplicationEnrolled',
      applicationId: application.applicationId,
      preschoolId: entry.preschoolId,
    });
    for (const other of application.entries) {
      if (isLive(other)) archiveEntryOnly(step, application, other, 'ENROLLED_ELSEWHERE');
    }
  }
}

/** Row "benefit lost at a check (p.14)" under `benefitLost` = `GENERAL`. */
export function loseBenefit(step: Step, application: Application): void {
  const referred = referredEntry(application);
  // "one picked as O or F: `ReferralAnnulled`"; "What was picked as G stands".
  const annulled = referred?.referral?.pickedAs !== 'GENERAL' ? referred : undefined;
  if (annulled !== undefined) annulReferral(step, application, annulled);
  application.category = 'GENERAL';
  say(step, { type: 'CategoryChanged', applicationId: application.applicationId, category: 'GENERAL' });
  // "then in one pass over the entries as chosen: that of the annulled referral back; OFFERED as O or F → `OfferWithdrawn`
  // (`BENEFIT_LOST`), back; HELD, if a referral was annulled, → back".
  for (const entry of application.entries) {
    if (entry === annulled) {
      backToQueue(step, application, entry);
    } else if (entry.offer !== null && entry.offer.pickedAs !== 'GENERAL') {
      withdrawOffer(step, application, entry, 'BENEFIT_LOST');
      backToQueue(step, application, entry);
    } else if (entry.state === 'HELD' && annulled !== undefined) {
      backToQueue(step, application, entry);
    }
  }
}
