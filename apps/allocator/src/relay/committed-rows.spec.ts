import { describe, expect, it } from '@jest/globals';
import type { DecidedRow } from '../record/decided-row.ts';
import { CommittedRows } from './committed-rows.ts';

const row = (logOffset: number, part = 0, bytes = 10): DecidedRow => ({
  logOffset: BigInt(logOffset),
  part,
  atMs: 0,
  value: Buffer.alloc(bytes),
  chain: Buffer.alloc(32),
  correlation: null,
  traceparent: null,
});
const place = (logOffset: number, part = 0) => ({ logOffset: BigInt(logOffset), part });
const places = (rows: readonly DecidedRow[] | undefined) =>
  rows?.map(({ logOffset, part }) => (part === 0 ? String(logOffset) : `${logOffset}.${part}`));

function handed(...commits: readonly (readonly [after: number | undefined, ...rows: DecidedRow[]])[]): CommittedRows {
  const rows = new CommittedRows(1_000);
  for (const [after, ...some] of commits)
    rows.add({ after: after === undefined ? undefined : place(after), rows: some });
  return rows;
}

describe('rows handed over once they are stored', () => {
  it('are taken commit by commit, each behind the one before', () => {
    const rows = handed([3, row(4), row(7)], [7, row(8)]);
    expect(places(rows.takeAfter(place(3)))).toEqual(['4', '7']);
    expect(places(rows.takeAfter(place(7)))).toEqual(['8']);
    expect(rows.takeAfter(place(8))).toBeUndefined();
    expect(rows.endsAt(place(8))).toBe(true);
  });

  it('are not taken where it is not known what was stored before them', () => {
    const rows = handed([undefined, row(4)]);
    expect(rows.takeAfter(place(3))).toBeUndefined();
    expect(rows.endsAt(place(3))).toBe(false);
  });

  it('are not taken over a gap, and again once the gap was read elsewhere', () => {
    const rows = handed([3, row(4)], [6, row(7), row(7, 1), row(9)]);
    expect(rows.takeAfter(place(5))).toBeUndefined();
    expect(rows.takeAfter(place(6, 2))).toBeUndefined();
    expect(places(rows.takeAfter(place(7)))).toEqual(['7.1', '9']);
  });

  it('are given up when too many wait, and count again from the next', () => {
    const rows = handed([3, row(4, 0, 600)], [4, row(5, 0, 600)]);
    expect(rows.takeAfter(place(3))).toBeUndefined();
    expect(rows.endsAt(place(5))).toBe(false);
    rows.add({ after: place(5), rows: [row(6)] });
    expect(places(rows.takeAfter(place(5)))).toEqual(['6']);
  });
});
