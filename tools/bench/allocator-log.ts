/**
 * Writes a country's allocation log to Kafka, in a process of its own: `allocator-log.ts PLAN-AS-JSON`; prints JSON. The
 * preload comes first; the state behind it is kept as the allocator keeps it; then come the entries of the mix.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { decide, type LogEntry } from '#allocation';
import { encode, topics } from '#contracts';
import { platformaticProducer, type ProducedRecord, type RecordProducer } from '#messaging';
import { testLog } from '#testing';
import { shippedLimits } from '../../apps/allocator/src/limits.ts';
import { LogDecider, type PlacedRecord } from '../../apps/allocator/src/record/log-decider.ts';
import { toLogRecord } from '../../apps/allocator/src/record/translation.ts';
import { SnapshotFiles } from '../../apps/allocator/src/snapshots/snapshot-files.ts';
import { nationalMix } from './national-mix.ts';

export type LogPlan = {
  readonly brokers: readonly string[];
  /** In the queues before the mix begins. */
  readonly applications: number;
  /** Entries of the mix on the topic. */
  readonly entries: number;
  /** Entries that follow, into a file: framed bytes, each behind its length in four bytes. */
  readonly later: number;
  readonly laterFile: string;
  readonly snapshotFolder: string;
};

export type WrittenLog = {
  /** Offset of the first entry of the mix: the snapshot is the state before it. */
  readonly firstOffset: number;
  /** The position stored at the snapshot. */
  readonly lastNumber: number;
  readonly chain: string;
  readonly endOffset: number;
  /** The last entry of the mix that decides something. */
  readonly lastDecidingOffset: number;
  readonly decisions: number;
  readonly megabytes: number;
};

const sendBytesMax = 512 * 1024;
const topic = topics['kezek.allocation.log'].name;

/** The headers that intake's outbox gives a record. */
function headersOf(entry: LogEntry): Record<string, string> {
  const id = randomUUID();
  return {
    ce_specversion: '1.0',
    ce_id: id,
    ce_source: 'kezek/intake',
    ce_type: `kezek.${entry.type}`,
    ce_time: new Date(entry.atMs).toISOString(),
    'content-type': 'application/vnd.confluent.avro',
    'kezek-correlation': id,
    traceparent: `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-00`,
  };
}

/** Gathers records into sends. */
class Topic {
  readonly #producer: RecordProducer;
  #records: ProducedRecord[] = [];
  #bytes = 0;
  bytesSent = 0;

  constructor(producer: RecordProducer) {
    this.#producer = producer;
  }

  async append(value: Buffer, headers: Record<string, string>): Promise<void> {
    this.#records.push({ key: null, value, headers });
    this.#bytes += value.length + 400;
    this.bytesSent += value.length;
    if (this.#bytes > sendBytesMax) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.#records.length > 0) await this.#producer.send(this.#records);
    this.#records = [];
    this.#bytes = 0;
  }
}

async function writeLog(plan: LogPlan): Promise<WrittenLog> {
  const { brokers, applications, entries, later } = plan;
  const log = testLog('bench');
  const producer = await platformaticProducer({ brokers, clientId: 'bench', topic, log });
  const onTopic = new Topic(producer);
  const mix = nationalMix(applications, 7);
  const tolerance = { aheadMsMax: Infinity, backwardsMsMax: Infinity };
  const decider = new LogDecider({ perRecordMax: shippedLimits.decisionsPerRecordMax, clock: tolerance });
  let number = 0;
  const framed = (entry: LogEntry): Buffer => {
    number += 1;
    const { name, value } = toLogRecord(entry, BigInt(number));
    return encode(name, value);
  };

  for (const entry of mix.preload()) {
    const bytes = framed(entry);
    const { name, value } = toLogRecord(entry, BigInt(number));
    const place = { offset: decider.nextOffset, appendedAtMs: Date.now(), bytes, headers: {} };
    decider.decide({ ...place, name, value } as PlacedRecord);
    await onTopic.append(bytes, headersOf(entry));
  }
  const firstOffset = Number(decider.nextOffset);
  const { state } = decider;
  await new SnapshotFiles({ folder: plan.snapshotFolder, keptMax: 1, log }).save(state);
  const before = { lastNumber: number, chain: state.chain.head.toString('hex') };

  let decisions = 0;
  let lastDecidingOffset = 0;
  let offset = firstOffset;
  const next = (): { readonly bytes: Buffer; readonly entry: LogEntry } => {
    const entry = mix.next();
    const bytes = framed(entry);
    const decided = decide(state.allocation, entry, offset);
    mix.learn(decided);
    decisions += decided.length;
    if (decided.length > 0) lastDecidingOffset = offset;
    offset += 1;
    return { bytes, entry };
  };
  for (let count = 0; count < entries; count += 1) {
    const { bytes, entry } = next();
    await onTopic.append(bytes, headersOf(entry));
  }
  await onTopic.flush();
  await producer.close();
  const written = { firstOffset, ...before, endOffset: offset, lastDecidingOffset, decisions };
  const following = Array.from({ length: later }, () => next().bytes);
  writeFileSync(plan.laterFile, Buffer.concat(following.flatMap((bytes) => [lengthOf(bytes), bytes])));
  return { ...written, megabytes: onTopic.bytesSent / 2 ** 20 };
}

function lengthOf(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return length;
}

process.stdout.write(`${JSON.stringify(await writeLog(JSON.parse(process.argv[2]!) as LogPlan))}\n`);
