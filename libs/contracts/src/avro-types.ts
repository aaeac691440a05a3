import avro from 'avsc';

/** Avro longs that may pass 2^53 become bigint; instants in milliseconds stay numbers. */
const bigintLong = avro.types.LongType.__with({
  fromBuffer: (bytes: Buffer) => bytes.readBigInt64LE(),
  toBuffer: (value: bigint) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(value);
    return bytes;
  },
  fromJSON: (value: number | string) => BigInt(value),
  toJSON: (value: bigint) => value.toString(),
  isValid: (value: unknown) => typeof value === 'bigint' && BigInt.asIntN(64, value) === value,
  compare: (a: bigint, b: bigint) => (a === b ? 0 : a < b ? -1 : 1),
});

type Tap = { buf: Uint8Array; pos: number; readLong(): number; skipLong(): void };
type ArrayTypeInternals = { itemsType: { _read(tap: Tap): unknown } };

/**
 * An array may not announce more items than there are bytes left: no item of ours is empty, and avsc
 * would otherwise make 10^8 items out of eight bytes.
 */
function readArrayWithinBytes(this: ArrayTypeInternals, tap: Tap): unknown[] {
  const items: unknown[] = [];
  for (let announced = tap.readLong(); announced !== 0; announced = tap.readLong()) {
    if (announced < 0) tap.skipLong();
    const count = Math.abs(announced);
    if (count > tap.buf.length - tap.pos)
      throw new Error(`an array announces ${count} items beyond the end of the record`);
    for (let index = 0; index < count; index += 1) items.push(this.itemsType._read(tap));
  }
  return items;
}
(avro.types.ArrayType.prototype as unknown as { _read: typeof readArrayWithinBytes })._read = readArrayWithinBytes;

const isPlainLong = (schema: unknown): boolean =>
  schema === 'long' ||
  (typeof schema === 'object' &&
    schema !== null &&
    (schema as { type?: unknown }).type === 'long' &&
    (schema as { logicalType?: unknown }).logicalType !== 'timestamp-millis');

/**
 * Compiles one Avro schema with this project's conventions: bigint longs, unions wrapped by branch name when they
 * hold records and plain otherwise.
 * @param schema the parsed `.avsc` document
 */
export function compileSchema(schema: avro.Schema): avro.Type {
  return avro.Type.forSchema(schema, {
    typeHook: (inner: unknown) => (isPlainLong(inner) ? bigintLong : undefined) as avro.Type,
  });
}
