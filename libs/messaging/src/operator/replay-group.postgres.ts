import type { Logger } from '#runtime';
import type { Database } from '#storage';
import { kafkaClient } from '../kafka-client.ts';
import { recordAction, type Operator } from './operator-action.postgres.ts';
import { topicEnds } from './topic-ends.ts';

export type ReplayRequest = {
  readonly brokers: readonly string[];
  readonly log: Logger;
  readonly group: string;
  readonly topic: string;
  readonly to: 'beginning' | { readonly timeMs: number } | { readonly offset: bigint };
};

/** A stretch of the past that is read again: from the first offset up to, not including, the second. */
export type ReplayedRange = { readonly partition: number; readonly from: bigint; readonly until: bigint };

/**
 * Asks a group to read its past again, up to where it is now, with its side effects muted: handlers run with
 * `envelope.replay` true and nothing they add to the outbox is published. Its members begin within a second.
 * @returns what will be read; a partition with a replay under way, or nothing behind it, is left out
 */
export async function requestReplay(
  database: Database,
  request: ReplayRequest,
  operator: Operator,
): Promise<readonly ReplayedRange[]> {
  const ranges = await rangesOf(request);
  const { group, topic } = request;
  return database.transaction(async (trx) => {
    const asked: ReplayedRange[] = [];
    for (const { partition, from, until } of ranges) {
      const { rowCount } = await trx.raw<{ rowCount: number }>(
        `insert into replay (group_name, topic, partition, next_offset, until_offset) values (?, ?, ?, ?, ?)
         on conflict (group_name, topic, partition) where state in ('asked', 'running') do nothing`,
        [group, topic, partition, from.toString(), until.toString()],
      );
      if (rowCount === 1) asked.push({ partition, from, until });
    }
    const subject = { group, topic, ranges: asked.map((range) => [range.partition, `${range.from}-${range.until}`]) };
    if (asked.length > 0) await recordAction(trx, operator, 'replay-group', subject);
    return asked;
  });
}

async function rangesOf({ brokers, log, group, topic, to }: ReplayRequest): Promise<readonly ReplayedRange[]> {
  const admin = kafkaClient({ brokers, log, clientId: 'kezek-operator' }).admin();
  await admin.connect();
  try {
    const ends = await topicEnds(admin, topic);
    const byTime =
      typeof to === 'object' && 'timeMs' in to ? await admin.fetchTopicOffsetsByTimestamp(topic, to.timeMs) : [];
    const [committed] = await admin.fetchOffsets({ groupId: group, topics: [topic] });
    return (committed?.partitions ?? []).flatMap(({ partition, offset }) => {
      const until = BigInt(offset);
      const low = ends.find((end) => end.partition === partition)?.low ?? 0n;
      const atTime = BigInt(byTime.find((end) => end.partition === partition)?.offset ?? -1);
      const wanted = to === 'beginning' ? low : 'offset' in to ? to.offset : atTime < 0n ? until : atTime;
      const from = wanted < low ? low : wanted;
      return until > from ? [{ partition, from, until }] : [];
    });
  } finally {
    await admin.disconnect();
  }
}
