import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  eventually,
  MessagingRig,
  startBroker,
  startDatabase,
  testLog,
  topicOf,
  unsealed,
  type TestDatabase,
} from '#testing';
import { outboxOf } from './outbox.ts';
import { ensureTopics } from './topic-table.ts';

let database: TestDatabase;
let rig: MessagingRig;

beforeAll(async () => {
  const { brokers } = await startBroker();
  database = await startDatabase();
  rig = await MessagingRig.open(brokers, database.urlOf('intake'), 'intake');
});
afterAll(async () => {
  await rig.close();
  await database.stop();
});

const ensure = (table: Parameters<typeof ensureTopics>[0]['table']) =>
  ensureTopics({ brokers: rig.brokers, log: testLog('topics'), table: table! });

describe('topics at the start of an app', () => {
  it('are created with their retry and dead-letter topics, once', async () => {
    const topic = topicOf({ messages: ['ClockAdvanced'], failurePolicy: 'retry-topic' });
    const { created } = await ensure([topic]);
    expect(created).toEqual([topic.name, `${topic.name}.retry.1`, `${topic.name}.retry.2`, `${topic.name}.dlq`]);
    expect(await ensure([topic])).toEqual({ created: [], differences: [] });
  });

  it('that are there and differ are named, and nothing of them is changed', async () => {
    const topic = topicOf({ messages: ['ClockAdvanced'], partitions: 2 });
    await ensure([topic]);
    const changed = { ...topic, partitions: 3, retention: 'compacted' as const };
    const first = await ensure([changed]);
    expect(first.created).toEqual([]);
    expect(first.differences).toEqual([
      `${topic.name}: 2 partitions, the table says 3`,
      `${topic.name}: cleanup.policy is delete, the table says compact`,
      `${topic.name}: retention.ms is 86400000, the table says -1`,
      `${topic.name}.dlq: 2 partitions, the table says 3`,
    ]);
    expect(await ensure([changed])).toEqual(first);
    expect(await ensure([topic])).toEqual({ created: [], differences: [] });
  });
});

describe('a record of the size its topic takes at most', () => {
  const topic = topicOf({ messages: ['ClockAdvanced'], recordBytesMax: 200_000 });

  it('fits into the dead-letter topic with all that is told about it, and a larger one never gets in', async () => {
    await rig.topics(topic);
    await rig.relay();
    const bytes = Buffer.alloc(200_000, 1);
    await rig.send(topic, [
      { key: 'large', n: bytes },
      { key: 'a', n: 1 },
    ]);
    await expect(rig.send(topic, [{ key: 'larger', n: Buffer.alloc(400_000) }])).rejects.toThrow(/larger than/);
    const member = await rig.member(topic);
    await rig.effectsReach(topic, 1);
    await eventually(async () => (await rig.readAll(`${topic.name}.dlq`)).length === 1);
    const [letter] = await rig.readAll(`${topic.name}.dlq`);
    expect(letter?.value?.equals(bytes)).toBe(true);
    await member.stop();
  });

  it('is refused by the outbox where it is larger', async () => {
    const table = { [topic.name]: { ...topic, recordBytesMax: 1 } };
    const add = outboxOf({ source: 'test', personalFields: unsealed, table });
    const message = { topic: topic.name, key: 'k', name: 'ClockAdvanced', value: { number: 1n, atMs: 1 } } as const;
    await expect(rig.database.transaction((trx) => add(trx, message))).rejects.toThrow(/larger than .* allows/);
    expect(await rig.database('outbox').where({ key: Buffer.from('k') })).toEqual([]);
  });
});
