import { schemaOfId } from '#contracts';
import { long, skipperOf, type RecordSchema, type Skip } from './avro-skip.ts';

/** A record of `DecisionsMade`, taken apart. */
export type DecisionRecord = {
  readonly logOffset: bigint;
  readonly part: number;
  readonly parts: number;
  /** For each decision the record as it would be with this one alone: same offset, part and edition. */
  readonly alone: readonly Buffer[];
};

const frameBytes = 5;
const itemCountOne = Buffer.of(0x02);
const endOfItems = Buffer.of(0x00);

type Skippers = { readonly edition: Skip; readonly decision: Skip };
const skippersById = new Map<number, Skippers>();

/**
 * Takes a record of decisions apart without decoding the decisions: whoever proves one shows it in a record that the
 * ordinary codec reads.
 * @param value framed bytes that are known to be whole
 */
export function takeApart(value: Buffer): DecisionRecord {
  const skippers = skippersOf(value.readUInt32BE(1));
  const cursor = { bytes: value, at: frameBytes };
  const logOffset = BigInt(long(cursor));
  const part = long(cursor);
  const parts = long(cursor);
  skippers.edition(cursor);
  const head = value.subarray(0, cursor.at);
  const alone: Buffer[] = [];
  for (let count = long(cursor); count !== 0; count = long(cursor)) {
    if (count < 0) long(cursor);
    for (let left = Math.abs(count); left > 0; left -= 1) {
      const from = cursor.at;
      skippers.decision(cursor);
      alone.push(Buffer.concat([head, itemCountOne, value.subarray(from, cursor.at), endOfItems]));
    }
  }
  return { logOffset, part, parts, alone };
}

function skippersOf(schemaId: number): Skippers {
  const known = skippersById.get(schemaId);
  if (known) return known;
  const { fields } = schemaOfId(schemaId).schema as RecordSchema;
  const names = fields.map(({ name }) => name).join();
  if (names !== 'logOffset,part,parts,edition,decisions') throw new Error(`a record of decisions has ${names}`);
  const items = (fields[4]!.type as { readonly type: 'array'; readonly items: RecordSchema[] }).items;
  const skippers = { edition: skipperOf('string'), decision: skipperOf(items) };
  skippersById.set(schemaId, skippers);
  return skippers;
}
