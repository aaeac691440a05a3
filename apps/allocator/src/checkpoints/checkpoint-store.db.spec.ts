import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { migrate, openDatabase, type Database } from '#storage';
import { startDatabase, type TestDatabase } from '#testing';
import { allocatorMigrations } from '../migrations.ts';
import { PostgresDecisionRows } from '../relay/decision-rows.postgres.ts';
import { rowOf } from '../store/decision-store.contract.ts';
import { stepOf } from '../store/decision-store.ts';
import { PostgresDecisionStore } from '../store/decision-store.postgres.ts';
import type { CheckpointState } from './checkpoint-maker.ts';
import { PostgresCheckpointStore } from './checkpoint-store.postgres.ts';

const stateOf = (number: bigint): CheckpointState => ({
  number,
  logOffset: number * 10n,
  atMs: 1_780_000_000_000,
  chain: Buffer.alloc(32, Number(number)),
  tree: { entries: Number(number) * 10 + 1, decisions: 2, peaks: [Buffer.alloc(32, 1), Buffer.alloc(32, 2)] },
});
const value = (number: bigint): Buffer => Buffer.from(`checkpoint ${number}`);

describe('checkpoints in Postgres', () => {
  let server: TestDatabase;
  let database: Database;
  let store: PostgresCheckpointStore;
  beforeAll(async () => {
    server = await startDatabase();
    const plan = { url: server.urlOf('allocator'), schema: 'allocator', poolMax: 4, applicationName: 'test' };
    database = openDatabase(plan);
    await migrate(database, { schema: 'allocator', migrations: allocatorMigrations });
    store = new PostgresCheckpointStore(database);
  });
  beforeEach(async () => {
    await database.raw('delete from checkpoint');
    await database.raw('update checkpoint_position set epoch = 0, number = 0, published = 0');
  });
  afterAll(async () => {
    await database.destroy();
    await server.stop();
  });

  it('are none at first', async () => {
    expect(await store.begin(1n)).toBeUndefined();
    expect(await store.unpublished(10)).toEqual([]);
  });

  it('are kept with the state they were made from, each once and in order', async () => {
    await store.begin(1n);
    await store.add(1n, stateOf(1n), value(1n));
    await store.add(1n, stateOf(2n), value(2n));
    await expect(store.add(1n, stateOf(4n), value(4n))).rejects.toMatchObject({ code: 'allocator-fenced' });
    expect(await store.begin(2n)).toEqual(stateOf(2n));
  });

  it('that were kept by a try that seemed lost are no reason to stop', async () => {
    await store.begin(1n);
    await store.add(1n, stateOf(1n), value(1n));
    await expect(store.add(1n, stateOf(1n), value(1n))).rejects.toMatchObject({
      code: 'store-unavailable',
      recovery: 'retry',
    });
    expect(await store.begin(1n)).toEqual(stateOf(1n));
    await store.begin(2n);
    await expect(store.add(1n, stateOf(1n), value(1n))).rejects.toMatchObject({ code: 'allocator-fenced' });
  });

  it('wait to be published until it is said that they are', async () => {
    await store.begin(1n);
    for (const number of [1n, 2n, 3n]) await store.add(1n, stateOf(number), value(number));
    await store.published(1n, 1n);
    await store.published(1n, 0n);
    const atMs = 1_780_000_000_000;
    expect(await store.unpublished(10)).toEqual([
      { number: 2n, atMs, value: value(2n) },
      { number: 3n, atMs, value: value(3n) },
    ]);
    expect(await store.unpublished(1)).toHaveLength(1);
  });

  it('are those of the newest epoch only', async () => {
    await store.begin(1n);
    await store.begin(2n);
    const fenced = { code: 'allocator-fenced' };
    await expect(store.begin(1n)).rejects.toMatchObject(fenced);
    await expect(store.add(1n, stateOf(1n), value(1n))).rejects.toMatchObject(fenced);
    await expect(store.published(1n, 1n)).rejects.toMatchObject(fenced);
    await store.add(2n, stateOf(1n), value(1n));
    expect(await store.begin(2n)).toEqual(stateOf(1n));
  });

  it('are made of rows that are published, and of no others', async () => {
    const decisions = new PostgresDecisionStore(database, { commitMsMax: 5_000 });
    const { epoch } = (await decisions.claim((await decisions.read()).epoch, 0))!;
    const to = { nextOffset: 9n, lastNumber: 9n, chain: Buffer.alloc(32) };
    await decisions.commit(epoch, stepOf(0n, to, [rowOf(1n), rowOf(4n), rowOf(4n, 1), rowOf(8n)]));
    await decisions.close();
    const relay = new PostgresDecisionRows(database);
    await relay.begin(epoch);
    expect(await store.rowsAfter({ logOffset: -1n, part: 0 }, 10)).toEqual([]);
    await relay.published(epoch, { logOffset: 4n, part: 1 });
    const covered = [rowOf(1n), rowOf(4n), rowOf(4n, 1)].map(({ correlation: _, traceparent: __, ...row }) => row);
    expect(await store.rowsAfter({ logOffset: -1n, part: 0 }, 10)).toEqual(covered);
    expect(await store.rowsAfter({ logOffset: 4n, part: 0 }, 10)).toEqual(covered.slice(2));
    expect(await store.rowsAfter({ logOffset: -1n, part: 0 }, 1)).toEqual(covered.slice(0, 1));
  });
});
