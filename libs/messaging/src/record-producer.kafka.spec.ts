import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startProxiedBroker, testLog, topicOf, type ProxiedBroker } from '#testing';
import { Failure } from '#runtime';
import { ensureTopics } from './topic-table.ts';
import { openRecordStream } from './record-stream.kafkajs.ts';
import { kafkajsProducer } from './record-producer.kafkajs.ts';
import { platformaticProducer } from './record-producer.platformatic.ts';
import type { ProducedRecord, RecordProducer } from './record-producer.ts';

let broker: ProxiedBroker;
beforeAll(async () => {
  broker = await startProxiedBroker();
});
afterAll(async () => {
  await broker.stop();
});

const log = testLog('producer');
const kinds = [
  ['@platformatic/kafka', platformaticProducer],
  ['kafkajs', kafkajsProducer],
] as const;

async function topicAndProducer(open: (typeof kinds)[number][1], recordBytesMax = 1024 * 1024) {
  const table = topicOf({ messages: ['ClockAdvanced'], key: 'none', recordBytesMax });
  const { brokers } = broker;
  await ensureTopics({ brokers, log, table: [table] });
  return { topic: table.name, producer: await open({ brokers, clientId: 'test', topic: table.name, log }) };
}

async function readAll(topic: string, count: number): Promise<readonly ProducedRecord[]> {
  const stream = await openRecordStream({ brokers: broker.brokers, clientId: 'test', log, topic, from: 0n });
  try {
    const found: ProducedRecord[] = [];
    while (found.length < count) {
      for (const { key, value, headers } of await stream.next()) {
        const texts = Object.entries(headers).map(([name, text]) => [name, String(text)]);
        found.push({ key, value: value!, headers: Object.fromEntries(texts) as Record<string, string> });
      }
    }
    return found;
  } finally {
    await stream.close();
  }
}

const numbered = (n: number): ProducedRecord => ({ key: null, value: Buffer.from(String(n)), headers: {} });
const codeOf = (error: unknown): unknown => (error instanceof Failure ? error.code : error);
const outcome = (producer: RecordProducer, records: readonly ProducedRecord[]): Promise<unknown> =>
  producer.send(records).then(() => 'sent', codeOf);

describe.each(kinds)('a record producer over %s', (_, open) => {
  it('writes records as their reader sees them, in order', async () => {
    const { topic, producer } = await topicAndProducer(open);
    const headers = { ce_id: '17.0', 'kezek-correlation': 'өтініш', empty: '' };
    const records = Array.from({ length: 700 }, (__, n) => ({
      key: n % 2 === 0 ? null : Buffer.from(`k${n}`),
      value: Buffer.alloc(n, n),
      headers: n % 3 === 0 ? {} : headers,
    }));
    await producer.send(records.slice(0, 1));
    await producer.send(records.slice(1));
    await producer.close();
    expect(await readAll(topic, records.length)).toEqual(records);
  });

  it('tells of records that the topic does not take', async () => {
    const { producer } = await topicAndProducer(open, 1_000);
    expect(await outcome(producer, [{ ...numbered(0), value: Buffer.alloc(300_000) }])).toBe('broker-unavailable');
    await producer.close();
  });
});

describe('the record producer with batches of our own', () => {
  it('keeps the order of sends that are not waited for', async () => {
    const { topic, producer } = await topicAndProducer(platformaticProducer);
    await Promise.all(Array.from({ length: 300 }, (_, n) => producer.send([numbered(n)])));
    await producer.close();
    expect(await readAll(topic, 300)).toEqual(Array.from({ length: 300 }, (_, n) => numbered(n)));
  });

  it('goes on after a connection that was lost while nothing was on its way', async () => {
    const { topic, producer } = await topicAndProducer(platformaticProducer);
    await producer.send([numbered(0)]);
    broker.proxy.cut();
    await new Promise((resolve) => setTimeout(resolve, 200));
    await producer.send([numbered(1)]);
    await producer.close();
    expect(await readAll(topic, 2)).toEqual([0, 1].map(numbered));
  });

  it('sends nothing more once a send has failed, so that nothing can come behind a gap', async () => {
    const { topic, producer } = await topicAndProducer(platformaticProducer);
    await producer.send([numbered(0)]);
    broker.proxy.weather('slow', 200);
    const lost = outcome(producer, [numbered(1)]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    broker.proxy.weather('fair');
    broker.proxy.cut();
    expect(await lost).toBe('broker-unavailable');
    expect(await outcome(producer, [numbered(2)])).toBe('broker-unavailable');
    await producer.close();

    const { brokers } = broker;
    const another = await platformaticProducer({ brokers, clientId: 'test', topic, log });
    await another.send([numbered(1), numbered(2)]);
    await another.close();
    expect((await readAll(topic, 3)).slice(-2)).toEqual([1, 2].map(numbered));
  });

  it('tells that the broker is away where a lost connection cannot be made anew', async () => {
    const { producer } = await topicAndProducer(platformaticProducer);
    await producer.send([numbered(0)]);
    broker.proxy.weather('closed');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await outcome(producer, [numbered(1)])).toBe('broker-unavailable');
    broker.proxy.weather('fair');
    await producer.close();
  });

  it('fails where no broker answers', async () => {
    const plan = { brokers: ['127.0.0.1:1'], clientId: 'test', topic: 'none', log };
    await expect(platformaticProducer(plan)).rejects.toMatchObject({ code: 'broker-unavailable' });
  });
});
