import type { Logger } from '#runtime';
import { kafkaClient } from '../kafka-client.ts';
import { readTopic } from './read-topic.ts';

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
      for (const { topic, partitions } of await admin.fetchOffsets({ groupId: group })) {
        const ends = await admin.fetchTopicOffsets(topic);
        for (const { partition, offset } of partitions) {
          const end = ends.find((entry) => entry.partition === partition);
          const position = BigInt(offset);
          const from = position < 0n ? BigInt(end?.low ?? 0) : position;
          const highest = BigInt(end?.high ?? 0);
          const messages = Number(highest > from ? highest - from : 0n);
          const committed = position < 0n ? undefined : position;
          lags.push({ group, topic, partition, committed, end: highest, messages, seconds: 0, state });
        }
      }
    }
    const aged: Lag[] = [];
    for (const lag of lags) aged.push(await withAge(lag, { brokers, log }, nowMs));
    return aged;
  } finally {
    await admin.disconnect();
  }
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
