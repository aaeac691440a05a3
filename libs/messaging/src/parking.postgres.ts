import type { Transaction } from '#storage';
import { headersToJson, storable, type Headers } from './headers.ts';
import type { Problem } from './problem.ts';
import type { RawRecord } from './received-record.ts';

/** A record to set aside with its key. `parkedBy` is the key that waits: the record's own, or that of one part of it. */
export type ParkedUnit = { readonly record: RawRecord; readonly part: number; readonly parkedBy: Buffer };

/**
 * Which of these keys are parked on the topic. The rows are held until the transaction ends, so that a release that
 * drains a key and a reader that adds to it take turns.
 * @returns the keys as hex
 */
export async function parkedKeysAmong(
  trx: Transaction,
  topic: string,
  keys: readonly Buffer[],
): Promise<ReadonlySet<string>> {
  const { rows } = await trx.raw<{ rows: { key: Buffer }[] }>(
    'select key from parked_key where topic = ? and key = any(?::bytea[]) order by key for share',
    [topic, keys as Buffer[] as never],
  );
  return new Set(rows.map(({ key }) => key.toString('hex')));
}

/** Parks a key because of a record that failed for good, with that record at the head of its line. */
export async function parkKey(trx: Transaction, topic: string, unit: ParkedUnit, problem: Problem): Promise<void> {
  await trx.raw(
    `insert into parked_key (topic, key, error_class, error_message, attempts) values (?, ?, ?, ?, ?)
     on conflict (topic, key) do update set last_failed_at = clock_timestamp()`,
    [topic, unit.parkedBy, problem.errorClass, storable(problem.message), problem.attempts],
  );
  await appendParked(trx, topic, [unit]);
}

/** Puts records at the end of the lines of their parked keys, in the given order. */
export async function appendParked(trx: Transaction, topic: string, units: readonly ParkedUnit[]): Promise<void> {
  await trx('parked_record').insert(
    units.map(({ record, part, parkedBy }) => ({
      topic,
      key: parkedBy,
      partition: record.partition,
      kafka_offset: record.offset.toString(),
      part,
      record_key: record.key,
      value: record.value,
      headers: headersToJson(record.headers as Headers),
      timestamp_ms: record.timestampMs,
    })),
  );
}
