import { describe, expect, it } from '@jest/globals';
import { encode } from '#contracts';
import { HashChain } from '../record/hash-chain.ts';
import { CheckpointMaker, checkpointOf, startOfCheckpoints, type CoveredRow } from './checkpoint-maker.ts';

const record = (offset: number): Buffer => Buffer.from(`record ${offset}`);
const released = { 'kz.kezek.decisions.RecordReleased': { atMs: 5, cause: 1n, person: 'a', reason: 'b' } };

/** A log of which every second entry decides something: so many decisions, in records of two at most. */
function rowsOf(counts: readonly number[]): readonly CoveredRow[] {
  const chain = new HashChain();
  return counts.flatMap((count, offset) => {
    chain.addRecord(record(offset));
    const parts = Math.ceil(count / 2);
    return Array.from({ length: parts }, (_, part) => {
      const decisions = Array.from({ length: Math.min(2, count - part * 2) }, () => released);
      const value = encode('DecisionsMade', { logOffset: BigInt(offset), part, parts, edition: 'e', decisions });
      return { logOffset: BigInt(offset), part, atMs: offset, value, chain: chain.addDecisions(value) };
    });
  });
}

function statesOf(maker: CheckpointMaker, rows: readonly CoveredRow[]) {
  return rows.flatMap((row) => {
    while (maker.nextOffset <= row.logOffset) maker.addRecord(record(Number(maker.nextOffset)));
    return maker.addRow(row) ?? [];
  });
}

describe('the maker of checkpoints', () => {
  const rows = rowsOf([1, 0, 5, 0, 0, 1, 1, 1, 7]);

  it('makes one at the end of the entry by which enough is decided', () => {
    const made = statesOf(new CheckpointMaker(startOfCheckpoints(), 3), rows).map(checkpointOf);
    expect(made).toMatchObject([
      { number: 1n, logOffset: 2n, entries: 3n, decisions: 6n },
      { number: 2n, logOffset: 7n, entries: 8n, decisions: 9n },
      { number: 3n, logOffset: 8n, entries: 9n, decisions: 16n },
    ]);
  });

  it('makes the same ones when it begins at one of them', () => {
    const whole = statesOf(new CheckpointMaker(startOfCheckpoints(), 3), rows);
    const [first] = whole;
    const rest = rows.filter(({ logOffset }) => logOffset > first!.logOffset);
    expect(statesOf(new CheckpointMaker(first!, 3), rest)).toEqual(whole.slice(1));
  });

  it.each([
    ['decisions that were changed', (all: readonly CoveredRow[]) => [{ ...all[0]!, value: all[1]!.value }]],
    ['a row that is missing', (all: readonly CoveredRow[]) => all.slice(1)],
    ['rows in another order', (all: readonly CoveredRow[]) => [all[0]!, all[2]!, all[1]!]],
  ])('vouches for nothing after %s', (_, spoil) => {
    const maker = new CheckpointMaker(startOfCheckpoints(), 3);
    expect(() => statesOf(maker, spoil(rows))).toThrow('are not linked to the log');
  });

  it('vouches for nothing after a log record that was changed', () => {
    const maker = new CheckpointMaker(startOfCheckpoints(), 3);
    maker.addRecord(Buffer.from('another'));
    expect(() => maker.addRow(rows[0]!)).toThrow('the stored decisions on log offset 0, part 0, are not linked');
  });
});
