import { createHash } from 'node:crypto';
import type { Origin } from './envelope.ts';
import { headerName, headerText, type Headers } from './headers.ts';

/** A record as it came from Kafka, undecoded. */
export type RawRecord = {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly key: Buffer | null;
  /** Null is a tombstone. */
  readonly value: Buffer | null;
  readonly headers: Headers;
  /** ms. */
  readonly timestampMs: number;
};

/** A message as kafkajs hands it over. */
export type KafkaMessage = {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly timestamp: string;
  readonly offset: string;
  readonly headers?: Headers | undefined;
};

/** Names a record of a fetch. */
export function rawRecord(topic: string, partition: number, message: KafkaMessage): RawRecord {
  return {
    topic,
    partition,
    offset: BigInt(message.offset),
    key: message.key,
    value: message.value,
    headers: message.headers ?? {},
    timestampMs: Number(message.timestamp),
  };
}

/** `<topic>/<partition>/<offset>`. */
export const originText = ({ topic, partition, offset }: Origin): string => `${topic}/${partition}/${offset}`;

/** Reads what `originText` wrote; undefined where it is not one. */
export function parseOrigin(text: string | undefined): Origin | undefined {
  const match = /^([\w.-]{1,249})\/(\d{1,9})\/(\d{1,18})$/.exec(text ?? '');
  if (!match) return undefined;
  return { topic: match[1]!, partition: Number(match[2]), offset: BigInt(match[3]!) };
}

/**
 * The origin of a record: its own place, or the one it names where the runtime itself moved it (a retry topic, a
 * re-drive). A stranger's origin header on a first-hand record is not believed.
 */
export function originOf(record: RawRecord): Origin {
  const moved = headerText(record.headers, headerName.group) !== undefined;
  const named = moved ? parseOrigin(headerText(record.headers, headerName.origin)) : undefined;
  return named ?? { topic: record.topic, partition: record.partition, offset: record.offset };
}

/** The event id as the inbox keeps it: what is too long or not printable is kept as its digest. */
export function eventIdOf(record: RawRecord): string | undefined {
  const text = headerText(record.headers, headerName.id);
  if (text === undefined || /^[\x21-\x7e]{1,200}$/.test(text)) return text;
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
