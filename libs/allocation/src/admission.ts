/** The preschool's word on a referral (section 5): `AdmissionDecided`, p.22, p.28. */
import { HOLDS_STAY, referralOf, setFlag } from './application-record.ts';
import { archiveEntry, enrolApplication } from './archiving.ts';
import { contractDay, resubmitDay, today } from './deadlines.ts';
import { sayContractDue, sayEntry, sayReferralRefused, saySeat } from './decisions.ts';
import { backToQueue } from './entry-life.ts';
import { NONE, type ApplicationHandle, type VacancyHandle } from './handles.ts';
import { refuse } from './history.ts';
import { type AdmissionOutcome, type RejectionReason } from './messages.ts';
import { expireReferral, prolong, releaseHeld } from './referrals.ts';
import { endReferral } from './seating.ts';
import { type Allocation } from './state.ts';
import { endOfDayMs } from './terms.ts';
import { CONTRACT, REFERRAL_VALIDITY, setTimer } from './timers.ts';
import {
  AWAITS_DOCUMENTS,
  AWAITS_SIGNATURE,
  holderOf,
  isOfSanatorium,
  isTemporary,
  setSignByDay,
  setStage,
  stageOf,
  validUntilDay,
} from './vacancy-record.ts';
import { fillVacancy, reopen } from './vacancy-life.ts';

type A = ApplicationHandle;
type V = VacancyHandle;

export function decideAdmission(s: Allocation, a: A, outcome: AdmissionOutcome): RejectionReason | null {
  const v = referralOf(s, a);
  if (v === NONE) return 'NO_REFERRAL';
  switch (outcome) {
    case 'CONTRACT_SENT':
      sendContract(s, v);
      break;
    case 'DOCUMENTS_REFUSED':
      refuseDocuments(s, v);
      break;
    case 'MEDICAL':
    case 'IMMUNITY':
      refuseAdmission(s, a, v, outcome);
      break;
    case 'SIGNED':
      sign(s, a, v);
      break;
    case 'NOT_SIGNED':
      expireReferral(s, a, today(s), s.nowMs);
      break;
    default:
      return outcome satisfies never;
  }
  return null;
}

/** The documents are accepted and the contract is with the family; a second time changes nothing. */
function sendContract(s: Allocation, v: V): void {
  if (stageOf(s, v) === AWAITS_SIGNATURE) return;
  const signBy = contractDay(s);
  setStage(s, v, AWAITS_SIGNATURE);
  setSignByDay(s, v, signBy);
  setTimer(s.timers, CONTRACT, v, signBy + 1);
  sayContractDue(s, holderOf(s, v), v, endOfDayMs(signBy));
}

/** The validity clock runs again, with a working day for new papers at least. */
function refuseDocuments(s: Allocation, v: V): void {
  setStage(s, v, AWAITS_DOCUMENTS);
  const resubmitBy = resubmitDay(s);
  if (resubmitBy > validUntilDay(s, v)) prolong(s, v, resubmitBy);
  else setTimer(s.timers, REFERRAL_VALIDITY, v, validUntilDay(s, v) + 1);
}

/** p.28: not admitted for health (archived) or for lack of vaccination in the group (back to the queue). */
function refuseAdmission(s: Allocation, a: A, v: V, reason: 'MEDICAL' | 'IMMUNITY'): void {
  const e = holderOf(s, v);
  sayReferralRefused(s, e, v, reason);
  endReferral(s, a);
  reopen(s, v);
  if (reason === 'MEDICAL') {
    if (!archiveEntry(s, e, 'MEDICAL')) return;
  } else {
    refuse(s, a, v);
    backToQueue(s, e);
  }
  releaseHeld(s, a);
}

/** The contract is signed: a place for good enrols the child; a stay leaves it in its other queues (p.23). */
function sign(s: Allocation, a: A, v: V): void {
  const e = holderOf(s, v);
  const served = isOfSanatorium(s, v);
  const temporary = isTemporary(s, v);
  saySeat(s, 'ReferralUsed', e, v);
  endReferral(s, a);
  fillVacancy(s, v);
  if (!served && !temporary) {
    sayEntry(s, 'ApplicationEnrolled', e);
    enrolApplication(s, e);
    return;
  }
  setFlag(s, a, HOLDS_STAY, true);
  if (served) archiveEntry(s, e, 'SERVED');
  else backToQueue(s, e);
}
