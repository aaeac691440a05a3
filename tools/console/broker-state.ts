import { groupLag, type Lag, topicReport, type TopicRow } from '#messaging';
import type { Logger } from '#runtime';

/** How far one reader is behind on its topic, all partitions together. */
export type GroupRow = {
  readonly group: string;
  readonly topic: string;
  readonly state: string;
  readonly messages: number;
  readonly oldestSeconds: number;
};

/** What the broker holds and how far everybody has read, at one moment. */
export type BrokerState = {
  readonly atMs: number;
  readonly topics: readonly TopicRow[];
  readonly differences: readonly string[];
  readonly groups: readonly GroupRow[];
};

/** Asks the broker; it changes nothing. @throws whatever the Kafka client throws when no broker answers */
export async function readBrokerState(
  connection: { readonly brokers: readonly string[]; readonly log: Logger },
  nowMs: number,
): Promise<BrokerState> {
  const { rows, differences } = await topicReport(connection);
  const lags = await groupLag(connection, (group) => !group.startsWith('kezek-operator-'), nowMs);
  return { atMs: nowMs, topics: rows, differences, groups: groupRows(lags) };
}

/** One row a group and topic: partitions added up, the oldest record of any of them. */
export function groupRows(lags: readonly Lag[]): readonly GroupRow[] {
  const rows = new Map<string, GroupRow>();
  for (const { group, topic, state, messages, seconds } of lags) {
    const name = `${group} ${topic}`;
    const before = rows.get(name);
    rows.set(name, {
      group,
      topic,
      state,
      messages: (before?.messages ?? 0) + messages,
      oldestSeconds: Math.max(before?.oldestSeconds ?? 0, seconds),
    });
  }
  return [...rows.values()];
}
