import { createConnection } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Kafka, logLevel } from 'kafkajs';
import { startBroker, startOwnBroker } from './index.ts';

const topics = ['test.services.a', 'test.services.b'];

function clientOf(brokers: readonly string[]): Kafka {
  return new Kafka({ clientId: 'test', brokers: [...brokers], logLevel: logLevel.NOTHING });
}

describe('the broker of a jest run', () => {
  it('is one for all who ask, and keeps a record of eight mebibytes', async () => {
    const [first, second] = await Promise.all([startBroker(), startBroker()]);
    expect(second.brokers).toEqual(first.brokers);
    const kafka = clientOf(first.brokers);
    const admin = kafka.admin();
    await admin.connect();
    await admin.createTopics({ topics: topics.map((topic) => ({ topic, numPartitions: 1 })) });
    const producer = kafka.producer();
    await producer.connect();
    const [sent] = await producer.send({
      topic: 'test.services.a',
      messages: [{ value: Buffer.alloc(8 * 1024 * 1024) }],
    });
    expect(sent?.errorCode).toBe(0);
    await producer.disconnect();
    await admin.disconnect();
  });

  it('makes no topic because somebody wrote to it', async () => {
    const kafka = clientOf((await startBroker()).brokers);
    const producer = kafka.producer({ retry: { retries: 0 } });
    await producer.connect();
    await expect(producer.send({ topic: 'test.nobody.made', messages: [{ value: 'x' }] })).rejects.toThrow();
    await producer.disconnect();
  });
});

describe('a broker of its own', () => {
  let broker: Awaited<ReturnType<typeof startOwnBroker>>;
  beforeAll(async () => {
    broker = await startOwnBroker();
  });
  afterAll(() => broker.stop());

  it('keeps its records and its address when it is killed and started again', async () => {
    const admin = clientOf(broker.brokers).admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic: 'test.kept', numPartitions: 1 }] });
    await admin.disconnect();
    await broker.kill();
    expect(await answers(broker.brokers[0])).toBe(false);
    await broker.restart();
    const again = clientOf(broker.brokers).admin();
    await again.connect();
    expect(await again.listTopics()).toContain('test.kept');
    await again.disconnect();
  });
});

function answers(address = ''): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port: Number(address.split(':')[1]) });
    socket.once('connect', () => socket.end(() => resolve(true)));
    socket.once('error', () => resolve(false));
  });
}
