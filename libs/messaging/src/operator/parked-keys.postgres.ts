import type { Database } from '#storage';
import { recordAction, type Operator } from './operator-action.postgres.ts';

/** A key that waits, with all that waits behind it. */
export type ParkedKey = {
  readonly topic: string;
  readonly key: string;
  readonly records: number;
  readonly errorClass: string;
  readonly errorMessage: string;
  readonly attempts: number;
  readonly firstFailedAt: Date;
  readonly lastFailedAt: Date;
  /** A release was asked for and is under way. */
  readonly releasing: boolean;
};

type Row = {
  topic: string;
  key: Buffer;
  records: bigint;
  error_class: string;
  error_message: string;
  attempts: number;
  first_failed_at: Date;
  last_failed_at: Date;
  release_requested_at: Date | null;
};

/** The parked keys of an app, the longest parked first. */
export async function parkedKeys(database: Database, topic?: string): Promise<readonly ParkedKey[]> {
  const { rows } = await database.raw<{ rows: Row[] }>(
    `select parked_key.*, (select count(*) from parked_record r where r.topic = parked_key.topic and r.key = parked_key.key)
       as records
     from parked_key where ?::text is null or topic = ? order by first_failed_at`,
    [topic ?? null, topic ?? null] as never[],
  );
  return rows.map((row) => ({
    topic: row.topic,
    key: row.key.toString('utf8'),
    records: Number(row.records),
    errorClass: row.error_class,
    errorMessage: row.error_message,
    attempts: row.attempts,
    firstFailedAt: row.first_failed_at,
    lastFailedAt: row.last_failed_at,
    releasing: row.release_requested_at !== null,
  }));
}

/**
 * Asks the app to handle a parked key's records in their old order. Its members see the request within a second; a
 * record that fails again leaves the key parked.
 * @param head `drop` leaves out the first record, for good
 * @returns false when the key is not parked
 */
export async function requestRelease(
  database: Database,
  { topic, key, head }: { readonly topic: string; readonly key: string; readonly head: 'again' | 'drop' },
  operator: Operator,
): Promise<boolean> {
  return database.transaction(async (trx) => {
    const found = await trx('parked_key')
      .where({ topic, key: Buffer.from(key) })
      .update({
        release_requested_at: trx.raw('clock_timestamp()'),
        release_person: operator.person,
        release_reason: operator.reason,
        release_head: head,
      });
    if (found === 1) await recordAction(trx, operator, 'release-key', { topic, key, head });
    return found === 1;
  });
}
