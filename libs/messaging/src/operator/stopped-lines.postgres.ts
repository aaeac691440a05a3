import type { Database } from '#storage';
import { recordAction, type Operator } from './operator-action.postgres.ts';

/** A line that waits for an operator. */
export type StoppedLine = {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly errorClass: string;
  readonly errorMessage: string;
  readonly stoppedAt: Date;
  readonly bytes: Buffer | null;
};

type Row = {
  topic: string;
  partition: number;
  kafka_offset: bigint;
  error_class: string;
  error_message: string;
  stopped_at: Date;
  value: Buffer | null;
};

/** The records that lines of an app stopped at and nobody released. */
export async function stoppedLines(database: Database): Promise<readonly StoppedLine[]> {
  const rows = await database<Row>('stopped_line').whereNull('released_at').orderBy('stopped_at').select<Row[]>();
  return rows.map((row) => ({
    topic: row.topic,
    partition: row.partition,
    offset: row.kafka_offset,
    errorClass: row.error_class,
    errorMessage: row.error_message,
    stoppedAt: row.stopped_at,
    bytes: row.value,
  }));
}

/** Lets the record that a line stopped at pass, unhandled. @returns false when no line of the app stands there */
export async function releaseLine(
  database: Database,
  { topic, partition, offset }: { readonly topic: string; readonly partition: number; readonly offset: bigint },
  operator: Operator,
): Promise<boolean> {
  return database.transaction(async (trx) => {
    const released = await trx('stopped_line')
      .where({ topic, partition, kafka_offset: offset.toString() })
      .whereNull('released_at')
      .update({
        released_at: trx.raw('clock_timestamp()'),
        released_by: operator.person,
        release_reason: operator.reason,
      });
    if (released === 1) {
      await recordAction(trx, operator, 'release-line', { topic, partition, offset: offset.toString() });
    }
    return released === 1;
  });
}
