import kafkajs from 'kafkajs';
import { startRelay, type AddToOutbox } from '#messaging';
import type { Database } from '#storage';
import { testLog } from '#testing';
import type { ReaderBench } from './messaging-readers.ts';

const rowsAtOnce = 500;
const keys = 64;
const warmUpSeconds = 3;

export type OutboxRecord = { readonly key: Buffer; readonly value: Buffer; readonly headers: Record<string, string> };

/** Adds as many rows to the outbox as the bench reads, over 64 keys. */
export async function fillOutbox({ database, topic, count, add }: ReaderBench & { add: AddToOutbox }): Promise<void> {
  for (let first = 0; first < count; first += rowsAtOnce) {
    const messages = Array.from({ length: Math.min(rowsAtOnce, count - first) }, (_, index) => {
      const value = { number: BigInt(first + index), atMs: 1_790_000_000_000 + index };
      return { topic: topic.name, key: `k${index % keys}`, name: 'ClockAdvanced' as const, value };
    });
    await database.transaction((trx) => add.all(trx, messages));
  }
}

/** What lies in the outbox, as a producer takes it. */
export async function rowsOf(database: Database): Promise<readonly OutboxRecord[]> {
  return database('outbox').orderBy('id').select<OutboxRecord[]>('key', 'value', 'headers');
}

/** The same records through a bare idempotent producer, 500 a send. @returns records/s */
export async function bareSends({
  brokers,
  topic,
  rows,
}: ReaderBench & { rows: readonly OutboxRecord[] }): Promise<number> {
  const kafka = new kafkajs.Kafka({ brokers: [...brokers], logLevel: kafkajs.logLevel.NOTHING });
  const createPartitioner = kafkajs.Partitioners.DefaultPartitioner;
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1, createPartitioner });
  await producer.connect();
  await producer.send({ topic: topic.name, acks: -1, messages: rows.slice(0, rowsAtOnce) as never });
  const startedMs = performance.now();
  for (let first = 0; first < rows.length; first += rowsAtOnce) {
    await producer.send({ topic: topic.name, acks: -1, messages: rows.slice(first, first + rowsAtOnce) as never });
  }
  const tookMs = performance.now() - startedMs;
  await producer.disconnect();
  return (rows.length / tookMs) * 1_000;
}

/** A full outbox through the relay, until it is empty. @returns rows/s from the first row that is gone */
export async function relayed({ brokers, database, count }: ReaderBench): Promise<number> {
  const left = async (): Promise<number> => {
    const { rows } = await database.raw<{ rows: { left: bigint }[] }>('select count(*) as left from outbox');
    return Number(rows[0]!.left);
  };
  const relay = await startRelay({ app: 'bench', brokers, database, log: testLog('relay') });
  let startedMs = 0;
  let atStart = count;
  for (let now = await left(); now > 0; now = await left()) {
    if (startedMs === 0 && now < count) [startedMs, atStart] = [performance.now(), now];
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const perSecond = (atStart / (performance.now() - startedMs)) * 1_000;
  await relay.stop();
  return perSecond;
}

/**
 * Adds rows at a steady pace, each in its own transaction, with a relay and a reader running.
 * @returns for each the time from the return of its commit to the reader's sight of it, ms
 */
export async function publishDelays(
  plan: ReaderBench & { add: AddToOutbox; perSecond: number; seconds: number },
): Promise<readonly number[]> {
  const { brokers, database, topic, add, perSecond, seconds } = plan;
  const committedMs = new Map<string, number>();
  const seenMs = new Map<string, number>();
  const kafka = new kafkajs.Kafka({ brokers: [...brokers], logLevel: kafkajs.logLevel.NOTHING });
  const consumer = kafka.consumer({ groupId: `bench-delays-${process.pid}` });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic.name], fromBeginning: false });
  await consumer.run({
    eachMessage: async ({ message }) => void seenMs.set(String(message.headers?.['ce_id']), performance.now()),
  });
  const relay = await startRelay({ app: 'bench', brokers, database, log: testLog('relay') });
  const commit = async (n: number): Promise<void> => {
    const value = { number: BigInt(n), atMs: n };
    const id = await database.transaction((trx) =>
      add(trx, { topic: topic.name, key: `k${n % keys}`, name: 'ClockAdvanced', value }),
    );
    committedMs.set(id, performance.now());
  };
  // The first rows meet a relay and a reader that are just coming up; those of the first seconds meet cold code.
  for (let n = 0; !seenMs.size; n += 1) {
    await commit(n);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const startedMs = performance.now();
  const commits: Promise<void>[] = [];
  for (let n = 0; n < perSecond * (warmUpSeconds + seconds); n += 1) {
    if (n === perSecond * warmUpSeconds) committedMs.clear();
    const dueInMs = startedMs + (n * 1_000) / perSecond - performance.now();
    if (dueInMs > 0) await new Promise((resolve) => setTimeout(resolve, dueInMs));
    commits.push(commit(n));
  }
  await Promise.all(commits);
  while ([...committedMs.keys()].some((id) => !seenMs.has(id))) await new Promise((resolve) => setTimeout(resolve, 20));
  await relay.stop();
  await consumer.disconnect();
  return [...committedMs].map(([id, atMs]) => seenMs.get(id)! - atMs);
}
