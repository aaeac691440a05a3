/**
 * Many sorted lists of (key, item) in one slab: the queues of a segment by category, and its open seats. Measured fastest
 * at national size (docs/decisions/0010): a list is one stretch of the slab, found by binary search, moved by memmove.
 */
import { openBlocks, giveBlock, takeBlock, type Blocks } from './blocks.ts';
import { invariant } from './invariant.ts';

export type SortedLists = {
  /** Four words a list: offset of its stretch, first used place in it, length, size of the stretch. */
  headers: Int32Array<ArrayBuffer>;
  /** Sixteen bytes a place, key and item side by side: a short list is one cache line. */
  keys: Float64Array<ArrayBuffer>;
  items: Int32Array<ArrayBuffer>;
  readonly blocks: Blocks;
};

const OFFSET = 0;
const START = 1;
const LENGTH = 2;
const SIZE = 3;
const smallestSize = 2;
/** Below this a plain loop beats a call to copyWithin. */
const loopMax = 12;
const placeBytes = 16;

export const openSortedLists = (): SortedLists => ({
  headers: new Int32Array(4 * 64),
  ...viewsOf(new ArrayBuffer(1024 * placeBytes)),
  blocks: openBlocks(),
});

const viewsOf = (buffer: ArrayBuffer): Pick<SortedLists, 'keys' | 'items'> => ({
  keys: new Float64Array(buffer),
  items: new Int32Array(buffer),
});

const keyOfPlace = (lists: SortedLists, place: number): number => lists.keys[place * 2]!;
const itemOfPlace = (lists: SortedLists, place: number): number => lists.items[place * 4 + 2]!;
function put(lists: SortedLists, place: number, key: number, item: number): void {
  lists.keys[place * 2] = key;
  lists.items[place * 4 + 2] = item;
}

/** Makes room for lists 0 … count - 1. */
export function reserveLists(lists: SortedLists, count: number): void {
  if (count * 4 <= lists.headers.length) return;
  const words = Math.max(count * 4, lists.headers.length * 2);
  lists.headers = new Int32Array(lists.headers.buffer.transfer(words * 4));
}

export const listLength = (lists: SortedLists, list: number): number => lists.headers[list * 4 + LENGTH]!;

const placeOf = (lists: SortedLists, list: number, index: number): number =>
  lists.headers[list * 4 + OFFSET]! + lists.headers[list * 4 + START]! + index;

export const itemAt = (lists: SortedLists, list: number, index: number): number =>
  itemOfPlace(lists, placeOf(lists, list, index));

export const keyAt = (lists: SortedLists, list: number, index: number): number =>
  keyOfPlace(lists, placeOf(lists, list, index));

/** How many items stand before the first one with this key. */
export function rankOfKey(lists: SortedLists, list: number, key: number): number {
  const first = placeOf(lists, list, 0);
  let low = first;
  let high = first + listLength(lists, list);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (keyOfPlace(lists, middle) < key) low = middle + 1;
    else high = middle;
  }
  return low - first;
}

/** Puts an item at an index and moves the shorter side out of its way. */
export function insertAt(lists: SortedLists, list: number, index: number, key: number, item: number): void {
  makeRoom(lists, list, index);
  const { headers } = lists;
  const header = list * 4;
  const length = headers[header + LENGTH]!;
  const first = placeOf(lists, list, 0);
  const atRightEdge = headers[header + START]! + length === headers[header + SIZE]!;
  if (headers[header + START]! > 0 && (atRightEdge || index * 2 < length)) {
    move(lists, first, first - 1, index);
    headers[header + START] = headers[header + START]! - 1;
    put(lists, first - 1 + index, key, item);
  } else {
    move(lists, first + index, first + index + 1, length - index);
    put(lists, first + index, key, item);
  }
  headers[header + LENGTH] = length + 1;
}

