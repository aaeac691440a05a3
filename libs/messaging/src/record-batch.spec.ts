import { describe, expect, it } from '@jest/globals';
import { crc32c, createRecordsBatch, Writer } from '@platformatic/kafka';
import fc from 'fast-check';
import { recordBatch } from './record-batch.ts';
import type { ProducedRecord } from './record-producer.ts';

const checksum = (bytes: Buffer): number => crc32c(Writer.create().append(bytes).dynamicBuffer);
const writer = { producerId: 4_711n, producerEpoch: 3, firstSequence: 2 ** 31 - 2 };
const timestampMs = 1_790_000_000_123;

/** The same by the library, buffer by buffer. */
function byTheLibrary(records: readonly ProducedRecord[]): Buffer {
  const messages = records.map(({ key, value, headers }) => ({
    topic: 't',
    partition: 0,
    timestamp: BigInt(timestampMs),
    ...(key === null ? {} : { key }),
    value,
    headers: new Map(Object.entries(headers).map(([name, text]) => [Buffer.from(name), Buffer.from(text)])),
  }));
  const { producerId, producerEpoch, firstSequence } = writer;
  const sequences = { getWithDefault: () => firstSequence };
  return createRecordsBatch(messages as never, { producerId, producerEpoch, sequences } as never).buffer;
}

const bytes = (max: number) => fc.uint8Array({ maxLength: max }).map((array) => Buffer.from(array));
const record: fc.Arbitrary<ProducedRecord> = fc.record({
  key: fc.option(bytes(70)),
  value: bytes(300),
  headers: fc.dictionary(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string({ unit: 'grapheme' }), {
    maxKeys: 12,
  }),
});

describe('a record batch', () => {
  it('has the bytes that the library gives the same records', () => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 80 }), (records) => {
        const ours = recordBatch(records, writer, timestampMs, checksum);
        expect(ours.equals(byTheLibrary(records))).toBe(true);
      }),
    );
  });

  it('has them where lengths and places need two and three digits', () => {
    const records = Array.from({ length: 9_000 }, (_, n) => ({
      key: n % 3 === 0 ? null : Buffer.from(String(n)),
      value: Buffer.alloc(n % 200, n),
      headers: { 'content-type': 'application/vnd.confluent.avro', name: n % 2 === 0 ? 'Қазақстан' : '' },
    }));
    records.push({ key: Buffer.alloc(0), value: Buffer.alloc(3 * 1024 * 1024, 7), headers: {} as never });
    expect(recordBatch(records, writer, timestampMs, checksum).equals(byTheLibrary(records))).toBe(true);
  });
});
