/** How entries and applications end (sections 4 and 6). Archived is final; only the id and the outcome are kept. */
import {
  applicantOf,
  firstEntry,
  historyOf,
  idOfApplication,
  liveEntries,
  nextOfApplicant,
  referralOf,
  setFirstEntry,
  setLiveEntries,
  setNextOfApplicant,
} from './application-record.ts';
import { freeChain } from './chains.ts';
import { archivedFor, DEFERRED, ENROLLED, OFFERED, WAITING, type Outcome } from './codes.ts';
import { sayApplicationArchived, sayEntryArchived } from './decisions.ts';
import { applicationOf, comeBackOf, nextEntry, segmentOf, setNextEntry, stateOf } from './entry-record.ts';
import { NONE, type ApplicationHandle, type EntryHandle } from './handles.ts';
import { rememberArchived } from './history.ts';
import { setSubject, subjectOf } from './ids.ts';
import { invariant } from './invariant.ts';
import { type ArchiveReason } from './messages.ts';
import { delist, isListed } from './ordering.ts';
import { freeRow } from './records.ts';
import { annulReferral, withdrawOffer } from './seating.ts';
import { preschoolOfSegment } from './segment-record.ts';
import { type Allocation } from './state.ts';

type A = ApplicationHandle;
type E = EntryHandle;

/**
 * Archives one entry of an application that goes on; its offer or referral has been ended before.
 * @param leftAs its state before that: what was DROPPED while WAITING or DEFERRED is not held against a come-back
 */
export function archiveEntryAlone(s: Allocation, e: E, reason: ArchiveReason, leftAs: number = stateOf(s, e)): void {
  const freely = reason === 'DROPPED' && (leftAs === WAITING || leftAs === DEFERRED);
  sayEntryArchived(s, e, reason);
  if (!freely) rememberArchived(s, applicationOf(s, e), preschoolOfSegment(s, segmentOf(s, e)), reason);
  removeEntry(s, e);
}

/**
 * Archives one entry; when none is live any more, the application with the same reason.
 * @returns whether the application is still active
 */
export function archiveEntry(s: Allocation, e: E, reason: ArchiveReason): boolean {
  const a = applicationOf(s, e);
  if (liveEntries(s, a) > 1) {
    archiveEntryAlone(s, e, reason);
    return true;
  }
  sayEntryArchived(s, e, reason);
  removeEntry(s, e);
  sayApplicationArchived(s, a, reason);
  forgetApplication(s, a, archivedFor(reason));
  return false;
}

/** "Archive" of an application: its referral is annulled, its offers withdrawn, its live entries archived as chosen. */
export function archiveApplication(s: Allocation, a: A, reason: ArchiveReason): void {
  if (referralOf(s, a) !== NONE) annulReferral(s, a);
  archiveRest(s, a, reason);
  sayApplicationArchived(s, a, reason);
  forgetApplication(s, a, archivedFor(reason));
}

/** p.23: the child has its place; the other entries are archived. */
export function enrolApplication(s: Allocation, e: E): void {
  const a = applicationOf(s, e);
  removeEntry(s, e);
  archiveRest(s, a, 'ENROLLED_ELSEWHERE');
  forgetApplication(s, a, ENROLLED);
}

/** All live entries of an application that ends. */
function archiveRest(s: Allocation, a: A, reason: ArchiveReason): void {
  for (let e = firstEntry(s, a); e !== NONE; e = firstEntry(s, a)) {
    if (stateOf(s, e) === OFFERED) withdrawOffer(s, e, reason);
    sayEntryArchived(s, e, reason);
    removeEntry(s, e);
  }
}

function removeEntry(s: Allocation, e: E): void {
  const a = applicationOf(s, e);
  if (isListed(s, e)) delist(s, e);
  const next = nextEntry(s, e);
  let before = firstEntry(s, a);
  if (before === e) setFirstEntry(s, a, next);
  else {
    while (nextEntry(s, before) !== e) before = nextEntry(s, before);
    setNextEntry(s, before, next);
  }
  setLiveEntries(s, a, liveEntries(s, a) - 1);
  if (comeBackOf(s, e) !== NONE) freeRow(s.comeBacks, comeBackOf(s, e));
  freeRow(s.entries, e);
}

function forgetApplication(s: Allocation, a: A, outcome: Outcome): void {
  invariant(liveEntries(s, a) === 0 && referralOf(s, a) === NONE, 'what ends holds nothing');
  leaveApplicant(s, a);
  freeChain(s.chains, historyOf(s, a));
  setSubject(s.applicationIds, idOfApplication(s, a), -1 - outcome);
  freeRow(s.applications, a);
}

function leaveApplicant(s: Allocation, a: A): void {
  const applicant = applicantOf(s, a);
  const first = subjectOf(s.applicantIds, applicant) as A;
  if (first === a) {
    setSubject(s.applicantIds, applicant, nextOfApplicant(s, a));
    return;
  }
  let before = first;
  while (nextOfApplicant(s, before) !== a) before = nextOfApplicant(s, before);
  setNextOfApplicant(s, before, nextOfApplicant(s, a));
}
