/**
 * The ledger of a segment (section 3): which class each of its seats went to, so that "one F, then three G" (p.10) holds
 * over months of single vacancies. A slot is named by its number, counted from the segment's first seat. Slots that are
 * filled for good and stand before all others are dropped; only what they owe is remembered.
 */
import { F, type SlotClass } from './codes.ts';
import { type SegmentHandle } from './handles.ts';
import { invariant } from './invariant.ts';
import { usedBytes } from './records.ts';
import { giveStretch, takeStretch } from './slots.ts';
import { type Allocation } from './state.ts';

type S = SegmentHandle;

// Words 5 to 13 of a segment's row.
const OFFSET = 5;
const START = 6;
const LENGTH = 7;
const SIZE = 8;
/** Number of the first slot that is kept. */
const FIRST = 9;
/** Of the dropped slots: how many G since the last F, and whether there was an F at all. */
const GENERAL_BEFORE = 10;
const PRIORITY_BEFORE = 11;
const FREE_SLOTS = 12;
/** No FREE slot has a lower number than this. */
const FREE_FROM = 13;

// A slot is its class (1 = F, 2 = G) and, above it, what became of it.
const CLASS_MASK = 3;
const BOUND = 4;
const FILLED = 8;
const FREE = 16;

const smallestSize = 8;

const word = (s: Allocation, segment: S, field: number): number => s.segments.words[segment * 16 + field]!;
const setWord = (s: Allocation, segment: S, field: number, value: number): void => {
  s.segments.words[segment * 16 + field] = value;
};
const placeOf = (s: Allocation, segment: S, slot: number): number =>
  word(s, segment, OFFSET) + word(s, segment, START) + slot - word(s, segment, FIRST);
const slotByte = (s: Allocation, segment: S, slot: number): number => s.slots.bytes[placeOf(s, segment, slot)]!;
const setSlotByte = (s: Allocation, segment: S, slot: number, value: number): void => {
  s.slots.bytes[placeOf(s, segment, slot)] = value;
};

/** Number of the first slot kept, and of the one after the last: what lies between can be asked about. */
export const firstKeptSlot = (s: Allocation, segment: S): number => word(s, segment, FIRST);
export const endSlot = (s: Allocation, segment: S): number => word(s, segment, FIRST) + word(s, segment, LENGTH);
export const freeSlots = (s: Allocation, segment: S): number => word(s, segment, FREE_SLOTS);
export const classOfSlot = (s: Allocation, segment: S, slot: number): SlotClass =>
  (slotByte(s, segment, slot) & CLASS_MASK) as SlotClass;
export const isFree = (s: Allocation, segment: S, slot: number): boolean => (slotByte(s, segment, slot) & FREE) !== 0;

/**
 * How many G places stand between the last F and slot k, at most three (`generalPerFirstPriority`); when it is three, F is
 * due (p.10). A FREE slot counts with the class it had. `classAt` may say otherwise about slots that are kept.
 */
export function owed(
  s: Allocation,
  segment: S,
  k: number,
  classAt: (s: Allocation, segment: S, slot: number) => SlotClass = classOfSlot,
): number {
  const most = s.policy.generalPerFirstPriority;
  const first = word(s, segment, FIRST);
  let count = 0;
  for (let slot = k - 1; slot >= first; slot--) {
    if (classAt(s, segment, slot) === F) return count;
    if (++count === most) return most;
  }
  if (word(s, segment, PRIORITY_BEFORE) === 0 && s.policy.ledgerStartsWith === 'FIRST_PRIORITY') return most;
  return Math.min(most, count + word(s, segment, GENERAL_BEFORE));
}

/** The slot the next seat of this queue takes: the lowest FREE one, else a new one at the end. */
export function nextSlot(s: Allocation, segment: S): number {
  if (word(s, segment, FREE_SLOTS) === 0) return endSlot(s, segment);
  // Slots before the first one kept may have been dropped since: their bytes are somebody else's by now.
  let slot = Math.max(word(s, segment, FREE_FROM), word(s, segment, FIRST));
  while (!isFree(s, segment, slot)) slot++;
  setWord(s, segment, FREE_FROM, slot);
  return slot;
}

/** Binds a slot to a seat with the class found: a FREE or new one, or again the seat's own. */
export function bindSlot(s: Allocation, segment: S, slot: number, slotClass: SlotClass): void {
  if (slot === endSlot(s, segment)) addSlot(s, segment);
  else if (isFree(s, segment, slot)) setWord(s, segment, FREE_SLOTS, word(s, segment, FREE_SLOTS) - 1);
  setSlotByte(s, segment, slot, slotClass | BOUND);
}

