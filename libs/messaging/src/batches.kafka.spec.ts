import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Topic } from '#contracts';
import { Failure } from '#runtime';
import { releaseLine } from './operator/stopped-lines.postgres.ts';
import {
  eventually,
  hastyLimits,
  MessagingRig,
  startBroker,
  startDatabase,
  startMember,
  topicOf,
  type TestDatabase,
} from '#testing';
import type { Batch, Line, MessagingLimits } from '#messaging';

let database: TestDatabase;
let rig: MessagingRig;

beforeAll(async () => {
  const { brokers } = await startBroker();
  database = await startDatabase();
  rig = await MessagingRig.open(brokers, database.urlOf('allocator'), 'allocator');
  await rig.relay();
});
afterAll(async () => {
  await rig.close();
  await database.stop();
});

const log = (): Topic =>
  topicOf({ messages: ['ClockAdvanced'], key: 'none', failurePolicy: 'stop-the-line', timestamps: 'append' });

const numbers = (from: number, to: number): { key: null; n: number }[] =>
  Array.from({ length: to - from + 1 }, (_, index) => ({ key: null, n: from + index }));

/** An owner of its position, in memory, that survives its members as a database would. */
class Owner {
  next = 0n;
  readonly seen: (number | string)[] = [];
  readonly member: Promise<Awaited<ReturnType<typeof startMember>>>;

  constructor(
    topic: Topic,
    read: (batch: Batch, line: Line, owner: Owner) => Promise<void>,
    limits: Partial<MessagingLimits> = {},
  ) {
    this.member = startMember({
      app: 'rig',
      brokers: rig.brokers,
      database: rig.database,
      limits: { ...hastyLimits, ...limits },
      positions: { [topic.name]: async () => this.next },
      handlers: [{ topic, batch: (batch, line) => read(batch, line, this) }],
    });
  }

  take(batch: Batch): 'unreadable' | undefined {
    for (const item of batch) {
      if (item.kind === 'unreadable') return 'unreadable';
      this.seen.push(item.kind === 'record' && item.name === 'ClockAdvanced' ? Number(item.value.number) : item.kind);
      this.next = item.offset + 1n;
    }
    return undefined;
  }

  async stop(): Promise<void> {
    await (await this.member).stop();
  }
}

const readAll = async (batch: Batch, line: Line, owner: Owner): Promise<void> => {
  expect(batch.firstOffset).toBe(owner.next);
  owner.take(batch);
  line.commit(batch.nextOffset);
};

