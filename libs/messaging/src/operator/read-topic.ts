import { randomUUID } from 'node:crypto';
import type { Logger } from '#runtime';
import type { Admin, Consumer } from 'kafkajs';
import { kafkaClient } from '../kafka-client.ts';
import { rawRecord, type RawRecord } from '../received-record.ts';
import { topicEnds } from './topic-ends.ts';

export type ReadingPlan = {
  readonly brokers: readonly string[];
  readonly log: Logger;
  readonly topic: string;
  /** Where to begin: at the oldest record, at a time (ms), at an offset of each partition, or so many before the end. */
  readonly from: 'beginning' | { readonly timeMs: number } | { readonly offset: bigint } | { readonly last: number };
  /** Only this partition. */
  readonly partition?: number;
  /** Go on when the end is reached, until `onRecord` says stop. */
  readonly follow: boolean;
  /** Ends a reading that follows. */
  readonly signal?: AbortSignal;
};

type Range = { readonly partition: number; readonly from: bigint; readonly to: bigint };

/**
 * Reads a topic with a group of its own, which is removed afterwards; nobody's position changes. A topic that is not
 * there holds nothing.
 * @param onRecord gets each record, in order within its partition; false ends the reading
 */
export async function readTopic(plan: ReadingPlan, onRecord: (record: RawRecord) => boolean): Promise<void> {
  const kafka = kafkaClient({ brokers: plan.brokers, log: plan.log, clientId: 'kezek-operator' });
  const group = `kezek-operator-${randomUUID()}`;
  const admin = kafka.admin();
  await admin.connect();
  try {
    if (!(await admin.listTopics()).includes(plan.topic)) return;
    const ranges = await rangesOf(admin, plan);
    if (!plan.follow && ranges.every(({ from, to }) => from >= to)) return;
    const consumer = kafka.consumer({ groupId: group, maxWaitTimeInMs: 200, retry: { retries: 3 } });
    try {
      await readRanges(consumer, plan, ranges, onRecord);
    } finally {
      await consumer.disconnect();
      await admin.deleteGroups([group]).catch(() => undefined);
    }
  } finally {
    await admin.disconnect();
  }
}

async function rangesOf(admin: Admin, { topic, from, partition: only }: ReadingPlan): Promise<readonly Range[]> {
  const ends = await topicEnds(admin, topic);
  const atTime =
    typeof from === 'object' && 'timeMs' in from ? await admin.fetchTopicOffsetsByTimestamp(topic, from.timeMs) : [];
  const wantedEnds = ends.filter(({ partition }) => only === undefined || partition === only);
  return wantedEnds.map(({ partition, low: lowest, high: to }) => {
    const wanted = (): bigint => {
      if (from === 'beginning') return lowest;
      if ('offset' in from) return from.offset;
      if ('last' in from) return to - BigInt(from.last);
      const found = BigInt(atTime.find((entry) => entry.partition === partition)?.offset ?? '-1');
      return found < 0n ? to : found;
    };
    const start = wanted();
    return { partition, from: start < lowest ? lowest : start > to ? to : start, to };
  });
}

async function readRanges(
  consumer: Consumer,
  { topic, follow, signal }: ReadingPlan,
  ranges: readonly Range[],
  onRecord: (record: RawRecord) => boolean,
): Promise<void> {
  const open = new Set(ranges.filter(({ from, to }) => follow || from < to).map(({ partition }) => partition));
  await new Promise<void>((resolve, reject) => {
    const finish = (): void => {
      open.clear();
      resolve();
    };
    signal?.addEventListener('abort', finish);
    consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
    consumer.on(consumer.events.GROUP_JOIN, () => {
      for (const { partition, from } of ranges) consumer.seek({ topic, partition, offset: from.toString() });
    });
    const start = async (): Promise<void> => {
      await consumer.connect();
      await consumer.subscribe({ topics: [topic], fromBeginning: true });
      await consumer.run({
        autoCommit: false,
        eachBatch: async ({ batch: { partition, messages } }) => {
          const range = ranges.find((candidate) => candidate.partition === partition);
          for (const message of messages) {
            if (!range || !open.has(partition)) break;
            const record = rawRecord(topic, partition, message);
            if (record.offset < range.from) continue;
            if ((follow || record.offset < range.to) && !onRecord(record)) return finish();
            if (!follow && record.offset + 1n >= range.to) open.delete(partition);
          }
          if (open.size === 0) finish();
        },
      });
    };
    start().catch(reject);
  });
}
