import { describe, expect, it } from '@jest/globals';
import { decodeRows, encodeRows } from './copy-rows.ts';
import { rowOf } from './decision-store.contract.ts';
import { stepOf } from './decision-store.ts';

const rows = [rowOf(1n), { ...rowOf(4n), correlation: null, traceparent: 'жол' }, rowOf(4n, 1)];

describe('rows in the form of COPY', () => {
  it('are read as they were written', () => {
    expect(decodeRows(encodeRows(rows))).toEqual(rows);
    expect(decodeRows(encodeRows([]))).toEqual([]);
  });

  it('lie in memory that is shared with nothing, so that it can be given to another thread', () => {
    const { buffer, byteLength } = encodeRows([rowOf(1n)]);
    expect(buffer.byteLength).toBe(byteLength);
  });

  it('are made once for a step, and only where one asks for them', () => {
    const step = stepOf(0n, { nextOffset: 5n, lastNumber: 5n, chain: Buffer.alloc(32) }, rows);
    expect(step.copied()).toBe(step.copied());
    expect(decodeRows(step.copied())).toEqual(rows);
  });
});
