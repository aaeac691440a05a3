import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Kafka, logLevel, type KafkaMessage, type Producer } from 'kafkajs';
import pg from 'pg';
import { schemaIdOf, topics, type Topic } from '#contracts';
import { SecondCheckout, untilSaid } from '../tools/kezek/second-checkout.ts';

jest.setTimeout(420_000);

type Status = { services: { name: string; url: string; answers: boolean }[] };
type Spoilt = { readonly why: string; readonly bytes: Buffer };

const appNames = ['intake', 'gateway-adapters', 'notifier'];
const log = topics['kezek.allocation.log'];

/** What nobody can read, in three ways; the second begins as a message of the topic does. */
function spoiltFor({ messages }: Topic): Spoilt[] {
  const framed = (schemaId: number) => {
    const frame = Buffer.alloc(5);
    frame.writeInt32BE(schemaId, 1);
    return Buffer.concat([frame, Buffer.from([0x02])]);
  };
  return [
    { why: 'not a message at all', bytes: Buffer.from('kcat was here') },
    { why: 'a schema id nobody gave out', bytes: framed(60_000) },
    { why: 'against its schema', bytes: framed(schemaIdOf(messages[0]!)) },
  ];
}

describe('a stack whose topics get records that nobody can read', () => {
  const checkout = new SecondCheckout();
  let kafka: Kafka;
  let producer: Producer;
  let demo: { readonly status: number | null; readonly said: string };
  /** What was put on each topic that an app reads in this stack, and how many do; the log's line is another matter. */
  const put = new Map<string, { readonly bytes: readonly Buffer[]; readonly readers: number }>();

  const statusOf = async (): Promise<Status> => JSON.parse((await checkout.run('status', '--json')).said) as Status;

  async function spoil(topic: Topic, groups: ReadonlySet<string>): Promise<void> {
    const readers = appNames.filter((app) => groups.has(`${app}.${topic.name.replace('kezek.', '')}`)).length;
    if (readers === 0) return;
    const messages = spoiltFor(topic).map(({ bytes }) => ({ key: randomUUID(), value: bytes }));
    await producer.send({ topic: topic.name, messages });
    put.set(topic.name, { bytes: messages.map(({ value }) => value), readers });
  }

  beforeAll(async () => {
    const launched = checkout.launch('demo', '--keep');
    await untilSaid(launched, '08:20  ');
    const brokers = (await statusOf()).services.find(({ name }) => name === 'kafka')!.url.replace('kafka://', '');
    kafka = new Kafka({ clientId: 'spoiler', brokers: brokers.split(','), logLevel: logLevel.NOTHING });
    producer = kafka.producer();
    await producer.connect();
    const admin = kafka.admin();
    await admin.connect();
    const groups = new Set((await admin.listGroups()).groups.map(({ groupId }) => groupId));
    await admin.disconnect();
    for (const topic of Object.values<Topic>(topics)) await spoil(topic, groups);
    demo = { status: await launched.ended, said: launched.said() };
  });
  afterAll(async () => {
    await producer.disconnect();
    await checkout.remove();
  });

  it('loses nothing else: the day that was being played ends as it must', () => {
    expect(demo.said).toContain('All is as the scenario says.');
    expect(demo.status).toBe(0);
  });

  it('keeps the bytes and the reason of each, once for each app that met it', async () => {
    expect(put.size).toBeGreaterThanOrEqual(8);
    for (const [topic, { bytes, readers }] of put) {
      const letters = await lettersOf(topic, readers * bytes.length);
      for (const each of bytes) {
        const kept = letters.filter(({ value }) => value?.equals(each));
        const found = { topic, bytes: String(each), kept: kept.length };
        expect(found).toEqual({ topic, bytes: String(each), kept: readers });
        for (const { headers } of kept) expect(String(headers?.['kezek-dead-error-message'] ?? '')).not.toBe('');
      }
    }
  });

  it('stays ready on every line but the allocation log, which stops and says so', async () => {
    expect((await statusOf()).services.filter(({ answers }) => !answers)).toEqual([]);
    await producer.send({ topic: log.name, messages: [{ value: Buffer.from('kcat was here') }] });
    const allocator = (await statusOf()).services.find(({ name }) => name === 'allocator')!;
    let ready = await fetch(`${allocator.url}/health/ready`);
    while (ready.status === 200) {
      await sleep(200);
      ready = await fetch(`${allocator.url}/health/ready`);
    }
    expect(JSON.stringify(await ready.json())).toMatch(/stopped/);
    expect(await stoppedLines()).toEqual([{ bytes: 'kcat was here', has_reason: true }]);
    const others = (await statusOf()).services.filter(({ name, answers }) => name !== 'allocator' && !answers);
    expect(others).toEqual([]);
  });

  async function stoppedLines(): Promise<unknown> {
    const { said } = await checkout.run('status', '--json', '--passwords');
    const { databases } = JSON.parse(said) as { databases: { postgres: string } };
    const client = new pg.Client({ connectionString: databases.postgres });
    await client.connect();
    const { rows } = await client.query<object>(
      `select convert_from(value, 'UTF8') as bytes, error_message <> '' as has_reason from allocator.stopped_line`,
    );
    await client.end();
    return rows;
  }

  /** Everything on the dead letters' topic of a topic, once there is as much as is waited for. */
  async function lettersOf(topic: string, count: number): Promise<readonly KafkaMessage[]> {
    const letters: KafkaMessage[] = [];
    const consumer = kafka.consumer({ groupId: `test-${randomUUID()}` });
    await consumer.connect();
    await consumer.subscribe({ topic: `${topic}.dlq`, fromBeginning: true });
    await consumer.run({ eachMessage: ({ message }) => Promise.resolve(void letters.push(message)) });
    const giveUpAtMs = performance.now() + 60_000;
    while (letters.length < count && performance.now() < giveUpAtMs) await sleep(100);
    await sleep(500);
    await consumer.disconnect();
    return letters;
  }
});
