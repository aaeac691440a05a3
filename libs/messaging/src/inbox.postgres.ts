import type { Transaction } from '#storage';
import type { Origin } from './envelope.ts';

/**
 * What became of a record. `parked`, `retrying` and `dead` wait for something and may still become `handled`;
 * `redriving` is a dead one on its way back; `dropped` and `released` are an operator's word that it is not handled.
 */
export type Outcome = 'handled' | 'parked' | 'retrying' | 'dead' | 'redriving' | 'dropped' | 'released';

/** One record, or one part of one, as the inbox knows it. */
export type InboxKey = {
  readonly origin: Origin;
  readonly part: number;
  readonly eventId: string | undefined;
  /** 1 for the first time, one more for each retry topic. */
  readonly attempt: number;
  /** True when an operator drives a dead letter again. */
  readonly redriven: boolean;
};

/**
 * Enters records into the inbox, in the transaction that handles them: which of them are new here. A row that another
 * member is just writing is waited for. A retried or re-driven record takes over the row that its failure left; where it
 * lies more than once among these, as after a relay that published it twice, the first of them does.
 * @param deadlineMs how long this transaction may last before Postgres itself ends it
 * @returns for each record whether it is to be handled (false: a repeat)
 */
export async function claim(
  trx: Transaction,
  keys: readonly InboxKey[],
  outcome: Outcome,
  deadlineMs: number,
): Promise<readonly boolean[]> {
  const { rows } = await trx.raw<{ rows: { n: bigint }[] }>(
    `with bounded as materialized (
       select set_config('transaction_timeout', ?, true), set_config('kezek.muted', 'off', true)
     ), record as materialized (
       select * from unnest(?::text[], ?::int[], ?::bigint[], ?::int[], ?::text[], ?::int[], ?::boolean[])
         with ordinality as r (topic, partition, kafka_offset, part, event_id, attempt, redriven, n), bounded
     ), entered as (
       insert into inbox (topic, partition, kafka_offset, part, event_id, attempt, outcome)
       select topic, partition, kafka_offset, part, event_id, attempt, ? from record
       where attempt = 1 and not redriven order by n
       on conflict do nothing
       returning topic, partition, kafka_offset, part, attempt, false as redriven
     ), taken_over as (
       update inbox set outcome = ?, attempt = record.attempt, handled_at = clock_timestamp()
       from record
       where (record.attempt > 1 or record.redriven)
         and inbox.topic = record.topic and inbox.partition = record.partition
         and inbox.kafka_offset = record.kafka_offset and inbox.part = record.part
         and case when record.attempt > 1 then inbox.outcome = 'retrying' and inbox.attempt = record.attempt - 1
                  else inbox.outcome in ('dead', 'redriving') end
       returning inbox.topic, inbox.partition, inbox.kafka_offset, inbox.part, record.attempt, record.redriven
     )
     select min(n) as n from record join (select * from entered union all select * from taken_over) as mine
       using (topic, partition, kafka_offset, part, attempt, redriven)
     group by topic, partition, kafka_offset, part`,
    [
      String(deadlineMs),
      keys.map(({ origin }) => origin.topic),
      keys.map(({ origin }) => origin.partition),
      keys.map(({ origin }) => origin.offset.toString()),
      keys.map(({ part }) => part),
      keys.map(({ eventId }) => eventId ?? null),
      keys.map(({ attempt }) => attempt),
      keys.map(({ redriven }) => redriven),
      outcome,
      outcome,
    ] as never[],
  );
  const mine = new Set(rows.map(({ n }) => Number(n)));
  return keys.map((_, index) => mine.has(index + 1));
}

/** Notes that something else became of records which were entered as handled in this transaction. */
export async function enterAs(trx: Transaction, outcome: Outcome, keys: readonly InboxKey[]): Promise<void> {
  await trx.raw(
    `update inbox set outcome = ?
     from unnest(?::text[], ?::int[], ?::bigint[], ?::int[]) as r (topic, partition, kafka_offset, part)
     where inbox.topic = r.topic and inbox.partition = r.partition
       and inbox.kafka_offset = r.kafka_offset and inbox.part = r.part`,
    [
      outcome,
      keys.map(({ origin }) => origin.topic),
      keys.map(({ origin }) => origin.partition),
      keys.map(({ origin }) => origin.offset.toString()),
      keys.map(({ part }) => part),
    ] as never[],
  );
}
