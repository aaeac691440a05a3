import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { Failure } from '#runtime';
import type { Allocator } from './allocator.ts';
import { processClock } from './clock.ts';
import { Leadership } from './leadership.ts';
import type { DecisionStore, Stored } from './store/decision-store.ts';

const storedAt = (epoch: bigint): Stored =>
  ({ nextOffset: 0n, lastNumber: 0n, chain: Buffer.alloc(32), epoch, silentMs: 0 }) as unknown as Stored;

describe('who stores', () => {
  it('leads at its next turn when the store fell silent between the claim and the comparison', async () => {
    const led: bigint[] = [];
    const leading = Promise.withResolvers<bigint>();
    let claims = 0;
    const store = {
      read: () => Promise.resolve(storedAt(BigInt(claims))),
      claim: () => Promise.resolve(storedAt(BigInt((claims += 1)))),
      renew: () => Promise.resolve(true),
      resign: () => Promise.resolve(),
    } as unknown as DecisionStore;
    const allocator = {
      get isLeading() {
        return led.length > 1;
      },
      noteStored: () => Promise.resolve(),
      isCaughtUp: () => true,
      drained: () => Promise.resolve(),
      lead: ({ epoch }: Stored) => {
        led.push(epoch);
        return led.length === 1 ? Promise.reject(new Failure('store-unavailable', 'silent')) : Promise.resolve();
      },
    } as unknown as Allocator;
    const leadership = new Leadership({
      allocator,
      store,
      clock: processClock,
      log: pino({ level: 'silent' }),
      role: 'leader',
      leading: leading.resolve,
      fatal: leading.reject,
    });
    leadership.start();
    expect(await leading.promise).toBe(1n);
    await leadership.stop();
    expect([led, claims]).toEqual([[1n, 1n], 1]);
  });
});
