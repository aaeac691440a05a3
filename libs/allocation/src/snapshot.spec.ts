import { describe, expect, it } from '@jest/globals';
import { historyOfSeed } from '../properties/history.ts';
import { decide } from './decide.ts';
import { queues } from './queues.ts';
import { fromSnapshot, toSnapshot } from './snapshot.ts';
import { openAllocation } from './state.ts';
import { accepts, admission, journal, published, queued, recalled } from './testing/journal.ts';

const seeds = Array.from({ length: 12 }, (_, i) => 100 + i);

const sameBytes = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, i) => byte === other[i]);

describe('a snapshot (invariant 8)', () => {
  it.each(seeds)('taken after any entry decides the rest of the log in the same way (history %i)', (seed) => {
    const history = historyOfSeed(seed, 120, new Set());
    const whole = openAllocation(history.policy, history.calendar);
    let resumed = openAllocation(history.policy, history.calendar);
    history.entries.forEach((entry, sequence) => {
      const decisions = JSON.stringify(decide(resumed, entry, sequence));
      expect(decisions).toBe(JSON.stringify(decide(whole, entry, sequence)));
      const bytes = toSnapshot(resumed);
      resumed = fromSnapshot(bytes);
      expect([toSnapshot(resumed), toSnapshot(whole)].map((again) => sameBytes(again, bytes))).toEqual([true, true]);
    });
    expect(queues(resumed)).toEqual(queues(whole));
  });

  it('taken when filled slots were dropped before a FREE one leaves the next ledger alone', () => {
    const t = '2026-06-01T10:00';
    const log = journal();
    for (let i = 1; i <= 8; i++) log.given(t, queued(`Ga${i}`, `2025-09-0${i}T09:00`, { in: ['A'] }));
    for (let i = 1; i <= 4; i++) log.given(t, queued(`Gb${i}`, `2025-09-0${i}T09:00`, { in: ['B'] }));
    // A has eight slots, of which slot 6 is FREE; B comes to begin with slot 2, which is FREE.
    log.given(t, published(['n1', 'n2', 'n3', 'n4', 'n5', 'n6', 'n7', 'n8']), recalled('n7'));
    log.given(t, published(['m1', 'm2', 'm3', 'm4'], { at: 'B' }), accepts('Gb2', 'm2'), accepts('Gb4', 'm4'));
    log.given(t, recalled('m1'), recalled('m3'), published(['m5'], { at: 'B' }), accepts('Gb1', 'm5'));
    log.given(t, admission('Gb1', 'SIGNED'), admission('Gb2', 'SIGNED'));
    const resumed = fromSnapshot(toSnapshot(log.state));
    const nowMs = log.state.nowMs;
    for (const bulletin of [
      published(['m6'], { at: 'B' }),
      published(['n9']),
      published(['n10']),
      published(['n11']),
    ]) {
      const entry = { ...bulletin, atMs: nowMs };
      const sequence = log.state.lastSequence + 1;
      expect(decide(resumed, entry, sequence)).toEqual(decide(log.state, entry, sequence));
      expect(sameBytes(toSnapshot(resumed), toSnapshot(log.state))).toBe(true);
    }
  });

  it('keeps the policy, the calendar, the clock and the place in the log', () => {
    const log = journal({ offerAnswerDays: 5 }).given('2026-05-25T09:00', queued('G1', '2025-09-01T09:00'));
    const state = fromSnapshot(toSnapshot(log.state));
    expect(state.policy).toEqual(log.state.policy);
    expect(state.calendar).toEqual(log.state.calendar);
    expect([state.nowMs, state.lastSequence]).toEqual([log.state.nowMs, 0]);
  });

  it('is read from bytes that begin anywhere in a buffer', () => {
    const log = journal().given('2026-05-25T09:00', queued('G1', '2025-09-01T09:00'), published(['V1']));
    const bytes = toSnapshot(log.given('2026-05-25T10:00', accepts('G1', 'V1')).state);
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(sameBytes(toSnapshot(fromSnapshot(shifted.subarray(3))), bytes)).toBe(true);
    expect(sameBytes(toSnapshot(fromSnapshot(Buffer.from(shifted.buffer, 3))), bytes)).toBe(true);
  });

  it.each([
    ['bytes that are no snapshot', (bytes: Uint8Array) => bytes.fill(0, 0, 8), 'begins with its name'],
    ['another version', (bytes: Uint8Array) => bytes.fill(1, 8, 16), 'is of version'],
    ['a part of one', (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 64), 'is whole'],
  ])('refuses %s', (_, spoil, complaint) => {
    const bytes = toSnapshot(journal().given('2026-05-25T09:00', queued('G1', '2025-09-01T09:00')).state);
    expect(() => fromSnapshot(spoil(bytes))).toThrow(complaint);
  });
});
