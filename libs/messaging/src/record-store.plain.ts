import type { Transaction } from '#storage';
import { eachWithin } from './deadline.ts';
import type { RecordMethod } from './handlers.ts';
import type { RecordStore } from './record-store.ts';
import type { Unit } from './unit.ts';

/**
 * The store of a handler that needs no database: nothing is remembered, so what is read twice is handled twice. What
 * fails for good is still kept by the app's database store.
 */
export function plainStore(method: RecordMethod, deadlineMs: number, aside: RecordStore): RecordStore {
  const noTransaction = undefined as unknown as Transaction;
  return {
    handle: (units) =>
      eachWithin(units, deadlineMs, { code: 'handler-overdue', what: 'the handler' }, async ({ content }) => {
        if ('received' in content) await method(content.received, noTransaction);
      }),
    setAside: (unit: Unit, problem) => aside.setAside(unit, problem),
    isReleased: (record) => aside.isReleased(record),
    // What needs no database remembers nothing that a replay could restore.
    replayOf: () => Promise.resolve(undefined),
    handleAgain: (units) => Promise.reject(new RangeError(`no replay of ${units.length} records was given out`)),
    failReplay: (replay, error) => aside.failReplay(replay, error),
  };
}
