import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { firstKey, openHeap, popHeap, pushHeap } from './heap.ts';
import { addId, findId, idText, loadIds, openIds, setSubject, subjectOf } from './ids.ts';
import { addRow, freeRow, openRecords } from './records.ts';
import {
  copyList,
  fillList,
  insertAt,
  itemAt,
  keyAt,
  listLength,
  openSortedLists,
  rankOfKey,
  removeAt,
  reserveLists,
} from './sorted-lists.ts';
import { clearRanking, openRanking, sortRanking } from './sorting.ts';

const lists = 3;
const act = fc.record({
  list: fc.nat({ max: lists - 1 }),
  key: fc.integer({ min: 0, max: 400 }),
  removes: fc.boolean(),
});

describe('sorted lists in one slab', () => {
  it('stand as plain sorted arrays would, through any inserts and removals', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 600 }), (acts) => {
        const slab = openSortedLists();
        reserveLists(slab, lists);
        const plain = Array.from({ length: lists }, (): number[] => []);
        for (const { list, key, removes } of acts) {
          const keys = plain[list]!;
          const rank = keys.filter((other) => other < key).length;
          expect(rankOfKey(slab, list, key)).toBe(rank);
          if (removes && rank < keys.length) {
            keys.splice(rank, 1);
            removeAt(slab, list, rank);
          } else {
            keys.splice(rank, 0, key);
            insertAt(slab, list, rank, key, key * 2);
          }
        }
        for (const [list, keys] of plain.entries()) {
          const found = Array.from({ length: listLength(slab, list) }, (_, i) => [
            keyAt(slab, list, i),
            itemAt(slab, list, i),
          ]);
          expect(found).toEqual(keys.map((key) => [key, key * 2]));
        }
      }),
      { numRuns: 60, seed: 10 },
    );
  });

  it('are copied out and filled again', () => {
    const slab = openSortedLists();
    const [keys, items] = [Float64Array.of(9, 1, 2, 3), Int32Array.of(9, 10, 20, 30)];
    fillList(slab, 2, keys, items, 1, 3);
    const [outKeys, outItems] = [new Float64Array(4), new Int32Array(4)];
    copyList(slab, 2, outKeys, outItems, 0);
    expect([[...outKeys], [...outItems]]).toEqual([
      [1, 2, 3, 0],
      [10, 20, 30, 0],
    ]);
  });
});

describe('a heap and a ranking', () => {
  it('give the smallest first', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), (keys) => {
        const sorted = [...keys].sort((one, other) => one - other);
        const heap = openHeap();
        keys.forEach((key, i) => pushHeap(heap, key, i));
        expect(keys.map(() => [firstKey(heap), keys[popHeap(heap)]][0])).toEqual(sorted);
        expect(firstKey(heap)).toBe(Infinity);
        const ranking = openRanking();
        clearRanking(ranking, keys.length);
        for (const [i, key] of keys.entries()) {
          ranking.keys[i] = key;
          ranking.items[i] = i;
        }
        ranking.size = keys.length;
        sortRanking(ranking);
        expect(keys.map((_, i) => keys[ranking.items[i]!])).toEqual(sorted);
      }),
      { seed: 10 },
    );
  });
});

describe('ids', () => {
  const uuid = fc.uuid().map((text) => text.toLowerCase());

  it('keep their number and come back as they came, UUID or not', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.oneof(uuid, fc.string()), { maxLength: 120 }), (texts) => {
        const written = openIds();
        const numbers = texts.map((text, i) => {
          expect(findId(written, text)).toBe(-1);
          return addId(written, text, i);
        });
        expect(numbers.map((number) => idText(written, number))).toEqual(texts);
        const { words, uuids, others, subjectsOfOthers } = written;
        const table = loadIds(words.subarray(0, uuids * 5), others, subjectsOfOthers);
        expect(numbers.map((number) => idText(table, number))).toEqual(texts);
        for (const [i, text] of texts.entries()) {
          expect(findId(table, text)).toBe(numbers[i]);
          expect(idText(table, numbers[i]!)).toBe(text);
          expect(subjectOf(table, numbers[i]!)).toBe(i);
          setSubject(table, numbers[i]!, -7);
          expect(subjectOf(table, numbers[i]!)).toBe(-7);
        }
      }),
      { seed: 10 },
    );
  });

  it('tell a UUID in capitals from the same in small letters', () => {
    const table = openIds();
    addId(table, 'ceeb477d-2169-409a-86eb-8ed60000461f', 1);
    expect(findId(table, 'CEEB477D-2169-409A-86EB-8ED60000461F')).toBe(-1);
    expect(findId(table, 'ceeb477d-2169-409a-86eb-8ed60000461e')).toBe(-1);
  });
});

describe('rows', () => {
  it('are wiped when they are given back, and used again', () => {
    const records = openRecords(16);
    const rows = Array.from({ length: 40 }, () => addRow(records));
    for (const row of rows) records.doubles[row * 2 + 1] = row + 0.5;
    freeRow(records, 7);
    freeRow(records, 9);
    expect([records.doubles[15], records.doubles[17]]).toEqual([0, 8.5]);
    expect([addRow(records), addRow(records), addRow(records)]).toEqual([9, 7, 40]);
    expect([...records.bytes.subarray(7 * 16, 8 * 16)].every((byte) => byte === 0)).toBe(true);
  });
});
