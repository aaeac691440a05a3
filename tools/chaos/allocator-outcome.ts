import kafkajs from 'kafkajs';
import { decode, topics } from '#contracts';
import { readTopic, type RawRecord } from '#messaging';
import type { Database } from '#storage';
import { testLog } from '#testing';
import { shippedLimits } from '../../apps/allocator/src/limits.ts';
import { checkpointEveryDecisions } from './allocator-pool.ts';
import type { Outcome } from '../simulate/judge.ts';

const logTopic = topics['kezek.allocation.log'];
const checkpointsTopic = topics['kezek.allocation.checkpoints'].name;
const decisionsTopic = topics['kezek.allocation.decisions'].name;

/**
 * Writes down each transaction that moves the position, in the transaction itself, so that the judge knows of all.
 * @param direct a superuser's connections
 */
export async function watchCommits(direct: Database): Promise<void> {
  await direct.raw(`
    create table public.commits (
      id bigint generated always as identity primary key, epoch bigint not null, from_offset bigint not null, to_offset bigint not null
    );
    create function public.note_commit() returns trigger language plpgsql security definer as $$
      begin
        insert into public.commits (epoch, from_offset, to_offset) values (new.epoch, old.next_offset, new.next_offset);
        return new;
      end $$;
    create trigger note_commit after update of next_offset on allocator.log_position
      for each row execute function public.note_commit();
  `);
}

/** What is on the topics and in the tables in the end, as the judge takes it. */
export async function outcomeOf(brokers: readonly string[], direct: Database): Promise<Outcome> {
  const log = await recordsOf(brokers, logTopic.name);
  const published = await recordsOf(brokers, decisionsTopic);
  const checkpoints = await recordsOf(brokers, checkpointsTopic);
  const { rows: released } = await direct.raw<{ rows: ReleasedRow[] }>(
    `select kafka_offset, released_by, release_reason, released_at from allocator.stopped_line where released_at is not null`,
  );
  const { rows: commits } = await direct.raw<{ rows: { epoch: bigint; from_offset: bigint; to_offset: bigint }[] }>(
    'select epoch, from_offset, to_offset from public.commits order by id',
  );
  return {
    log: log.map(({ value, timestampMs }) => ({ bytes: value!, appendedAtMs: timestampMs })),
    published: published.map(({ value, headers }) => ({
      id: String(headers['ce_id']),
      value: value!,
      chain: String(headers['kezek-chain']),
    })),
    releases: new Map(
      released.map((row) => [
        row.kafka_offset,
        { person: row.released_by, reason: row.release_reason, releasedAtMs: row.released_at.getTime() },
      ]),
    ),
    commits: commits.map(({ epoch, from_offset: from, to_offset: to }) => ({ epoch, from, to })),
    checkpoints: checkpoints.map(({ value }) => value!),
    checkpointEveryDecisions,
    decisionsPerRecordMax: shippedLimits.decisionsPerRecordMax,
  };
}

/** The offset behind the last record of the log. */
export async function logEnd(brokers: readonly string[]): Promise<bigint> {
  const admin = new kafkajs.Kafka({ brokers: [...brokers], logLevel: kafkajs.logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    return BigInt((await admin.fetchTopicOffsets(logTopic.name))[0]!.high);
  } finally {
    await admin.disconnect();
  }
}

type ReleasedRow = {
  readonly kafka_offset: bigint;
  readonly released_by: string;
  readonly release_reason: string;
  readonly released_at: Date;
};

/** Entries that were written and are not on the topic, by their numbers. */
export function missingEntries({ log }: Outcome, written: number): number {
  const numbers = new Set<bigint>();
  for (const { bytes } of log) {
    try {
      const { value } = decode(bytes, logTopic.messages);
      numbers.add((value as { readonly number: bigint }).number);
    } catch {
      // What nobody can read was put there by the load.
    }
  }
  return written - numbers.size;
}

async function recordsOf(brokers: readonly string[], topic: string): Promise<readonly RawRecord[]> {
  const records: RawRecord[] = [];
  await readTopic({ brokers, log: testLog('outcome'), topic, from: 'beginning', follow: false }, (record) => {
    records.push(record);
    return true;
  });
  return records;
}
