/**
 * Order (p.10, p.13): an entry stands in its segment's list of its category by order time, earliest first. Only entries
 * that are WAITING and whose application is not leaving stand in a list.
 */
import { categoryOf, firstEntry, isLeaving } from './application-record.ts';
import { WAITING } from './codes.ts';
import { applicationOf, nextEntry, orderMs, orderSequence, segmentOf, stateOf } from './entry-record.ts';
import { NONE, type ApplicationHandle, type EntryHandle, type SegmentHandle } from './handles.ts';
import { invariant } from './invariant.ts';
import { insertAt, itemAt, keyAt, listLength, rankOfKey, removeAt } from './sorted-lists.ts';
import { type Allocation } from './state.ts';

/** The fourth list of a segment has its open vacancies by order of publication. */
const OPEN_VACANCIES = 3;
export const lane = (segment: SegmentHandle, category: number): number => segment * 4 + category;
export const openVacancies = (segment: SegmentHandle): number => segment * 4 + OPEN_VACANCIES;

/** Earlier order time first: milliseconds, then sequence number. Two entries of a queue never compare equal. */
export function compareOrder(s: Allocation, one: EntryHandle, other: EntryHandle): number {
  return orderMs(s, one) - orderMs(s, other) || orderSequence(s, one) - orderSequence(s, other);
}

/** Whether the entry stands in a list and so has a position. */
export const isListed = (s: Allocation, entry: EntryHandle): boolean =>
  stateOf(s, entry) === WAITING && !isLeaving(s, applicationOf(s, entry));

const laneOf = (s: Allocation, entry: EntryHandle): number =>
  lane(segmentOf(s, entry), categoryOf(s, applicationOf(s, entry)));

/** How many entries of its segment and category stand before it. */
export const rankOf = (s: Allocation, entry: EntryHandle): number =>
  rankIn(s, laneOf(s, entry), entry, orderMs(s, entry));

/** Who joins mostly joins at the end, and who is picked stands first: both ends are looked at before the list is searched. */
function rankIn(s: Allocation, list: number, entry: EntryHandle, ms: number): number {
  const length = listLength(s.lists, list);
  if (length === 0 || keyAt(s.lists, list, length - 1) < ms) return length;
  if (keyAt(s.lists, list, 0) > ms || itemAt(s.lists, list, 0) === entry) return 0;
  let rank = rankOfKey(s.lists, list, ms);
  if (keyAt(s.lists, list, rank) !== ms) return rank;
  // Of one millisecond: by sequence number. Thousands may share it, when a file of applications is taken over.
  const sequence = orderSequence(s, entry);
  let high = rankOfKey(s.lists, list, ms + 1);
  while (rank < high) {
    const middle = (rank + high) >>> 1;
    if (orderSequence(s, itemAt(s.lists, list, middle) as EntryHandle) < sequence) rank = middle + 1;
    else high = middle;
  }
  return rank;
}

/** Puts an entry that became WAITING into its list; a seat that stood open may now find somebody. */
export function enlist(s: Allocation, entry: EntryHandle): void {
  const segment = segmentOf(s, entry);
  enlistQuietly(s, entry);
  if (listLength(s.lists, openVacancies(segment)) > 0) s.unsettled.segments.push(segment);
}

/** As `enlist`, for an entry that is only given back to where it stood. */
export function enlistQuietly(s: Allocation, entry: EntryHandle): void {
  const list = laneOf(s, entry);
  const ms = orderMs(s, entry);
  insertAt(s.lists, list, rankIn(s, list, entry, ms), ms, entry);
}

export function delist(s: Allocation, entry: EntryHandle): void {
  const list = laneOf(s, entry);
  const rank = rankIn(s, list, entry, orderMs(s, entry));
  invariant(itemAt(s.lists, list, rank) === entry, 'a waiting entry stands in its list');
  removeAt(s.lists, list, rank);
}

/** Takes an application's waiting entries out of their lists while its category, its years or its leaving change. */
export function delistAll(s: Allocation, application: ApplicationHandle): void {
  for (let entry = firstEntry(s, application); entry !== NONE; entry = nextEntry(s, entry)) {
    if (isListed(s, entry)) delist(s, entry);
  }
}

export function enlistAll(s: Allocation, application: ApplicationHandle): void {
  for (let entry = firstEntry(s, application); entry !== NONE; entry = nextEntry(s, entry)) {
    if (isListed(s, entry)) enlist(s, entry);
  }
}

/** An application whose stay or referral ended may take stays again: open seats of its queues are looked at anew. */
export function lookAgain(s: Allocation, application: ApplicationHandle): void {
  for (let entry = firstEntry(s, application); entry !== NONE; entry = nextEntry(s, entry)) {
    const segment = segmentOf(s, entry);
    if (isListed(s, entry) && listLength(s.lists, openVacancies(segment)) > 0) s.unsettled.segments.push(segment);
  }
}
