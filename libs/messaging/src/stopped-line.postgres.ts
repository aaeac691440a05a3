import type { Database, Transaction } from '#storage';
import { headersToJson, storable } from './headers.ts';
import type { Problem } from './problem.ts';
import type { RawRecord } from './received-record.ts';

/** What an operator said when letting a record pass. */
export type Release = {
  readonly offset: bigint;
  readonly person: string;
  readonly reason: string;
  readonly releasedAtMs: number;
};

type ReleaseRow = { kafka_offset: bigint; released_by: string; release_reason: string; released_at: Date };

const releaseOf = (row: ReleaseRow): Release => ({
  offset: row.kafka_offset,
  person: row.released_by,
  reason: row.release_reason,
  releasedAtMs: row.released_at.getTime(),
});

/** Keeps the record a line stopped at, once, with its bytes and the reason. @returns false when it was kept before */
export async function keepStop(trx: Transaction | Database, record: RawRecord, problem: Problem): Promise<boolean> {
  const { rowCount } = await trx.raw<{ rowCount: number }>(
    `insert into stopped_line (topic, partition, kafka_offset, key, value, headers, error_class, error_message)
     values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing`,
    [
      record.topic,
      record.partition,
      record.offset.toString(),
      record.key,
      record.value,
      headersToJson(record.headers),
      problem.errorClass,
      storable(problem.message),
    ],
  );
  return rowCount === 1;
}

/** The release of one record, or undefined while nobody released it. */
export async function releaseAt(
  database: Transaction | Database,
  { topic, partition, offset }: Pick<RawRecord, 'topic' | 'partition' | 'offset'>,
): Promise<Release | undefined> {
  const row = await database<ReleaseRow>('stopped_line')
    .where({ topic, partition, kafka_offset: offset.toString() } as never)
    .whereNotNull('released_at')
    .first<ReleaseRow | undefined>('kafka_offset', 'released_by', 'release_reason', 'released_at');
  return row && releaseOf(row);
}

/** All releases of a partition from an offset on. */
export async function releasesFrom(
  database: Database,
  topic: string,
  partition: number,
  offset: bigint,
): Promise<readonly Release[]> {
  const rows = await database('stopped_line')
    .where({ topic, partition })
    .where('kafka_offset', '>=', offset.toString())
    .whereNotNull('released_at')
    .orderBy('kafka_offset')
    .select<ReleaseRow[]>('kafka_offset', 'released_by', 'release_reason', 'released_at');
  return rows.map(releaseOf);
}

/** Which of these records of one partition an operator released, by offset. */
export async function releasesAmong(trx: Transaction, records: readonly RawRecord[]): Promise<ReadonlySet<bigint>> {
  const first = records[0];
  if (!first) return new Set();
  const rows = await trx('stopped_line')
    .where({ topic: first.topic, partition: first.partition })
    .whereIn(
      'kafka_offset',
      records.map(({ offset }) => offset.toString()),
    )
    .whereNotNull('released_at')
    .select<{ kafka_offset: bigint }[]>('kafka_offset');
  return new Set(rows.map(({ kafka_offset }) => kafka_offset));
}
