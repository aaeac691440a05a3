import { topics } from '#contracts';
import type { Logger } from '#runtime';
import type { Admin } from 'kafkajs';
import { kafkaClient } from '../kafka-client.ts';
import { readTopic } from './read-topic.ts';
import { topicEnds } from './topic-ends.ts';

/** How far behind a group is in one partition. */
export type Lag = {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  /** The group's committed offset; undefined before its first commit. */
  readonly committed: bigint | undefined;
  readonly end: bigint;
  readonly messages: number;
  /** Age of the oldest record that is not settled, s; 0 where there is none. */
  readonly seconds: number;
  /** `Stable`, `Empty` (nobody reads), `PreparingRebalance`, … */
  readonly state: string;
};

/** The lag of every group whose name passes, as Kafka knows it, with the age of the oldest record that waits. */
export async function groupLag(
  { brokers, log }: { readonly brokers: readonly string[]; readonly log: Logger },
  isWanted: (group: string) => boolean,
  nowMs: number,
): Promise<readonly Lag[]> {
  const admin = kafkaClient({ brokers, log, clientId: 'kezek-operator' }).admin();
  await admin.connect();
  try {
    const { groups } = await admin.listGroups();
    const wanted = groups
      .map(({ groupId }) => groupId)
      .filter(isWanted)
      .sort();
    const { groups: described } = wanted.length === 0 ? { groups: [] } : await admin.describeGroups(wanted);
    const lags: Lag[] = [];
    for (const group of wanted) {
      const state = described.find(({ groupId }) => groupId === group)?.state ?? 'Unknown';
      lags.push(...(await lagsOf(admin, group, state)));
    }
    const aged: Lag[] = [];
    for (const lag of lags) aged.push(await withAge(lag, { brokers, log }, nowMs));
    return aged;
  } finally {
    await admin.disconnect();
  }
}

async function lagsOf(admin: Admin, group: string, state: string): Promise<readonly Lag[]> {
  const positions = await admin.fetchOffsets({ groupId: group });
  // Kafka tells only of partitions with a commit; in the others all there is waits.
  const read = Object.values(topics).filter(({ name }) => group.endsWith(`.${name.replace(/^kezek\./, '')}`));
  const names = new Set([...positions.map(({ topic }) => topic), ...read.map(({ name }) => name)]);
  const lags: Lag[] = [];
  for (const topic of names) {
    for (const { partition, low, high } of await topicEnds(admin, topic)) {
      const known = positions.find((each) => each.topic === topic)?.partitions;
      const offset = BigInt(known?.find((each) => each.partition === partition)?.offset ?? -1);
      const committed = offset < 0n ? undefined : offset;
      const from = committed ?? low;
      const messages = Number(high > from ? high - from : 0n);
      lags.push({ group, topic, partition, committed, end: high, messages, seconds: 0, state });
    }
  }
  return lags;
}

async function withAge(lag: Lag, connection: { brokers: readonly string[]; log: Logger }, nowMs: number): Promise<Lag> {
  if (lag.messages === 0) return lag;
  const offset = lag.end - BigInt(lag.messages);
  let oldestMs: number | undefined;
  const plan = { ...connection, topic: lag.topic, partition: lag.partition, from: { offset }, follow: false } as const;
  await readTopic(plan, (record) => {
    oldestMs = record.timestampMs;
    return false;
  });
  return { ...lag, seconds: oldestMs === undefined ? 0 : Math.max(0, (nowMs - oldestMs) / 1_000) };
}
