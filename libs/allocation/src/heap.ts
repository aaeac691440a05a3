/** A binary heap of numbers with a number each: the smallest key is first. Equal keys come in any order. */
export type Heap = { keys: Float64Array; items: Int32Array; size: number };

export const openHeap = (): Heap => ({ keys: new Float64Array(16), items: new Int32Array(16), size: 0 });

/** The smallest key; Infinity when the heap is empty. */
export const firstKey = (heap: Heap): number => (heap.size === 0 ? Infinity : heap.keys[0]!);

export function pushHeap(heap: Heap, key: number, item: number): void {
  if (heap.size === heap.keys.length) {
    heap.keys = doubled(heap.keys, new Float64Array(heap.size * 2));
    heap.items = doubled(heap.items, new Int32Array(heap.size * 2));
  }
  const { keys, items } = heap;
  let at = heap.size++;
  while (at > 0) {
    const parent = (at - 1) >>> 1;
    if (keys[parent]! <= key) break;
    keys[at] = keys[parent]!;
    items[at] = items[parent]!;
    at = parent;
  }
  keys[at] = key;
  items[at] = item;
}

/** Takes the item with the smallest key off a heap that is not empty. */
export function popHeap(heap: Heap): number {
  const { keys, items } = heap;
  const first = items[0]!;
  const size = --heap.size;
  const key = keys[size]!;
  const item = items[size]!;
  let at = 0;
  for (let child = 1; child < size; child = 2 * at + 1) {
    if (child + 1 < size && keys[child + 1]! < keys[child]!) child++;
    if (keys[child]! >= key) break;
    keys[at] = keys[child]!;
    items[at] = items[child]!;
    at = child;
  }
  keys[at] = key;
  items[at] = item;
  return first;
}

function doubled<T extends Float64Array | Int32Array>(from: T, into: T): T {
  into.set(from);
  return into;
}
