import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { HashChain } from './hash-chain.ts';

const sha256 = (...parts: readonly Buffer[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();
const record = (n: number): Buffer => Buffer.from(`record ${n}`);
const count = (n: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(n);
  return bytes;
};
const zeros = Buffer.alloc(32);
const decisions = Buffer.from('what was decided');

describe('the hash chain', () => {
  it('covers the link before, the digests of all records since, and the decisions', () => {
    const chain = new HashChain();
    chain.addRecord(record(0));
    chain.addRecord(record(1));
    const first = chain.addDecisions(decisions);
    expect(first).toEqual(sha256(zeros, count(2), zeros, sha256(record(0)), sha256(record(1)), decisions));
    chain.addRecord(null);
    const second = chain.addDecisions(Buffer.alloc(200_000, 7));
    expect(second).toEqual(sha256(first, count(1), zeros, sha256(Buffer.alloc(0)), Buffer.alloc(200_000, 7)));
    expect(chain.addDecisions(decisions)).toEqual(sha256(second, count(0), zeros, decisions));
  });

  it('folds digests in groups of 256 when nothing is decided for long', () => {
    const chain = new HashChain();
    for (let n = 0; n < 300; n += 1) chain.addRecord(record(n));
    const digests = Array.from({ length: 300 }, (_, n) => sha256(record(n)));
    const folded = sha256(zeros, ...digests.slice(0, 256));
    expect(chain.addDecisions(decisions)).toEqual(sha256(zeros, count(300), folded, ...digests.slice(256), decisions));
  });

  it.each([0, 1, 255, 256, 257, 600])('goes on from a state that was kept after %d records', (kept) => {
    const whole = new HashChain();
    for (let n = 0; n < kept; n += 1) whole.addRecord(record(n));
    const resumed = new HashChain(whole.state);
    for (const chain of [whole, resumed]) for (let n = kept; n < 700; n += 1) chain.addRecord(record(n));
    expect(resumed.addDecisions(decisions)).toEqual(whole.addDecisions(decisions));
  });
});
