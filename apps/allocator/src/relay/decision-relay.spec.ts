import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { Failure } from '#runtime';
import { processClock } from '../clock.ts';
import { shippedLimits } from '../limits.ts';
import { DecisionRelay, type RelayOutcome } from './decision-relay.ts';
import type { DecisionRows } from './decision-rows.ts';

const nowhere = { logOffset: -1n, part: 0 };

describe('the relay of decisions', () => {
  it('says that all is well again after a failure, though there is nothing to publish', async () => {
    const told: RelayOutcome[] = [];
    const well = Promise.withResolvers<void>();
    let fails = true;
    const rows: DecisionRows = {
      begin: () => Promise.resolve(nowhere),
      published: () => Promise.resolve(),
      after: () => {
        if (!fails) return Promise.resolve([]);
        fails = false;
        return Promise.reject(new Failure('store-unavailable', 'the store restarts'));
      },
    };
    const relay = new DecisionRelay({
      rows,
      producer: () => Promise.resolve({ send: () => Promise.resolve(), close: () => Promise.resolve() }),
      clock: processClock,
      log: pino({ level: 'silent' }),
      limits: shippedLimits,
      epoch: 1n,
      report: (outcome) => {
        told.push(outcome);
        if ('well' in outcome) well.resolve();
      },
      fatal: (error) => well.reject(error),
    });
    relay.start();
    await well.promise;
    await relay.stop();
    expect(told).toEqual([{ problem: 'the store restarts' }, { well: true }]);
  });
});
