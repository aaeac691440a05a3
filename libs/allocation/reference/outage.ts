/** Deadlines extended (an outage, a quarantine): section 6. */
import { backToQueue } from './entry-life.ts';
import { say, vacancyOf, type Application, type Entry, type OutageWindow, type Step } from './state.ts';
import { dayOf, endOfDay } from './time.ts';
import { seatOf } from './offers.ts';

/** Moves what is live now; the window stays for what is computed later (`moved` in terms.ts). */
export function extendDeadlines(step: Step, window: OutageWindow): void {
  step.state.windows.push(window);
  // "in one pass, active applications in the order queued, entries as chosen"
  for (const application of step.state.applications) {
    if (application.status !== 'ACTIVE') continue;
    for (const entry of application.entries) extendEntry(step, application, entry, window);
  }
}

function extendEntry(step: Step, application: Application, entry: Entry, window: OutageWindow): void {
  const inWindow = (deadlineMs: number | null): deadlineMs is number =>
    deadlineMs !== null && window.fromMs <= deadlineMs && deadlineMs <= window.toMs;
  const later = (deadlineMs: number): number => endOfDay(dayOf(deadlineMs) + window.days);
  const about = { applicationId: application.applicationId, preschoolId: entry.preschoolId };

  // "every live deadline D of the kinds offer answer, answer after suspension, referral validity (its clock running) and contract
  // with from <= D <= to becomes endOfDay(date(D) + days): `DeadlineExtended`"
  const { offer, referral } = entry;
  if (offer !== null && inWindow(offer.answerByMs)) {
    offer.answerByMs = later(offer.answerByMs);
    const seat = seatOf(application, entry, vacancyOf(step.state, offer.vacancyId));
    say(step, { type: 'DeadlineExtended', ...seat, what: 'OFFER', untilMs: offer.answerByMs });
  } else if (entry.state === 'INTEREST_ASKED' && inWindow(entry.answerByMs)) {
    entry.answerByMs = later(entry.answerByMs);
    say(step, { type: 'DeadlineExtended', ...about, what: 'INTEREST', untilMs: entry.answerByMs });
  } else if (referral !== null && referral.clockRunning && inWindow(referral.validUntilMs)) {
    referral.validUntilMs = later(referral.validUntilMs);
    const seat = seatOf(application, entry, vacancyOf(step.state, referral.vacancyId));
    say(step, { type: 'DeadlineExtended', ...seat, what: 'REFERRAL', untilMs: referral.validUntilMs });
  } else if (referral !== null && inWindow(referral.signByMs)) {
    referral.signByMs = later(referral.signByMs);
    const seat = seatOf(application, entry, vacancyOf(step.state, referral.vacancyId));
    say(step, { type: 'DeadlineExtended', ...seat, what: 'CONTRACT', untilMs: referral.signByMs });
  } else if ((entry.state === 'SUSPENDED' || entry.state === 'INTEREST_ASKED') && inWindow(entry.missedDeadlineMs)) {
    // "other entries SUSPENDED or INTEREST_ASKED whose missed deadline (offer, validity or contract; for `NOT_SIGNED` its time)
    // lies in from..to go back to the queue"
    backToQueue(step, application, entry);
  }
}
