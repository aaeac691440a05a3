/**
 * Many sorted lists of (key, item) in one slab: the queues of a segment by category, and its open seats. Measured fastest
 * at national size (docs/decisions/0010): a list is one stretch of the slab, found by binary search, moved by memmove.
 */
import { openBlocks, giveBlock, takeBlock, type Blocks } from './blocks.ts';
import { invariant } from './invariant.ts';

export type SortedLists = {
  /** Four words a list: offset of its stretch, first used place in it, length, size of the stretch. */
  headers: Int32Array<ArrayBuffer>;
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
const loopMax = 24;

export const openSortedLists = (): SortedLists => ({
  headers: new Int32Array(4 * 64),
  keys: new Float64Array(1024),
  items: new Int32Array(1024),
  blocks: openBlocks(),
});

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
  lists.items[placeOf(lists, list, index)]!;

export const keyAt = (lists: SortedLists, list: number, index: number): number =>
  lists.keys[placeOf(lists, list, index)]!;

/** How many items stand before the first one with this key. */
export function rankOfKey(lists: SortedLists, list: number, key: number): number {
  const first = placeOf(lists, list, 0);
  const { keys } = lists;
  let low = first;
  let high = first + listLength(lists, list);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (keys[middle]! < key) low = middle + 1;
    else high = middle;
  }
  return low - first;
}

/** Puts an item at an index and moves the shorter side out of its way. */
export function insertAt(lists: SortedLists, list: number, index: number, key: number, item: number): void {
  makeRoom(lists, list, index);
  const { headers, keys, items } = lists;
  const header = list * 4;
  const length = headers[header + LENGTH]!;
  const first = placeOf(lists, list, 0);
  const atRightEdge = headers[header + START]! + length === headers[header + SIZE]!;
  if (headers[header + START]! > 0 && (atRightEdge || index * 2 < length)) {
    move(keys, items, first, first - 1, index);
    headers[header + START]!--;
    keys[first - 1 + index] = key;
    items[first - 1 + index] = item;
  } else {
    move(keys, items, first + index, first + index + 1, length - index);
    keys[first + index] = key;
    items[first + index] = item;
  }
  headers[header + LENGTH] = length + 1;
}

/** Takes the item at an index out. */
export function removeAt(lists: SortedLists, list: number, index: number): void {
  const { headers, keys, items } = lists;
  const header = list * 4;
  const length = headers[header + LENGTH]! - 1;
  const first = placeOf(lists, list, 0);
  if (index * 2 < length) {
    move(keys, items, first, first + 1, index);
    headers[header + START]!++;
  } else {
    move(keys, items, first + index + 1, first + index, length - index);
  }
  headers[header + LENGTH] = length;
  if (length === 0) resize(lists, list, 0);
  else if (headers[header + SIZE]! >= 16 && length * 4 <= headers[header + SIZE]!) {
    resize(lists, list, headers[header + SIZE]! / 2);
  }
}

/** Items in order, for a snapshot or a view. */
export function itemsOf(lists: SortedLists, list: number): Int32Array {
  const first = placeOf(lists, list, 0);
  return lists.items.subarray(first, first + listLength(lists, list));
}

export function keysOf(lists: SortedLists, list: number): Float64Array {
  const first = placeOf(lists, list, 0);
  return lists.keys.subarray(first, first + listLength(lists, list));
}

/** Fills an empty list with items that are in order already. */
export function fillList(lists: SortedLists, list: number, keys: Float64Array, items: Int32Array): void {
  if (items.length === 0) return;
  let size = smallestSize;
  while (size < items.length) size *= 2;
  resize(lists, list, size);
  const first = placeOf(lists, list, 0);
  lists.keys.set(keys, first);
  lists.items.set(items, first);
  lists.headers[list * 4 + LENGTH] = items.length;
}

function makeRoom(lists: SortedLists, list: number, index: number): void {
  const { headers } = lists;
  const header = list * 4;
  const [start, length, size] = [headers[header + START]!, headers[header + LENGTH]!, headers[header + SIZE]!];
  const nearTheEnd = index * 2 >= length;
  if (length === size || (nearTheEnd && start + length === size && start * 4 < size)) {
    resize(lists, list, Math.max(smallestSize, size * 2));
  } else if (nearTheEnd && start + length === size) {
    const offset = headers[header + OFFSET]!;
    move(lists.keys, lists.items, offset + start, offset, length);
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
  move(lists.keys, lists.items, from, offset, lists.headers[header + LENGTH]!);
  if (oldSize > 0) giveBlock(lists.blocks, oldOffset, oldSize);
  lists.headers[header + OFFSET] = offset;
  lists.headers[header + START] = 0;
  lists.headers[header + SIZE] = size;
}

function reserveSlab(lists: SortedLists, places: number): void {
  if (places <= lists.items.length) return;
  invariant(places < 2 ** 30, 'a slab of sorted lists has less than 2^30 places');
  const room = Math.max(places, Math.ceil(lists.items.length * 1.5));
  lists.keys = new Float64Array(lists.keys.buffer.transfer(room * 8));
  lists.items = new Int32Array(lists.items.buffer.transfer(room * 4));
}

function move(keys: Float64Array, items: Int32Array, from: number, to: number, count: number): void {
  if (count > loopMax) {
    keys.copyWithin(to, from, from + count);
    items.copyWithin(to, from, from + count);
  } else if (to < from) {
    for (let i = 0; i < count; i++) {
      keys[to + i] = keys[from + i]!;
      items[to + i] = items[from + i]!;
    }
  } else {
    for (let i = count - 1; i >= 0; i--) {
      keys[to + i] = keys[from + i]!;
      items[to + i] = items[from + i]!;
    }
  }
}
