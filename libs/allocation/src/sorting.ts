/** Sorts numbered things by a key without an object for each: a midnight has tens of thousands of timers. */
export type Ranking = { keys: Float64Array; items: Int32Array; size: number };

export const openRanking = (): Ranking => ({ keys: new Float64Array(64), items: new Int32Array(64), size: 0 });

/** Empties a ranking and makes room. */
export function clearRanking(ranking: Ranking, room: number): void {
  ranking.size = 0;
  if (room <= ranking.items.length) return;
  ranking.keys = new Float64Array(room * 2);
  ranking.items = new Int32Array(room * 2);
}

const insertionMax = 16;

/** Sorts the first `size` items by their keys, smallest first. Equal keys come in any order. */
export function sortRanking(ranking: Ranking): void {
  sortBetween(ranking.keys, ranking.items, 0, ranking.size - 1);
}

function sortBetween(keys: Float64Array, items: Int32Array, from: number, to: number): void {
  let low = from;
  let high = to;
  while (high - low > insertionMax) {
    const split = partition(keys, items, low, high);
    // The smaller part by recursion, the larger by looping: the depth stays logarithmic.
    if (split - low < high - split) {
      sortBetween(keys, items, low, split);
      low = split + 1;
    } else {
      sortBetween(keys, items, split + 1, high);
      high = split;
    }
  }
  for (let i = low + 1; i <= high; i++) {
    const key = keys[i]!;
    const item = items[i]!;
    let at = i;
    for (; at > low && keys[at - 1]! > key; at--) {
      keys[at] = keys[at - 1]!;
      items[at] = items[at - 1]!;
    }
    keys[at] = key;
    items[at] = item;
  }
}

/** Hoare's partition around the middle key: what is in order already stays where it is. */
function partition(keys: Float64Array, items: Int32Array, low: number, high: number): number {
  const pivot = keys[(low + high) >>> 1]!;
  let left = low - 1;
  let right = high + 1;
  for (;;) {
    do left++;
    while (keys[left]! < pivot);
    do right--;
    while (keys[right]! > pivot);
    if (left >= right) return right;
    const key = keys[left]!;
    const item = items[left]!;
    keys[left] = keys[right]!;
    items[left] = items[right]!;
    keys[right] = key;
    items[right] = item;
  }
}