/** Frees a BOUND slot; FREE slots at the end are removed at once: seats nobody got leave no debt. */
export function releaseSlot(s: Allocation, segment: S, slot: number): void {
  invariant((slotByte(s, segment, slot) & BOUND) !== 0, 'only a bound slot becomes free');
  setSlotByte(s, segment, slot, classOfSlot(s, segment, slot) | FREE);
  const free = word(s, segment, FREE_SLOTS);
  setWord(s, segment, FREE_FROM, free === 0 ? slot : Math.min(slot, word(s, segment, FREE_FROM)));
  setWord(s, segment, FREE_SLOTS, free + 1);
  while (word(s, segment, LENGTH) > 0 && isFree(s, segment, endSlot(s, segment) - 1)) {
    setWord(s, segment, LENGTH, word(s, segment, LENGTH) - 1);
    setWord(s, segment, FREE_SLOTS, word(s, segment, FREE_SLOTS) - 1);
  }
}

/** Enrolment or a signed stay fills the slot; filled slots before all others are dropped. */
export function fillSlot(s: Allocation, segment: S, slot: number): void {
  invariant((slotByte(s, segment, slot) & BOUND) !== 0, 'only a bound slot is filled');
  setSlotByte(s, segment, slot, classOfSlot(s, segment, slot) | FILLED);
  while (word(s, segment, LENGTH) > 0) {
    const first = word(s, segment, FIRST);
    if ((slotByte(s, segment, first) & FILLED) === 0) break;
    const priority = classOfSlot(s, segment, first) === F;
    if (priority) setWord(s, segment, PRIORITY_BEFORE, 1);
    setWord(s, segment, GENERAL_BEFORE, priority ? 0 : word(s, segment, GENERAL_BEFORE) + 1);
    setWord(s, segment, FIRST, first + 1);
    setWord(s, segment, START, word(s, segment, START) + 1);
    setWord(s, segment, LENGTH, word(s, segment, LENGTH) - 1);
  }
}

function addSlot(s: Allocation, segment: S): void {
  const length = word(s, segment, LENGTH);
  const size = word(s, segment, SIZE);
  if (word(s, segment, START) + length === size) {
    const from = word(s, segment, OFFSET) + word(s, segment, START);
    if (length * 2 > size || size === 0) moveLedger(s, segment, Math.max(smallestSize, size * 2));
    else s.slots.bytes.copyWithin(word(s, segment, OFFSET), from, from + length);
    setWord(s, segment, START, 0);
  }
  setWord(s, segment, LENGTH, length + 1);
}

function moveLedger(s: Allocation, segment: S, size: number): void {
  const from = word(s, segment, OFFSET) + word(s, segment, START);
  const offset = takeStretch(s.slots, size);
  s.slots.bytes.copyWithin(offset, from, from + word(s, segment, LENGTH));
  if (word(s, segment, SIZE) > 0) giveStretch(s.slots, word(s, segment, OFFSET), word(s, segment, SIZE));
  setWord(s, segment, OFFSET, offset);
  setWord(s, segment, SIZE, size);
}

/** A copy of a ledger, for an attempt that may have to be given back as it was. */
export type SavedLedger = { readonly bytes: Uint8Array; readonly free: number; readonly freeFrom: number };

export const saveLedger = (s: Allocation, segment: S): SavedLedger => ({
  bytes: keptSlots(s, segment).slice(),
  free: word(s, segment, FREE_SLOTS),
  freeFrom: word(s, segment, FREE_FROM),
});

/** Puts a copy back; between, slots were bound and released, but none was filled. */
export function restoreLedger(s: Allocation, segment: S, saved: SavedLedger): void {
  while (word(s, segment, LENGTH) < saved.bytes.length) addSlot(s, segment);
  setWord(s, segment, LENGTH, saved.bytes.length);
  keptSlots(s, segment).set(saved.bytes);
  setWord(s, segment, FREE_SLOTS, saved.free);
  setWord(s, segment, FREE_FROM, saved.freeFrom);
}

/** The slots that are kept, a byte each. */
export function keptSlots(s: Allocation, segment: S): Uint8Array {
  const place = placeOf(s, segment, word(s, segment, FIRST));
  return s.slots.bytes.subarray(place, place + word(s, segment, LENGTH));
}

/** The rows of all segments without where their ledgers happen to lie: what a snapshot keeps. */
export function withoutLayout(s: Allocation): Uint8Array<ArrayBuffer> {
  const bytes = usedBytes(s.segments).slice();
  const words = new Int32Array(bytes.buffer);
  for (let row = 0; row < s.segments.rows; row++) {
    for (const field of [OFFSET, START, SIZE]) words[row * 16 + field] = 0;
  }
  return bytes;
}

/**
 * Gives a loaded segment its slots; the counters came with the row.
 * @returns how many there are
 */
export function loadLedger(s: Allocation, segment: S, slots: Uint8Array, from: number): number {
  const length = word(s, segment, LENGTH);
  if (length === 0) return 0;
  let size = smallestSize;
  while (size < length) size *= 2;
  setWord(s, segment, LENGTH, 0);
  moveLedger(s, segment, size);
  setWord(s, segment, LENGTH, length);
  keptSlots(s, segment).set(slots.subarray(from, from + length));
  return length;
}
