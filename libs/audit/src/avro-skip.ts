export type Schema =
  | string
  | readonly Schema[]
  | { readonly type: 'enum'; readonly name: string }
  | { readonly type: 'array'; readonly items: Schema }
  | RecordSchema
  | { readonly type: string; readonly logicalType: string };
export type RecordSchema = {
  readonly type: 'record';
  readonly name: string;
  readonly fields: readonly { readonly name: string; readonly type: Schema }[];
};

/** A place in Avro bytes. */
export type Cursor = { readonly bytes: Buffer; at: number };
/** Moves a cursor over one value. @throws RangeError when the bytes end before it */
export type Skip = (cursor: Cursor) => void;

/** Reads a long; what we count stays below 2^53. @throws RangeError when the bytes end */
export function long(cursor: Cursor): number {
  let value = 0;
  for (let weight = 1; ; weight *= 0x80) {
    const byte = cursor.bytes[cursor.at];
    if (byte === undefined) throw new RangeError('the bytes end within a value');
    cursor.at += 1;
    value += (byte & 0x7f) * weight;
    if (byte < 0x80) break;
  }
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

/** What skips values of a schema. */
export function skipperOf(schema: Schema, named: Map<string, Skip> = new Map()): Skip {
  if (typeof schema === 'string') return primitiveSkipper(schema, named);
  if (isUnion(schema)) {
    const branches = schema.map((branch) => skipperOf(branch, named));
    return (cursor) => {
      const branch = branches[long(cursor)];
      if (!branch) throw new RangeError('a union has no such branch');
      branch(cursor);
    };
  }
  if ('fields' in schema) {
    const fields = schema.fields.map(({ type }) => skipperOf(type, named));
    const skip: Skip = (cursor) => {
      for (const field of fields) field(cursor);
    };
    named.set(schema.name, skip);
    return skip;
  }
  if ('items' in schema) return arraySkipper(skipperOf(schema.items, named));
  if ('name' in schema) {
    named.set(schema.name, long);
    return long;
  }
  return primitiveSkipper(schema.type, named);
}

const isUnion = (schema: Exclude<Schema, string>): schema is readonly Schema[] => Array.isArray(schema);

function arraySkipper(item: Skip): Skip {
  return (cursor) => {
    for (let count = long(cursor); count !== 0; count = long(cursor)) {
      if (count < 0) long(cursor);
      for (let left = Math.abs(count); left > 0; left -= 1) item(cursor);
    }
  };
}

function primitiveSkipper(type: string, named: ReadonlyMap<string, Skip>): Skip {
  switch (type) {
    case 'null':
      return () => undefined;
    case 'boolean':
      return (cursor) => move(cursor, 1);
    case 'int':
    case 'long':
      return long;
    case 'string':
    case 'bytes':
      return (cursor) => move(cursor, long(cursor));
    default: {
      const known = named.get(type);
      if (!known) throw new Error(`${type} is not skipped yet`);
      return known;
    }
  }
}

function move(cursor: Cursor, bytes: number): void {
  if (bytes < 0 || cursor.at + bytes > cursor.bytes.length) throw new RangeError('the bytes end within a value');
  cursor.at += bytes;
}