/** Takes the item at an index out. */
export function removeAt(lists: SortedLists, list: number, index: number): void {
  const { headers } = lists;
  const header = list * 4;
  const length = headers[header + LENGTH]! - 1;
  const first = placeOf(lists, list, 0);
  if (index * 2 < length) {
    move(lists, first, first + 1, index);
    headers[header + START] = headers[header + START]! + 1;
  } else {
    move(lists, first + index + 1, first + index, length - index);
  }
  headers[header + LENGTH] = length;
  if (length === 0) resize(lists, list, 0);
  else if (headers[header + SIZE]! >= 16 && length * 4 <= headers[header + SIZE]!) {
    resize(lists, list, headers[header + SIZE]! / 2);
  }
}

/** Copies a list's keys and items to a place of two arrays, in order: for a snapshot. */
export function copyList(lists: SortedLists, list: number, keys: Float64Array, items: Int32Array, to: number): void {
  const first = placeOf(lists, list, 0);
  for (let i = listLength(lists, list) - 1; i >= 0; i--) {
    keys[to + i] = keyOfPlace(lists, first + i);
    items[to + i] = itemOfPlace(lists, first + i);
  }
}

/** Fills an empty list with what stands in two arrays, in order already. */
export function fillList(
  lists: SortedLists,
  list: number,
  keys: Float64Array,
  items: Int32Array,
  from: number,
  length: number,
): void {
  if (length === 0) return;
  let size = smallestSize;
  while (size < length) size *= 2;
  resize(lists, list, size);
  const first = placeOf(lists, list, 0);
  for (let i = 0; i < length; i++) put(lists, first + i, keys[from + i]!, items[from + i]!);
  lists.headers[list * 4 + LENGTH] = length;
}

function makeRoom(lists: SortedLists, list: number, index: number): void {
  const { headers } = lists;
  const header = list * 4;
  const start = headers[header + START]!;
  const length = headers[header + LENGTH]!;
  const size = headers[header + SIZE]!;
  const nearTheEnd = index * 2 >= length;
  if (length === size || (nearTheEnd && start + length === size && start * 4 < size)) {
    resize(lists, list, Math.max(smallestSize, size * 2));
  } else if (nearTheEnd && start + length === size) {
    const offset = headers[header + OFFSET]!;
    move(lists, offset + start, offset, length);
    headers[header + START] = 0;
  }
}

/** Moves a list to a stretch of another size, at its beginning; size 0 gives the stretch back. */
function resize(lists: SortedLists, list: number, size: number): void {
  const header = list * 4;
  const from = placeOf(lists, list, 0);
  const oldOffset = lists.headers[header + OFFSET]!;
  const oldSize = lists.headers[header + SIZE]!;
  const offset = size === 0 ? 0 : takeBlock(lists.blocks, size);
  reserveSlab(lists, lists.blocks.used);
  move(lists, from, offset, lists.headers[header + LENGTH]!);
  if (oldSize > 0) giveBlock(lists.blocks, oldOffset, oldSize);
  lists.headers[header + OFFSET] = offset;
  lists.headers[header + START] = 0;
  lists.headers[header + SIZE] = size;
}

function reserveSlab(lists: SortedLists, places: number): void {
  if (places * 2 <= lists.keys.length) return;
  invariant(places < 2 ** 28, 'a slab of sorted lists has less than 2^28 places');
  const room = Math.max(places, Math.ceil(lists.keys.length * 0.75));
  Object.assign(lists, viewsOf(lists.keys.buffer.transfer(room * placeBytes)));
}

function move(lists: SortedLists, from: number, to: number, count: number): void {
  if (count > loopMax) lists.keys.copyWithin(to * 2, from * 2, (from + count) * 2);
  else if (to < from) {
    for (let i = 0; i < count; i++) put(lists, to + i, keyOfPlace(lists, from + i), itemOfPlace(lists, from + i));
  } else {
    for (let i = count - 1; i >= 0; i--) put(lists, to + i, keyOfPlace(lists, from + i), itemOfPlace(lists, from + i));
  }
}
