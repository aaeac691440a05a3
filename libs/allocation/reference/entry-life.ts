/** Life of an entry: the steps of section 4 that more than one row uses. */
import type { ArchiveReason, OfferWithdrawalReason } from '../src/messages.ts';
import { positionOf } from './queues.ts';
import { hasReferralToPlace, isLive, now, say, vacancyOf, type Application, type Entry, type Step } from './state.ts';
import { plannedAgeAt, suspendedUntil } from './terms.ts';

/** §2: the planned age is computed "whenever an entry joins or goes back to the queue". */
export function plannedAgeLiesAhead(step: Step, application: Application, entry: Entry): boolean {
  entry.plannedAgeAtMs = plannedAgeAt(step.state, application);
  return entry.plannedAgeAtMs !== null && entry.plannedAgeAtMs > now(step.state);
}

/** §4, queued: "DEFERRED when the planned age lies ahead, else back to the queue; `EntryQueued` with the state and … the position". */
export function joinQueue(step: Step, application: Application, entry: Entry): void {
  application.entries.push(entry);
  if (plannedAgeLiesAhead(step, application, entry)) entry.state = 'DEFERRED';
  else entry.state = hasReferralToPlace(step.state, application) ? 'HELD' : 'WAITING';
  say(step, {
    type: 'EntryQueued',
    applicationId: application.applicationId,
    preschoolId: entry.preschoolId,
    state: entry.state,
    position: positionOf(step.state, application, entry),
  });
}

/**
 * §4: "Back to the queue" = DEFERRED while the planned age lies ahead, else HELD while the application has a live referral to a
 * vacancy that is no stay, else WAITING.
 */
export function backToQueue(step: Step, application: Application, entry: Entry): void {
  const about = { applicationId: application.applicationId, preschoolId: entry.preschoolId };
  clearWhatItWaitedFor(entry);
  if (plannedAgeLiesAhead(step, application, entry)) {
    entry.state = 'DEFERRED';
    say(step, { type: 'EntryDeferred', ...about });
  } else if (hasReferralToPlace(step.state, application)) {
    entry.state = 'HELD';
    say(step, { type: 'EntryHeld', ...about });
  } else {
    entry.state = 'WAITING';
    say(step, { type: 'EntryReturned', ...about });
  }
}

/** §4, accepted: "→ HELD". */
export function hold(step: Step, application: Application, entry: Entry): void {
  clearWhatItWaitedFor(entry);
  entry.state = 'HELD';
  say(step, { type: 'EntryHeld', applicationId: application.applicationId, preschoolId: entry.preschoolId });
}

/** §4: "planned age reached: `PlannedAgeReached`; WAITING (no `EntryReturned`), or HELD (`EntryHeld`)". */
export function reachPlannedAge(step: Step, application: Application, entry: Entry): void {
  const about = { applicationId: application.applicationId, preschoolId: entry.preschoolId };
  say(step, { type: 'PlannedAgeReached', ...about });
  if (hasReferralToPlace(step.state, application)) {
    entry.state = 'HELD';
    say(step, { type: 'EntryHeld', ...about });
  } else {
    entry.state = 'WAITING';
  }
}

/** §4 and §5: SUSPENDED for the working days after a date, because a deadline was missed. */
export function suspend(
  step: Step,
  application: Application,
  entry: Entry,
  missed: { readonly deadlineMs: number; readonly countedFromDay: number },
): void {
  clearWhatItWaitedFor(entry);
  entry.state = 'SUSPENDED';
  entry.missedDeadlineMs = missed.deadlineMs;
  entry.suspendedUntilMs = suspendedUntil(step.state, missed.countedFromDay);
  say(step, {
    type: 'EntrySuspended',
    applicationId: application.applicationId,
    preschoolId: entry.preschoolId,
    untilMs: entry.suspendedUntilMs,
  });
}

/** The offer ends and its vacancy is to be picked again: it is OPEN until the settling, with its slot. */
export function endOffer(step: Step, entry: Entry): string {
  if (entry.offer === null) throw new Error('there is no offer to end');
  const vacancy = vacancyOf(step.state, entry.offer.vacancyId);
  vacancy.status = 'OPEN';
  entry.offer = null;
  return vacancy.vacancyId;
}

/** `OfferWithdrawn`; what becomes of the entry is said by the row that withdraws it. */
export function withdrawOffer(step: Step, application: Application, entry: Entry, reason: OfferWithdrawalReason): void {
  const vacancyId = endOffer(step, entry);
  say(step, {
    type: 'OfferWithdrawn',
    applicationId: application.applicationId,
    preschoolId: entry.preschoolId,
    vacancyId,
    reason,
  });
}

/** The entry becomes ARCHIVED; whether the application ends with it is for the caller. */
export function archiveEntryOnly(step: Step, application: Application, entry: Entry, reason: ArchiveReason): void {
  entry.archivedFrom = entry.state;
  clearWhatItWaitedFor(entry);
  entry.state = 'ARCHIVED';
  entry.archivedAs = reason;
  say(step, {
    type: 'EntryArchived',
    applicationId: application.applicationId,
    preschoolId: entry.preschoolId,
    reason,
  });
}

/** §6: "When an entry is archived and none is live any more: `ApplicationArchived` with that reason." */
export function archiveEntry(step: Step, application: Application, entry: Entry, reason: ArchiveReason): void {
  archiveEntryOnly(step, application, entry, reason);
  if (application.entries.some(isLive)) return;
  application.status = 'ARCHIVED';
  say(step, { type: 'ApplicationArchived', applicationId: application.applicationId, reason });
}

function clearWhatItWaitedFor(entry: Entry): void {
  entry.suspendedUntilMs = null;
  entry.answerByMs = null;
  entry.missedDeadlineMs = null;
}
