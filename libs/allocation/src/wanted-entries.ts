/** The preschools an application names: its list at the door, and `EntriesChanged` (p.13(5)). */
import { firstEntry, liveEntries, referralOf, setFirstEntry, setLiveEntries } from './application-record.ts';
import { confirmInterest } from './annual-interest.ts';
import { archiveEntryAlone } from './archiving.ts';
import { groupYear } from './child.ts';
import { OFFERED, queueKinds } from './codes.ts';
import { sayEntryQueued } from './decisions.ts';
import { enterQueue } from './entry-life.ts';
import {
  nextEntry,
  segmentOf,
  setApplication,
  setComeBack,
  setNextEntry,
  setSegment,
  stateOf,
} from './entry-record.ts';
import { NONE, type ApplicationHandle, type EntryHandle } from './handles.ts';
import { comesBack } from './history.ts';
import { type RejectionReason, type WantedEntry } from './messages.ts';
import { findName, numberOfName } from './names.ts';
import { positionOfEntry } from './position.ts';
import { addRow } from './records.ts';
import { withdrawOffer } from './seating.ts';
import {
  kindOfSegment,
  languageOfSegment,
  preschoolOfSegment,
  profileOfSegment,
  segmentFor,
  type QueueKey,
} from './segment-record.ts';
import { type Allocation } from './state.ts';

type A = ApplicationHandle;
type E = EntryHandle;

const entriesMax = 4;

/** One to four entries, no preschool twice, none that is closed. */
export function checkWanted(s: Allocation, wanted: readonly WantedEntry[]): boolean {
  if (wanted.length < 1 || wanted.length > entriesMax) return false;
  for (let i = 0; i < wanted.length; i++) {
    const { preschoolId } = wanted[i]!;
    for (let other = 0; other < i; other++) if (wanted[other]!.preschoolId === preschoolId) return false;
    if (s.closedPreschools.size > 0 && s.closedPreschools.has(findName(s.preschools, preschoolId))) return false;
  }
  return true;
}

/** What names the queue of a wanted entry or of a seat, beside the year. */
export const queueKey = (s: Allocation, wanted: WantedEntry): QueueKey => ({
  preschool: numberOfName(s.preschools, wanted.preschoolId),
  kind: queueKinds.indexOf(wanted.queue),
  profile: wanted.profile === null ? NONE : numberOfName(s.profiles, wanted.profile),
  language: numberOfName(s.languages, wanted.language),
});

/**
 * Adds an entry after the others and queues it.
 * @param sequence of the message that brings it back, with now as its order time; null for the application's own
 */
export function joinEntry(s: Allocation, a: A, wanted: WantedEntry, sequence: number | null): void {
  const e = addRow(s.entries) as E;
  setApplication(s, e, a);
  setSegment(s, e, segmentFor(s, queueKey(s, wanted), groupYear(s, a)));
  setNextEntry(s, e, NONE);
  setComeBack(s, e, sequence === null ? NONE : newOrderTime(s, sequence));
  let last = firstEntry(s, a);
  if (last === NONE) setFirstEntry(s, a, e);
  else {
    while (nextEntry(s, last) !== NONE) last = nextEntry(s, last);
    setNextEntry(s, last, e);
  }
  setLiveEntries(s, a, liveEntries(s, a) + 1);
  enterQueue(s, e);
  if (s.output !== null) sayEntryQueued(s, e, positionOfEntry(s, e));
}

function newOrderTime(s: Allocation, sequence: number): number {
  const row = addRow(s.comeBacks);
  s.comeBacks.doubles[row * 2] = s.nowMs;
  s.comeBacks.doubles[row * 2 + 1] = sequence;
  return row;
}

/** `EntriesChanged`: the whole new list. What it does not name is dropped, what it names anew joins. */
export function changeEntries(
  s: Allocation,
  a: A,
  wanted: readonly WantedEntry[],
  sequence: number,
): RejectionReason | null {
  if (!checkWanted(s, wanted)) return 'BAD_ENTRIES';
  if (referralOf(s, a) !== NONE) return 'REFERRAL_LIVE';
  confirmInterest(s, a);
  const anew = new Set(wanted);
  const hadNone = liveEntries(s, a) === 0;
  for (let e = firstEntry(s, a); e !== NONE;) {
    const next = nextEntry(s, e);
    const same = wanted.find((one) => isSame(s, e, one));
    if (same === undefined) drop(s, e);
    else anew.delete(same);
    e = next;
  }
  // After a closure left it without entries the application keeps its order time, whatever the policy.
  const newTime = s.policy.entryAdded === 'NEW_TIME' && !hadNone;
  for (const one of anew) {
    const back = newTime || comesBack(s, a, findName(s.preschools, one.preschoolId));
    joinEntry(s, a, one, back ? sequence : null);
  }
  return null;
}

/** An entry is the same if preschool, language, kind and profile are. */
function isSame(s: Allocation, e: E, wanted: WantedEntry): boolean {
  const segment = segmentOf(s, e);
  const profile = profileOfSegment(s, segment);
  return (
    s.preschools.texts[preschoolOfSegment(s, segment)] === wanted.preschoolId &&
    s.languages.texts[languageOfSegment(s, segment)] === wanted.language &&
    queueKinds[kindOfSegment(s, segment)] === wanted.queue &&
    (profile === NONE ? wanted.profile === null : s.profiles.texts[profile] === wanted.profile)
  );
}

function drop(s: Allocation, e: E): void {
  const leftAs = stateOf(s, e);
  if (leftAs === OFFERED) withdrawOffer(s, e, 'DROPPED');
  archiveEntryAlone(s, e, 'DROPPED', leftAs);
}
