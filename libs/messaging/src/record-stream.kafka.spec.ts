import { beforeAll, describe, expect, it } from '@jest/globals';
import { ensureTopics, kafkajsProducer, openRecordStream, type RecordStream } from '#messaging';
import { startBroker, testLog, topicOf } from '#testing';

let brokers: readonly string[];
beforeAll(async () => {
  ({ brokers } = await startBroker());
});

const log = testLog('stream');
const topic = () => topicOf({ messages: ['ClockAdvanced'], key: 'none' });

async function append(name: string, ...values: readonly string[]): Promise<void> {
  const producer = await kafkajsProducer({ brokers, clientId: 'test', topic: name, log });
  await producer.send(values.map((value) => ({ key: null, value: Buffer.from(value), headers: {} })));
  await producer.close();
}

async function taken(stream: RecordStream, count: number): Promise<readonly string[]> {
  const values: string[] = [];
  while (values.length < count) for (const { value } of await stream.next()) values.push(String(value));
  return values;
}

async function filled(...values: readonly string[]) {
  const table = topic();
  await ensureTopics({ brokers, log, table: [table] });
  await append(table.name, ...values);
  return table.name;
}

describe('a stream of records', () => {
  it('begins where it is told, and goes on with what comes later', async () => {
    const name = await filled('a', 'b', 'c');
    const stream = await openRecordStream({ brokers, clientId: 'test', log, topic: name, from: 1n });
    try {
      expect(await taken(stream, 2)).toEqual(['b', 'c']);
      const next = taken(stream, 2);
      await append(name, 'd', 'e');
      expect(await next).toEqual(['d', 'e']);
    } finally {
      await stream.close();
    }
  });

  it('waits for its reader, however slow', async () => {
    const name = await filled('a');
    const stream = await openRecordStream({ brokers, clientId: 'test', log, topic: name, from: 0n });
    try {
      expect(await taken(stream, 1)).toEqual(['a']);
      await append(name, 'b');
      await append(name, 'c');
      await new Promise((resolve) => setTimeout(resolve, 5_000));
      expect(await taken(stream, 2)).toEqual(['b', 'c']);
    } finally {
      await stream.close();
    }
  }, 30_000);

  it('tells who waits that it was closed', async () => {
    const stream = await openRecordStream({ brokers, clientId: 'test', log, topic: await filled('a'), from: 1n });
    const told = expect(stream.next()).rejects.toMatchObject({ code: 'broker-unavailable' });
    await stream.close();
    await told;
    await expect(stream.next()).rejects.toMatchObject({ code: 'broker-unavailable' });
  });
});