describe('a batch handler', () => {
  it('gets every record once, in order, with the time the broker stamped', async () => {
    const topic = log();
    await rig.topics(topic);
    await rig.send(topic, numbers(1, 500));
    const stamps: number[] = [];
    const owner = new Owner(topic, async (batch, line, self) => {
      for (const item of batch) stamps.push(item.appendedAtMs);
      await readAll(batch, line, self);
    });
    await eventually(async () => owner.seen.length === 500);
    await owner.stop();
    expect(owner.seen).toEqual(numbers(1, 500).map(({ n }) => n));
    expect(Math.abs(stamps[0]! - Date.now())).toBeLessThan(60_000);
  });

  it('goes on from the position its owner says, before or behind what Kafka remembers', async () => {
    const topic = log();
    await rig.topics(topic);
    await rig.send(topic, numbers(1, 100));
    const first = new Owner(topic, readAll);
    await eventually(async () => first.seen.length === 100);
    await first.stop();
    for (const position of [40n, 0n, 99n]) {
      const again = new Owner(topic, readAll);
      again.next = position;
      await eventually(async () => again.next === 100n);
      await again.stop();
      expect(again.seen).toEqual(numbers(Number(position) + 1, 100).map(({ n }) => n));
    }
  });

  it('is given the same again, from its own position, after it throws', async () => {
    const topic = log();
    await rig.topics(topic);
    await rig.send(topic, numbers(1, 50));
    let throws = 2;
    const owner = new Owner(topic, async (batch, line, self) => {
      for (const item of batch) {
        if (item.offset === 20n && throws-- > 0) throw new Error('a crash in the middle');
        if (item.offset >= self.next && item.kind === 'record' && item.name === 'ClockAdvanced') {
          self.seen.push(Number(item.value.number));
          self.next = item.offset + 1n;
        }
      }
      line.commit(self.next);
    });
    await eventually(async () => owner.seen.length === 50);
    await owner.stop();
    expect(owner.seen).toEqual(numbers(1, 50).map(({ n }) => n));
  });

  it('stops the line at a record, and finds it released in its place', async () => {
    const topic = log();
    await rig.topics(topic);
    await rig.send(topic, [
      ...numbers(1, 10),
      { key: null, n: Buffer.from('what is this') },
      ...numbers(12, 20),
    ] as never);
    const releases: unknown[] = [];
    const owner = new Owner(topic, async (batch, line, self) => {
      for (const item of batch) {
        if (item.kind === 'released') releases.push([item.person, item.reason, item.bytes]);
        if (item.kind === 'unreadable') {
          const stop = line.stop(item.offset, item.failure);
          return stop;
        }
        if (item.offset < self.next) continue;
        self.seen.push(item.kind === 'record' && item.name === 'ClockAdvanced' ? Number(item.value.number) : item.kind);
        self.next = item.offset + 1n;
      }
      line.commit(batch.nextOffset);
    });
    const { transport } = await owner.member;
    await eventually(async () => String(transport.ready.problem()).includes('offset 10, not-framed'));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(owner.seen).toEqual(numbers(1, 10).map(({ n }) => n));
    const place = { topic: topic.name, partition: 0, offset: 10n };
    const operator = { person: 'Aigerim', reason: 'written by a test' };
    expect(await releaseLine(rig.database, { ...place, offset: 11n }, operator)).toBe(false);
    expect(await releaseLine(rig.database, place, operator)).toBe(true);
    await eventually(async () => owner.seen.length === 20);
    expect(owner.seen.slice(10)).toEqual(['released', ...numbers(12, 20).map(({ n }) => n)]);
    expect(releases).toEqual([['Aigerim', 'written by a test', Buffer.from('what is this')]]);
    await eventually(async () => transport.ready.problem() === undefined);
    await eventually(async () => (await rig.readAll(`${topic.name}.dlq`)).length === 1);
    await owner.stop();
  });

  it('stops the line at a record that its owner finds impossible', async () => {
    const topic = log();
    await rig.topics(topic);
    await rig.send(topic, numbers(1, 5));
    const owner = new Owner(topic, async (batch, line) => {
      for (const item of batch) {
        if (item.offset === 3n) return line.stop(3n, new Failure('message-impossible', 'its time is ahead'));
      }
      line.commit(batch.nextOffset);
    });
    const { transport } = await owner.member;
    await eventually(async () => String(transport.ready.problem()).includes('offset 3, message-impossible'));
    await owner.stop();
  });

  it('refuses to go on behind a hole, and where the log is shorter than the position', async () => {
    const topic = log();
    await rig.topics(topic);
    await rig.send(topic, numbers(1, 10));
    const admin = rig.kafka.admin();
    await admin.connect();
    await admin.fetchTopicOffsets(topic.name); // kafkajs deletes only on topics it has asked about
    await admin.deleteTopicRecords({ topic: topic.name, partitions: [{ partition: 0, offset: '5' }] });
    await admin.disconnect();
    const owner = new Owner(topic, readAll);
    const { transport } = await owner.member;
    await eventually(async () => String(transport.ready.problem()).includes('offset 0 is not there'));
    await owner.stop();
    const ahead = new Owner(topic, readAll);
    ahead.next = 25n;
    const { transport: second } = await ahead.member;
    await eventually(async () => String(second.ready.problem()).includes('offset 25 is not there'));
    await ahead.stop();
    expect([...owner.seen, ...ahead.seen]).toEqual([]);
  });

  it('is given no more than so many bytes beyond what it has committed', async () => {
    const topic = log();
    await rig.topics(topic);
    for (let round = 0; round < 20; round += 1) await rig.send(topic, numbers(round * 100 + 1, round * 100 + 100));
    let line: Line | undefined;
    const owner = new Owner(
      topic,
      async (batch, given, self) => {
        self.take(batch);
        line = given;
      },
      { fetchBytesPerPartition: 4_096, bytesUnsettledMax: 8_192 },
    );
    await eventually(async () => owner.seen.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const held = owner.seen.length;
    expect(held).toBeLessThan(2_000);
    const committing = setInterval(() => line?.commit(owner.next), 10);
    await eventually(async () => owner.seen.length === 2_000, 60_000);
    clearInterval(committing);
    await owner.stop();
    expect(owner.seen).toEqual(numbers(1, 2_000).map(({ n }) => n));
  });
});
