import { readFileSync } from 'node:fs';
import kafkajs from 'kafkajs';
import { topics } from '#contracts';
import { platformaticProducer } from '#messaging';
import { testLog } from '#testing';
import type { BenchStores } from './allocator-stores.ts';

const logTopic = topics['kezek.allocation.log'].name;
const decisionsTopic = topics['kezek.allocation.decisions'].name;
const warmUpSeconds = 5;
const patienceMs = 30_000;

/**
 * Appends the entries that follow the mix at a steady pace, one send each, to a running allocator.
 * @returns for each that decided something the time from its append to the log, by the broker's stamp, to a reader's
 *   sight of its last decisions, ms
 */
export async function decisionDelays(
  { brokers, laterFile, log }: BenchStores,
  { perSecond, seconds }: { readonly perSecond: number; readonly seconds: number },
): Promise<readonly number[]> {
  const entries = framedEntries(readFileSync(laterFile)).slice(0, perSecond * (warmUpSeconds + seconds));
  const kafka = new kafkajs.Kafka({ brokers: [...brokers], logLevel: kafkajs.logLevel.NOTHING });
  const appendedMs = await watch(kafka, logTopic, ({ offset, timestamp }) => [Number(offset), Number(timestamp)]);
  const seenMs = await watch(kafka, decisionsTopic, ({ key }) => [
    Number(key?.toString()),
    performance.timeOrigin + performance.now(),
  ]);
  const plan = { brokers, clientId: 'bench-pace', topic: logTopic, log: testLog('pace') };
  const producer = await platformaticProducer(plan);
  const startedMs = performance.now();
  const sends: Promise<void>[] = [];
  for (const [n, value] of entries.entries()) {
    const dueInMs = startedMs + (n * 1_000) / perSecond - performance.now();
    if (dueInMs > 0) await pause(dueInMs);
    sends.push(producer.send([{ key: null, value, headers: { ce_id: `pace-${n}` } }]));
  }
  await Promise.all(sends);
  const last = log.endOffset + entries.length - 1;
  const giveUpAtMs = performance.now() + patienceMs;
  while (!(appendedMs.found.has(last) && isStill(seenMs.found))) {
    if (performance.now() > giveUpAtMs) throw new Error('the log or the decisions did not arrive');
    await pause(500);
  }
  await Promise.all([producer.close(), appendedMs.stop(), seenMs.stop()]);
  const firstMeasured = log.endOffset + warmUpSeconds * perSecond;
  return [...seenMs.found]
    .filter(([offset]) => offset >= firstMeasured)
    .map(([offset, atMs]) => atMs - appendedMs.found.get(offset)!);
}

const counts = new WeakMap<object, number>();

/** True once nothing came since it was asked before. */
function isStill(found: ReadonlyMap<number, number>): boolean {
  const before = counts.get(found);
  counts.set(found, found.size);
  return before === found.size && found.size > 0;
}

async function watch(
  kafka: kafkajs.Kafka,
  topic: string,
  note: (message: kafkajs.KafkaMessage) => readonly [number, number],
): Promise<{ readonly found: ReadonlyMap<number, number>; stop(): Promise<void> }> {
  const found = new Map<number, number>();
  const consumer = kafka.consumer({ groupId: `bench-${topic}-${process.pid}-${performance.now()}` });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: false });
  const joined = new Promise<void>((resolve) => void consumer.on(consumer.events.GROUP_JOIN, () => resolve()));
  await consumer.run({ eachMessage: async ({ message }) => void found.set(...note(message)) });
  await joined;
  // It asks where the topic ends only now; what is appended before would not be seen.
  await pause(1_000);
  return { found, stop: () => consumer.disconnect() };
}

function framedEntries(bytes: Buffer): readonly Buffer[] {
  const entries: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += 4 + bytes.readUInt32BE(at))
    entries.push(bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at)));
  return entries;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
