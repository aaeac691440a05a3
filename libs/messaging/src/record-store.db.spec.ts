import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { encode } from '#contracts';
import { messagingSchema, startDatabase, testLog, topicOf, unsealed } from '#testing';
import type { MessagingSchema, TestDatabase } from '#testing';
import type { RecordMethod } from './handlers.ts';
import { claim } from './inbox.postgres.ts';
import type { LaneControl } from './lane.ts';
import { defaultLimits } from './limits.ts';
import type { RawRecord } from './received-record.ts';
import { RecordLane } from './record-lane.ts';
import { PostgresRecordStore } from './record-store.postgres.ts';
import { unitsOf } from './unit.ts';

const topic = topicOf({ messages: ['ClockAdvanced'] });
const reading = { topic, personalFields: unsealed, split: undefined };
const group = 'rig.test';

const recordAt = (offset: bigint): RawRecord => ({
  topic: topic.name,
  partition: 0,
  offset,
  key: Buffer.from(`k${offset}`),
  value: encode('ClockAdvanced', { number: offset, atMs: 1 }),
  headers: {},
  timestampMs: 1,
});
const unitsAt = (offset: bigint) => unitsOf(recordAt(offset), reading, false);

/** Hangs in a statement at the first record, as one that waits for a lock or reads a whole table. */
const hangsAtFirst: RecordMethod = async ({ envelope }, trx) => {
  if (envelope.origin.offset === 0n) await trx.raw('select pg_sleep(60)');
};

describe('a handler that hangs in a statement', () => {
  let server: TestDatabase;
  let schema: MessagingSchema;
  let store: PostgresRecordStore;
  beforeAll(async () => {
    server = await startDatabase();
    schema = await messagingSchema(server.urlOf('intake'), 'intake', 4);
    const { database } = schema;
    store = new PostgresRecordStore({ database, topic, group, method: hangsAtFirst, deadlineMs: 300 });
  });
  beforeEach(async () => {
    for (const table of ['parked_record', 'parked_key', 'inbox', 'outbox']) await schema.database(table).delete();
  });
  afterAll(async () => {
    await schema.stop();
    await server.stop();
  });

  it('is overdue, and not a database that is away', async () => {
    await expect(store.handle(unitsAt(0n))).rejects.toMatchObject({ code: 'handler-overdue' });
  });

  it('is overdue when the past is read again, too', async () => {
    const replay = { id: 1n, nextOffset: 0n, untilOffset: 9n };
    await expect(store.handleAgain(unitsAt(0n), replay, 1n)).rejects.toMatchObject({ code: 'handler-overdue' });
  });

  it('is not blamed when the transaction never came to it', async () => {
    const units = unitsAt(1n);
    const other = await schema.database.transaction();
    const keys = units.map(({ inboxKey }) => inboxKey);
    await claim(other, keys, 'handled', 60_000);
    await expect(store.handle(units)).rejects.toMatchObject({ code: 'store-unavailable' });
    await other.rollback();
  });

  it('is tried a few times, then the policy of the topic applies and the partition goes on', async () => {
    const untilMs = Date.now() + 20_000;
    let advancedTo = 0n;
    const control: LaneControl = {
      mayContinue: () => Date.now() < untilMs,
      beat: () => Promise.resolve(),
      advance: (nextOffset) => void (advancedTo = nextOffset),
      settled: () => undefined,
      seek: () => undefined,
      pauseUntil: () => undefined,
    };
    const limits = { ...defaultLimits, attemptsInPlace: 2, backoffFirstMs: 20 };
    const lane = new RecordLane({
      topic,
      source: topic.name,
      partition: 0,
      group,
      reading,
      store,
      together: 1,
      limits,
      log: testLog('lane'),
      stopped: () => undefined,
    });
    const records = [recordAt(0n), recordAt(1n)];
    await lane.handle({ topic: topic.name, partition: 0, records, endOffset: 2n }, control);
    expect(advancedTo).toBe(2n);
    const inbox = await schema.database('inbox').orderBy('kafka_offset').select('kafka_offset', 'outcome');
    expect(inbox).toEqual([
      { kafka_offset: 0n, outcome: 'parked' },
      { kafka_offset: 1n, outcome: 'handled' },
    ]);
    const [parked] = await schema.database('parked_key').select('error_class', 'attempts');
    expect(parked).toEqual({ error_class: 'handler-overdue', attempts: 2 });
  });
});
