import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encode } from '#contracts';
import { startRelay, type Received } from '#messaging';
import { makeTopics, messagingSchema, startBroker, startDatabase, startMember, testLog, topicOf } from '#testing';
import type { MessagingSchema, TestDatabase } from '#testing';
import kafkajs from 'kafkajs';

let brokers: readonly string[];
let database: TestDatabase;
let schema: MessagingSchema;

beforeAll(async () => {
  ({ brokers } = await startBroker());
  database = await startDatabase();
  schema = await messagingSchema(database.urlOf('intake'), 'intake');
  await schema.database.raw('create table effect (id bigint generated always as identity, number bigint, key text)');
});
afterAll(async () => {
  await schema.stop();
  await database.stop();
});

async function until(condition: () => Promise<boolean>, ms = 20_000): Promise<void> {
  const end = Date.now() + ms;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('it did not come to pass in time');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('a record handler', () => {
  it('gets what another app put into its outbox, once, and keeps what cannot be read', async () => {
    const topic = topicOf({ messages: ['ClockAdvanced'], partitions: 2 });
    const add = await makeTopics(brokers, [topic]);
    const relay = await startRelay({ app: 'intake', brokers, database: schema.database, log: testLog('relay') });
    const member = await startMember({
      app: 'reader',
      brokers,
      database: schema.database,
      handlers: [
        {
          topic,
          record: async (received, trx) => {
            if (received.name !== 'ClockAdvanced') throw new Error('unexpected');
            await trx('effect').insert({ number: received.value.number.toString(), key: received.envelope.key });
          },
        },
      ],
    });
    await schema.database.transaction(async (trx) => {
      for (let n = 1; n <= 20; n += 1) {
        const value = { number: BigInt(n), atMs: 1_700_000_000_000 + n };
        await add(trx, { topic: topic.name, key: `k${n % 4}`, name: 'ClockAdvanced', value });
      }
    });
    const kafka = new kafkajs.Kafka({ brokers: [...brokers], logLevel: kafkajs.logLevel.NOTHING });
    const producer = kafka.producer();
    await producer.connect();
    await producer.send({ topic: topic.name, messages: [{ key: 'bad', value: 'no framing' }] });
    await producer.send({ topic: topic.name, messages: [{ key: null, value: Buffer.from([0, 0, 0, 0, 9, 1]) }] });
    await producer.send({
      topic: topic.name,
      messages: [{ key: 'k1', value: encode('ClockAdvanced', { number: 99n, atMs: 5 }) }],
    });
    await producer.disconnect();
    const rows = async () => schema.database('effect').orderBy('id').select<{ number: bigint; key: string }[]>();
    await until(async () => (await rows()).length >= 21);
    const numbers = (await rows()).map(({ number }) => Number(number)).sort((a, b) => a - b);
    expect(numbers).toEqual([...Array.from({ length: 20 }, (_, index) => index + 1), 99]);
    expect(await schema.database('parked_key').select('topic', 'error_class')).toEqual([
      { topic: topic.name, error_class: 'not-framed' },
    ]);
    await until(async () => (await schema.database('outbox').select('id')).length === 0);
    await member.stop();
    await relay.stop();
  }, 60_000);

  it('sees the trace of what caused its record, in a span of the record itself', async () => {
    const topic = topicOf({ messages: ['ClockAdvanced'] });
    const add = await makeTopics(brokers, [topic]);
    const relay = await startRelay({ app: 'intake', brokers, database: schema.database, log: testLog('relay') });
    const seen: (string | undefined)[] = [];
    const record = async ({ envelope }: Received): Promise<void> => void seen.push(envelope.traceparent);
    const handlers = [{ topic, record }];
    const member = await startMember({ app: 'tracer', brokers, database: schema.database, handlers });
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const message = { topic: topic.name, key: 'k', name: 'ClockAdvanced', value: { number: 1n, atMs: 5 } } as const;
    await schema.database.transaction((trx) => add(trx, { ...message, traceparent }));
    await until(async () => seen.length === 1);
    expect(seen[0]).toMatch(/^00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-01$/);
    expect(seen[0]).not.toBe(traceparent);
    await member.stop();
    await relay.stop();
  }, 60_000);
});
