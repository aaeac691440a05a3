import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { F, G } from './codes.ts';
import { type SegmentHandle } from './handles.ts';
import { bindSlot, endSlot, fillSlot, firstKeptSlot, freeSlots, isFree, nextSlot, releaseSlot } from './ledger.ts';
import { segmentFor } from './segment-record.ts';
import { fromSnapshot, toSnapshot } from './snapshot.ts';
import { openAllocation, type Allocation } from './state.ts';

type PlainSlot = 'BOUND' | 'FREE' | 'FILLED';
const segments = 2;

const withSegments = (): Allocation => {
  const s = openAllocation();
  for (let preschool = 0; preschool < segments; preschool++)
    segmentFor(s, { preschool, kind: 0, profile: -1, language: 0 }, 2023);
  return s;
};

/** Section 3, in the plainest words: the lowest FREE slot, else a new one at the end. */
function plainNext(slots: readonly PlainSlot[]): number {
  const free = slots.indexOf('FREE');
  return free < 0 ? slots.length : free;
}

/** The place of the n-th bound slot, going round; -1 when none is. */
function boundSlot(slots: readonly PlainSlot[], n: number): number {
  const bound = slots.flatMap((slot, place) => (slot === 'BOUND' ? [place] : []));
  return bound.length === 0 ? -1 : bound[n % bound.length]!;
}

const step = fc.record({
  kind: fc.constantFrom('bind', 'bind', 'bind', 'release', 'release', 'fill', 'fill', 'resume'),
  segment: fc.nat(segments - 1),
  n: fc.constantFrom(0, 0, 1, 2, 5, 9),
});

describe('ledgers (section 3)', () => {
  it('give the lowest FREE slot or a new one, beside each other and across snapshots', () => {
    const check = (steps: readonly { kind: string; segment: number; n: number }[]): void => {
      let s = withSegments();
      const plain: PlainSlot[][] = Array.from({ length: segments }, () => []);
      for (const { kind, segment: row, n } of steps) {
        const segment = row as SegmentHandle;
        const slots = plain[row]!;
        const slot = boundSlot(slots, n);
        if (kind === 'resume') s = fromSnapshot(toSnapshot(s));
        else if (kind === 'bind') {
          expect(nextSlot(s, segment)).toBe(plainNext(slots));
          bindSlot(s, segment, plainNext(slots), n % 3 === 0 ? F : G);
          slots[plainNext(slots)] = 'BOUND';
        } else if (slot >= 0 && kind === 'fill') {
          fillSlot(s, segment, slot);
          slots[slot] = 'FILLED';
        } else if (slot >= 0) {
          releaseSlot(s, segment, slot);
          slots[slot] = 'FREE';
          while (slots.at(-1) === 'FREE') slots.pop();
        }
        expectSame(s, segment, slots);
      }
      plain.forEach((each, at) => expectSame(s, at as SegmentHandle, each));
    };
    fc.assert(fc.property(fc.array(step, { minLength: 40, maxLength: 160 }), check), { numRuns: 200, seed: 11 });
  });
});

function expectSame(s: Allocation, segment: SegmentHandle, slots: readonly PlainSlot[]): void {
  expect([endSlot(s, segment), freeSlots(s, segment)]).toEqual([
    slots.length,
    slots.filter((slot) => slot === 'FREE').length,
  ]);
  for (let slot = firstKeptSlot(s, segment); slot < slots.length; slot++) {
    if (isFree(s, segment, slot) !== (slots[slot] === 'FREE')) throw new Error(`slot ${slot} of ${segment} differs`);
  }
}
