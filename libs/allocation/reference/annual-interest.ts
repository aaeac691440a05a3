/** Annual interest: section 6 (p.15(3) and the paragraph after p.15(11)). */
import { referredEntry, say, type Application, type Step } from './state.ts';
import { annualArchiveAt, ask1At, ask2At } from './terms.ts';

/** "cycles whose ask 1 lies before the queueing are skipped". */
export function startAnnualCycles(application: Application, queuedAtMs: number): void {
  do {
    application.nextCycle += 1;
    application.ask1AtMs = ask1At(application, application.nextCycle);
  } while (application.ask1AtMs < queuedAtMs);
}

/** "at ask 1, if no referral is live, the question opens (`AnnualInterestAsked` round 1)"; one that is open does not open again. */
export function ask1(step: Step, application: Application): void {
  const cycle = application.nextCycle;
  application.nextCycle += 1;
  application.ask1AtMs = ask1At(application, application.nextCycle);
  if (referredEntry(application) !== undefined || application.openQuestion !== null) return;
  application.openQuestion = {
    ask2AtMs: ask2At(application, cycle),
    archiveAtMs: annualArchiveAt(step.state, application, cycle),
  };
  sayAsked(step, application, 1, application.openQuestion.archiveAtMs);
}

/** "ask 2 repeats only that open question": the one that its own ask 1 opened. */
export function ask2(step: Step, application: Application): void {
  if (application.openQuestion === null) return;
  application.openQuestion.ask2AtMs = null;
  sayAsked(step, application, 2, application.openQuestion.archiveAtMs);
}

function sayAsked(step: Step, application: Application, round: 1 | 2, archiveAtMs: number): void {
  // "`answerBy` = 1 ms before the archive date in both rounds".
  const answerByMs = archiveAtMs - 1;
  say(step, { type: 'AnnualInterestAsked', applicationId: application.applicationId, round, answerByMs });
}

/** "still open at the archive date: leaving, `NO_INTEREST`". */
export function annualSilence(application: Application): void {
  application.leavingForNoInterest = true;
}

/**
 * "Any act of the applicant that takes effect while the question is open … answers it with yes: `AnnualInterestConfirmed` before
 * the decisions of that act, and the application no longer leaves for `NO_INTEREST`."
 */
export function confirmByActing(step: Step, application: Application): void {
  if (application.openQuestion === null) return;
  application.openQuestion = null;
  application.leavingForNoInterest = false;
  say(step, { type: 'AnnualInterestConfirmed', applicationId: application.applicationId });
}
