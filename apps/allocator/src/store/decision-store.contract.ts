import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DecidedRow } from '../record/decided-row.ts';
import type { DecisionRows } from '../relay/decision-rows.ts';
import { stepOf, type DecisionStore, type Position } from './decision-store.ts';

export type OpenStore = {
  readonly store: DecisionStore;
  readonly rows: DecisionRows;
  /** Makes it as new as after its migration. */
  empty(): Promise<void>;
  close(): Promise<void>;
};

const linkOf = (n: bigint): Buffer => Buffer.alloc(32, Number(n % 251n) + 1);

export const rowOf = (logOffset: bigint, part = 0): DecidedRow => ({
  logOffset,
  part,
  atMs: 1_780_000_000_000,
  value: Buffer.from(`decided on ${logOffset}.${part}`),
  chain: linkOf(logOffset * 7n + BigInt(part)),
  correlation: part === 0 ? `correlation-${logOffset}` : null,
  traceparent: null,
});

const at = (nextOffset: bigint): Position => ({ nextOffset, lastNumber: nextOffset * 2n, chain: linkOf(nextOffset) });

/** What every decision store does; each adapter runs it. */
export function decisionStoreContract(name: string, open: () => Promise<OpenStore>): void {
  describe(`${name} as a decision store`, () => {
    let opened: OpenStore;
    let store: DecisionStore;
    let rows: DecisionRows;
    beforeAll(async () => {
      opened = await open();
      ({ store, rows } = opened);
    });
    beforeEach(() => opened.empty());
    afterAll(() => opened.close());

    const claimed = async (): Promise<bigint> => (await store.claim((await store.read()).epoch, 0))!.epoch;

    it('begins at offset 0 with an empty chain, owned by nobody', async () => {
      expect(await store.read()).toEqual({
        epoch: 0n,
        nextOffset: 0n,
        lastNumber: 0n,
        chain: Buffer.alloc(32),
        silentMs: Number.POSITIVE_INFINITY,
      });
    });

    it('keeps rows and position of a step together', async () => {
      const epoch = await claimed();
      await store.commit(epoch, stepOf(0n, at(5n), [rowOf(1n), rowOf(4n), rowOf(4n, 1)]));
      expect(await store.read()).toMatchObject({ epoch, ...at(5n) });
      expect(await rows.after({ logOffset: -1n, part: 0 }, 10)).toEqual([rowOf(1n), rowOf(4n), rowOf(4n, 1)]);
      expect(await rows.after({ logOffset: 4n, part: 0 }, 10)).toEqual([rowOf(4n, 1)]);
      expect(await rows.after({ logOffset: -1n, part: 0 }, 2)).toEqual([rowOf(1n), rowOf(4n)]);
      expect(await store.links(2n, 4n)).toEqual(
        [4, 4].map((_, part) => ({ logOffset: 4n, part, chain: rowOf(4n, part).chain })),
      );
    });

    it('moves the position when nothing was decided', async () => {
      const epoch = await claimed();
      await store.commit(epoch, stepOf(0n, at(9n), []));
      expect(await store.read()).toMatchObject(at(9n));
    });

    it('fences an allocator whose epoch is over, and keeps nothing of its step', async () => {
      const old = await claimed();
      const epoch = await claimed();
      await expect(store.commit(old, stepOf(0n, at(2n), [rowOf(1n)]))).rejects.toMatchObject({
        code: 'allocator-fenced',
      });
      expect(await store.renew(old)).toBe(false);
      expect(await rows.after({ logOffset: -1n, part: 0 }, 10)).toEqual([]);
      await store.commit(epoch, stepOf(0n, at(2n), [rowOf(1n)]));
      expect(await store.renew(epoch)).toBe(true);
    });

    it('refuses a step that does not begin where the last one ended', async () => {
      const epoch = await claimed();
      await store.commit(epoch, stepOf(0n, at(2n), [rowOf(1n)]));
      for (const from of [0n, 1n, 3n]) {
        await expect(store.commit(epoch, stepOf(from, at(7n), [rowOf(6n)]))).rejects.toMatchObject({
          code: 'allocator-fenced',
        });
      }
      expect(await store.read()).toMatchObject(at(2n));
    });

    it('is not taken from an owner who gives signs of life, and is taken at once from one who said goodbye', async () => {
      const epoch = await claimed();
      expect(await store.claim(epoch, 60_000)).toBeUndefined();
      expect((await store.read()).silentMs).toBeLessThan(60_000);
      await store.resign(epoch);
      expect((await store.claim(epoch, 60_000))?.epoch).toBe(epoch + 1n);
    });

    it('goes to one of two who claim it at the same time', async () => {
      const claims = await Promise.all([store.claim(0n, 0), store.claim(0n, 0)]);
      expect(claims.filter((claim) => claim !== undefined)).toHaveLength(1);
    });

    it('remembers what is published, under the newest epoch only', async () => {
      expect(await rows.begin(1n)).toEqual({ logOffset: -1n, part: 0 });
      await rows.published(1n, { logOffset: 7n, part: 2 });
      expect(await rows.begin(2n)).toEqual({ logOffset: 7n, part: 2 });
      await expect(rows.published(1n, { logOffset: 9n, part: 0 })).rejects.toMatchObject({ code: 'allocator-fenced' });
      await expect(rows.begin(1n)).rejects.toMatchObject({ code: 'allocator-fenced' });
      expect(await rows.begin(2n)).toEqual({ logOffset: 7n, part: 2 });
    });

    it('goes on from the last place published, also when word of an earlier one comes late', async () => {
      await rows.begin(1n);
      for (const place of [
        { logOffset: 7n, part: 2 },
        { logOffset: 7n, part: 1 },
        { logOffset: 6n, part: 9 },
      ])
        await rows.published(1n, place);
      expect(await rows.begin(1n)).toEqual({ logOffset: 7n, part: 2 });
      await rows.published(1n, { logOffset: 7n, part: 3 });
      expect(await rows.begin(1n)).toEqual({ logOffset: 7n, part: 3 });
    });
  });
}
