/** Life of an application: section 6, queueing, changes and ends. */
import type { ArchiveReason, LogEntry, WantedEntry } from '../src/messages.ts';
import {
  archiveEntryOnly,
  backToQueue,
  joinQueue,
  plannedAgeLiesAhead,
  reachPlannedAge,
  withdrawOffer,
} from './entry-life.ts';
import { annulReferral } from './offers.ts';
import { startAnnualCycles } from './annual-interest.ts';
import { isLive, now, referredEntry, say, type Application, type Entry, type Step } from './state.ts';
import { ageLimitAt } from './terms.ts';

type Of<T extends LogEntry['type']> = Extract<LogEntry, { readonly type: T }>;

export function queueApplication(step: Step, entry: Of<'ApplicationQueued'>): void {
  const application: Application = {
    applicationId: entry.applicationId,
    applicantId: entry.applicantId,
    birthDate: entry.birthDate,
    category: entry.category,
    submittedAtMs: entry.submittedAtMs,
    pmpc: entry.pmpc,
    plannedAge: entry.plannedAge,
    placementYear: entry.placementYear,
    queuedAs: step.cause,
    status: 'ACTIVE',
    entries: [],
    refusedVacancies: [],
    lapsedVacancies: [],
    holdsStay: false,
    leavingForMaxAge: false,
    leavingForNoInterest: false,
    ageLimitAtMs: ageLimitAt(step.state, entry),
    nextCycle: 0,
    ask1AtMs: 0,
    openQuestion: null,
  };
  startAnnualCycles(application, now(step.state));
  step.state.applications.push(application);
  // §1: order time = (`submittedAt`, log sequence number of its `ApplicationQueued`).
  for (const wanted of entry.entries) {
    joinQueue(step, application, newEntry(wanted, entry.submittedAtMs, step.cause));
  }
}

function newEntry(wanted: WantedEntry, orderTimeMs: number, orderNumber: number): Entry {
  return {
    preschoolId: wanted.preschoolId,
    language: wanted.language,
    queue: wanted.queue,
    profile: wanted.profile,
    orderTimeMs,
    orderNumber,
    state: 'WAITING',
    offer: null,
    referral: null,
    plannedAgeAtMs: null,
    suspendedUntilMs: null,
    answerByMs: null,
    missedDeadlineMs: null,
    archivedAs: null,
    archivedFrom: null,
  };
}

/** §6, category change: "(emitted even when equal): live offers and referrals stand". */
export function changeCategory(step: Step, application: Application, category: Application['category']): void {
  application.category = category;
  say(step, { type: 'CategoryChanged', applicationId: application.applicationId, category });
}

/** §6, child changed. */
export function changeChild(step: Step, application: Application, entry: Of<'ChildChanged'>): void {
  application.birthDate = entry.birthDate;
  application.pmpc = entry.pmpc;
  application.plannedAge = entry.plannedAge;
  application.placementYear = entry.placementYear;
  say(step, { type: 'ChildChanged', applicationId: application.applicationId });

  // "Then the age limit anew (passed already: leaving, `MAX_AGE`; ahead: no longer leaving for it)"
  application.ageLimitAtMs = ageLimitAt(step.state, application);
  application.leavingForMaxAge = application.ageLimitAtMs !== null && application.ageLimitAtMs <= now(step.state);

  // "then each DEFERRED, WAITING or HELD entry as chosen: planned age ahead → DEFERRED (`EntryDeferred`, if it was not);
  // DEFERRED and it is not ahead → as planned age reached."
  for (const one of application.entries) {
    if (one.state !== 'DEFERRED' && one.state !== 'WAITING' && one.state !== 'HELD') continue;
    const ahead = plannedAgeLiesAhead(step, application, one);
    if (ahead && one.state !== 'DEFERRED') backToQueue(step, application, one);
    if (!ahead && one.state === 'DEFERRED') reachPlannedAge(step, application, one);
  }
}

/** §6, age limit reached: "leaving, `MAX_AGE`". */
export function reachAgeLimit(application: Application): void {
  application.leavingForMaxAge = true;
}

/** §6, entries changed (p.13(5)). */
export function changeEntries(step: Step, application: Application, wanted: readonly WantedEntry[]): void {
  const hadNone = !application.entries.some(isLive);

  // "live ones so named are untouched; the other live ones are archived `DROPPED` in their order (a live offer is withdrawn
  // first, reason `DROPPED`)"
  const kept = application.entries.filter((one) => isLive(one) && wanted.some((named) => isSame(one, named)));
  for (const one of application.entries) {
    if (!isLive(one) || kept.includes(one)) continue;
    if (one.offer !== null) withdrawOffer(step, application, one, 'DROPPED');
    archiveEntryOnly(step, application, one, 'DROPPED');
  }

  // "then new ones join in the list's order with the original order time"
  for (const named of wanted) {
    if (kept.some((one) => isSame(one, named))) continue;
    // §8, `entryAdded`: "or `NEW_TIME`: as a come-back"; §6, preschool closed: an application without entries chooses others
    // "with the original order time, also under `NEW_TIME`".
    const newTime =
      comesBack(application, named.preschoolId) || (step.state.policy.entryAdded === 'NEW_TIME' && !hadNone);
    const joining = newTime
      ? newEntry(named, now(step.state), step.cause)
      : newEntry(named, application.submittedAtMs, application.queuedAs);
    joinQueue(step, application, joining);
  }
}

/** "An entry is the same if preschool, language, kind and profile are". */
function isSame(entry: Entry, wanted: WantedEntry): boolean {
  return (
    entry.preschoolId === wanted.preschoolId &&
    entry.language === wanted.language &&
    entry.queue === wanted.queue &&
    entry.profile === wanted.profile
  );
}

/**
 * "A preschool of which any entry of this application was archived before *comes back* with a new order time …, unless each was
 * `DROPPED` while WAITING or DEFERRED (dropping must not end a suspension)".
 */
function comesBack(application: Application, preschoolId: string): boolean {
  return application.entries.some(
    (one) =>
      one.preschoolId === preschoolId &&
      one.state === 'ARCHIVED' &&
      !(one.archivedAs === 'DROPPED' && (one.archivedFrom === 'WAITING' || one.archivedFrom === 'DEFERRED')),
  );
}

/**
 * §6, "wherever this text says "archive" of an application: a live referral is annulled (`ReferralAnnulled`), then each live entry
 * as chosen: its offer withdrawn (with that reason), archived with that reason; `ApplicationArchived`."
 */
export function archiveApplication(step: Step, application: Application, reason: ArchiveReason): void {
  const referred = referredEntry(application);
  if (referred !== undefined) annulReferral(step, application, referred);
  for (const one of application.entries) {
    if (!isLive(one)) continue;
    if (one.offer !== null) withdrawOffer(step, application, one, reason);
    archiveEntryOnly(step, application, one, reason);
  }
  application.status = 'ARCHIVED';
  say(step, { type: 'ApplicationArchived', applicationId: application.applicationId, reason });
}
