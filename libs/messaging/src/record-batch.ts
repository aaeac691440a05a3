import type { ProducedRecord } from './record-producer.ts';

/** Who writes a batch, and the number of its first record among all that this producer wrote to the partition. */
export type BatchWriter = {
  readonly producerId: bigint;
  readonly producerEpoch: number;
  readonly firstSequence: number;
};

const headBytes = 61;
/** First offset and length come before what the length counts; what the checksum covers comes after it. */
const lengthEnd = 12;
const checksumAt = 17;
const checkedFrom = 21;
const formatVersion = 2;
/** Left to the broker, and what a batch without compression and transactions has. */
const [firstOffset, leaderEpoch, attributes] = [0n, 0, 0];

/**
 * Records as Kafka's record batch of format 2 (kafka.apache.org/documentation/#recordbatch), uncompressed, all of one
 * timestamp, in one buffer: a client library spends fifty buffers on each record with a dozen headers, and more time than
 * the core spends on deciding it.
 * @param crc32c the checksum of Castagnoli, as a number of 32 bits
 */
export function recordBatch(
  records: readonly ProducedRecord[],
  { producerId, producerEpoch, firstSequence }: BatchWriter,
  timestampMs: number,
  crc32c: (bytes: Buffer) => number,
): Buffer {
  const lengths = records.map(recordLength);
  const total = lengths.reduce((sum, length) => sum + varIntLength(length) + length, headBytes);
  const out = new RecordBytes(total);
  records.forEach((record, index) => out.record(record, lengths[index]!, index));
  const { bytes } = out;
  let at = bytes.writeBigInt64BE(firstOffset);
  at = bytes.writeInt32BE(total - lengthEnd, at);
  at = bytes.writeInt32BE(leaderEpoch, at);
  bytes.writeInt8(formatVersion, at);
  at = bytes.writeInt16BE(attributes, checkedFrom);
  at = bytes.writeInt32BE(records.length - 1, at);
  // The first record's time, and the latest.
  at = bytes.writeBigInt64BE(BigInt(timestampMs), at);
  at = bytes.writeBigInt64BE(BigInt(timestampMs), at);
  at = bytes.writeBigInt64BE(producerId, at);
  at = bytes.writeInt16BE(producerEpoch, at);
  at = bytes.writeInt32BE(firstSequence, at);
  bytes.writeInt32BE(records.length, at);
  bytes.writeUInt32BE(crc32c(bytes.subarray(checkedFrom)), checksumAt);
  return bytes;
}

/** What follows the length of a record: attributes, time and place within the batch, key, value, headers. */
function recordLength({ key, value, headers }: ProducedRecord, index: number): number {
  let length = 2 + varIntLength(index) + fieldLength(key === null ? -1 : key.length) + fieldLength(value.length);
  let count = 0;
  for (const name in headers) {
    length += fieldLength(Buffer.byteLength(name)) + fieldLength(Buffer.byteLength(headers[name]!));
    count += 1;
  }
  return length + varIntLength(count);
}

const fieldLength = (bytes: number): number => varIntLength(bytes) + Math.max(bytes, 0);

/** Bytes of a number from -1 as `varInt` writes it. */
function varIntLength(value: number): number {
  let length = 1;
  for (let rest = zigzag(value); rest >= 0x80; rest >>>= 7) length += 1;
  return length;
}

const zigzag = (value: number): number => ((value << 1) ^ (value >> 31)) >>> 0;

class RecordBytes {
  readonly bytes: Buffer;
  #at = headBytes;

  constructor(total: number) {
    this.bytes = Buffer.allocUnsafe(total);
  }

  record({ key, value, headers }: ProducedRecord, length: number, index: number): void {
    this.#varInt(length);
    this.bytes[this.#at++] = 0;
    this.#varInt(0);
    this.#varInt(index);
    this.#field(key);
    this.#field(value);
    let count = 0;
    for (const _ in headers) count += 1;
    this.#varInt(count);
    for (const name in headers) {
      this.#text(name);
      this.#text(headers[name]!);
    }
  }

  #field(bytes: Buffer | null): void {
    this.#varInt(bytes === null ? -1 : bytes.length);
    if (bytes !== null) this.#at += bytes.copy(this.bytes, this.#at);
  }

  #text(text: string): void {
    this.#varInt(Buffer.byteLength(text));
    this.#at += this.bytes.write(text, this.#at);
  }

  #varInt(value: number): void {
    let rest = zigzag(value);
    while (rest >= 0x80) {
      this.bytes[this.#at++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.bytes[this.#at++] = rest;
  }
}
