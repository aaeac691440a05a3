import type { Topic } from '#contracts';
import type { Logger } from '#runtime';
import type { Database, Transaction } from '#storage';
import { within } from './deadline.ts';
import type { RecordMethod } from './handlers.ts';
import { headersFromJson, storable } from './headers.ts';
import { problemOf, treatmentOf, type Problem } from './problem.ts';
import type { RawRecord } from './received-record.ts';
import { unitsOf, type Reading } from './unit.ts';

export type ReleasePlan = {
  readonly database: Database;
  readonly topic: Topic;
  readonly reading: Reading;
  readonly method: RecordMethod;
  readonly deadlineMs: number;
  readonly log: Logger;
};

type KeyRow = { readonly key: Buffer; readonly release_head: 'again' | 'drop' };
type RecordRow = {
  readonly id: bigint;
  readonly partition: number;
  readonly kafka_offset: bigint;
  readonly part: number;
  readonly record_key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Parameters<typeof headersFromJson>[0];
  readonly timestamp_ms: bigint;
};

/**
 * Handles the records of the keys that an operator released, each in its old order, until its line is empty or a
 * record fails again. Any member may do it; one at a time does, and readers that add to the line wait meanwhile.
 */
export async function drainReleased(plan: ReleasePlan, mayContinue: () => boolean): Promise<void> {
  const keys = await plan
    .database<KeyRow>('parked_key')
    .where({ topic: plan.topic.name } as never)
    .whereNotNull('release_requested_at')
    .orderBy('release_requested_at')
    .select<KeyRow[]>('key');
  for (const { key } of keys) {
    while (mayContinue() && (await handleHead(plan, key)) === 'more');
  }
}

async function handleHead(plan: ReleasePlan, key: Buffer): Promise<'more' | 'over'> {
  const { database, topic, deadlineMs, log } = plan;
  try {
    return await database.transaction((trx) => handleHeadIn(plan, key, trx));
  } catch (error) {
    if (treatmentOf(error) === 'wait') throw error;
    const problem = problemOf(error, 1);
    log.warn({ event: 'release-failed', topic: topic.name, key: key.toString('hex'), deadlineMs, ...problem });
    await database.transaction((trx) => parkAgain(trx, topic.name, key, problem));
    return 'over';
  }
}

async function handleHeadIn(plan: ReleasePlan, key: Buffer, trx: Transaction): Promise<'more' | 'over'> {
  const { topic, log } = plan;
  const { rows: keyRows } = await trx.raw<{ rows: KeyRow[] }>(
    `select key, release_head from parked_key where topic = ? and key = ? and release_requested_at is not null
     for update skip locked`,
    [topic.name, key],
  );
  const keyRow = keyRows[0];
  if (!keyRow) return 'over';
  const head = await trx('parked_record')
    .where({ topic: topic.name, key })
    .orderBy('id')
    .first<RecordRow | undefined>();
  if (!head) {
    await trx('parked_key').where({ topic: topic.name, key }).delete();
    log.info({ event: 'key-released', topic: topic.name, key: key.toString('hex') });
    return 'over';
  }
  const drop = keyRow.release_head === 'drop';
  if (!drop) await handleParked(plan, head, trx);
  await trx('parked_record').where({ id: head.id.toString() }).delete();
  await trx('parked_key').where({ topic: topic.name, key }).update({ release_head: 'again' });
  await trx('inbox')
    .where({
      topic: topic.name,
      partition: head.partition,
      kafka_offset: head.kafka_offset.toString(),
      part: head.part,
    })
    .update({ outcome: drop ? 'dropped' : 'handled', handled_at: trx.raw('clock_timestamp()') });
  return 'more';
}

async function handleParked(plan: ReleasePlan, head: RecordRow, trx: Transaction): Promise<void> {
  const record: RawRecord = {
    topic: plan.topic.name,
    partition: head.partition,
    offset: head.kafka_offset,
    key: head.record_key,
    value: head.value,
    headers: headersFromJson(head.headers),
    timestampMs: Number(head.timestamp_ms),
  };
  const unit = unitsOf(record, plan.reading, false).find(({ envelope }) => envelope.part === head.part);
  if (!unit) throw new RangeError(`the record has no part ${head.part} any more`);
  if ('unreadable' in unit.content) throw unit.content.unreadable;
  await within(plan.method(unit.content.received, trx), plan.deadlineMs, 'handler-overdue', 'the handler');
}

async function parkAgain(trx: Transaction, topic: string, key: Buffer, problem: Problem): Promise<void> {
  await trx('parked_key')
    .where({ topic, key })
    .update({
      release_requested_at: null,
      error_class: problem.errorClass,
      error_message: storable(problem.message),
      attempts: trx.raw('attempts + 1'),
      last_failed_at: trx.raw('clock_timestamp()'),
    });
}
