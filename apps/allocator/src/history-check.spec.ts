import { describe, expect, it } from '@jest/globals';
import { HistoryCheck } from './history-check.ts';
import { PendingRows } from './pending-rows.ts';
import { startOfLog, LogDecider } from './record/log-decider.ts';
import type { DecisionStore } from './store/decision-store.ts';

const link = Buffer.alloc(32);
const decider = new LogDecider(
  { perRecordMax: 500, clock: { aheadMsMax: 1, backwardsMsMax: 1 } },
  { ...startOfLog(), nextOffset: 10n },
);
const positionAt = (nextOffset: bigint) => ({ nextOffset, lastNumber: nextOffset, chain: link });
const checkOf = (): HistoryCheck =>
  new HistoryCheck({
    decider,
    store: { links: () => Promise.resolve([]) } as unknown as DecisionStore,
    pending: new PendingRows(link),
    rowsComparedMax: 100,
  });

describe('what is decided here beside what is stored', () => {
  it('agrees with a store that stands where it stood', async () => {
    const check = checkOf();
    await check.expect(positionAt(10n));
    await check.expect(positionAt(10n));
    expect(check.isOpen()).toBe(false);
  });

  it('waits to be decided up to a store that is ahead', async () => {
    const check = checkOf();
    await check.expect(positionAt(12n));
    expect(check.isOpen()).toBe(true);
  });

  it('stops where the store has gone back: what it has lost would never be stored again', async () => {
    const check = checkOf();
    await check.expect(positionAt(10n));
    await expect(check.expect(positionAt(7n))).rejects.toMatchObject({
      code: 'history-differs',
      message: 'the store ends before offset 7, though it had reached 10',
    });
  });
});
