import type { Database, Transaction } from '#storage';
import type { InboxKey } from './inbox.postgres.ts';

/** The past of one partition that a group reads again with its side effects muted. */
export type Replay = { readonly id: bigint; readonly nextOffset: bigint; readonly untilOffset: bigint };

type Row = { id: bigint; next_offset: bigint; until_offset: bigint };

/** The replay under way in a partition, now marked as running; undefined where there is none. */
export async function openReplay(
  database: Database,
  group: string,
  topic: string,
  partition: number,
): Promise<Replay | undefined> {
  const [row] = await database('replay')
    .where({ group_name: group, topic, partition })
    .whereIn('state', ['asked', 'running'])
    .update({ state: 'running' })
    .returning<Row[]>(['id', 'next_offset', 'until_offset']);
  return row && { id: row.id, nextOffset: row.next_offset, untilOffset: row.until_offset };
}

/** Partitions of a group for which an operator asked a replay that no member has begun. */
export async function askedReplays(
  database: Database,
  group: string,
): Promise<readonly { readonly topic: string; readonly partition: number }[]> {
  return database('replay').where({ group_name: group, state: 'asked' }).select('topic', 'partition');
}

/**
 * Makes this transaction a muted one: what is added to the outbox in it is not.
 * @returns for each record whether it was handled before; what waits or was left out stays so
 */
export async function muteAndRecall(
  trx: Transaction,
  keys: readonly InboxKey[],
  deadlineMs: number,
): Promise<readonly boolean[]> {
  const { rows } = await trx.raw<{ rows: { n: bigint; outcome: string | null }[] }>(
    `with muted as materialized (
       select set_config('transaction_timeout', ?, true), set_config('kezek.muted', 'on', true)
     )
     select n, outcome from unnest(?::text[], ?::int[], ?::bigint[], ?::int[])
       with ordinality as r (topic, partition, kafka_offset, part, n) cross join muted
     left join inbox using (topic, partition, kafka_offset, part) order by n`,
    [
      String(deadlineMs),
      keys.map(({ origin }) => origin.topic),
      keys.map(({ origin }) => origin.partition),
      keys.map(({ origin }) => origin.offset.toString()),
      keys.map(({ part }) => part),
    ] as never[],
  );
  // The inbox forgets old records; one it does not know was handled long ago.
  return rows.map(({ outcome }) => outcome === null || outcome === 'handled');
}

/** Notes how far a replay is; it is done once it has reached the place where it was asked. */
export async function noteReplay(trx: Transaction, { id, untilOffset }: Replay, nextOffset: bigint): Promise<void> {
  await trx('replay')
    .where({ id: id.toString() })
    .update({ next_offset: nextOffset.toString(), state: nextOffset >= untilOffset ? 'done' : 'running' });
}

/** Ends a replay that cannot go on. */
export async function failReplay(database: Database, { id }: Replay, error: string): Promise<void> {
  await database('replay').where({ id: id.toString() }).update({ state: 'failed', error });
}
