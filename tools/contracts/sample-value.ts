import type { AvroArray, AvroEnum, AvroLogical, AvroRecord, AvroSchema } from './schema-files.ts';

/** A value that fits a schema, the same one each time; every branch of a union of records is in it once. */
export function sampleOf(schema: AvroSchema, named: Map<string, AvroSchema> = new Map(), salt = ''): unknown {
  if (Array.isArray(schema)) return sampleOfUnion(schema, named, salt);
  if (typeof schema === 'string') {
    const known = named.get(schema);
    return known ? sampleOf(known, named, salt) : samplePrimitive(schema, salt);
  }
  switch (schema.type) {
    case 'record': {
      const record = schema as AvroRecord;
      named.set(record.name, record);
      return Object.fromEntries(record.fields.map((field) => [field.name, sampleOf(field.type, named, field.name)]));
    }
    case 'enum':
      named.set((schema as AvroEnum).name, schema);
      return (schema as AvroEnum).symbols.at(-1);
    case 'array':
      return sampleItems((schema as AvroArray).items, named, salt);
    default:
      return (schema as AvroLogical).logicalType === 'timestamp-millis'
        ? 1_780_290_000_123
        : samplePrimitive(schema.type, salt);
  }
}

function sampleItems(items: AvroSchema, named: Map<string, AvroSchema>, salt: string): unknown[] {
  if (Array.isArray(items) && items.filter(isRecord).length > 1) {
    return items
      .filter(isRecord)
      .map((record) => ({ [`kz.kezek.decisions.${record.name}`]: sampleOf(record, named, salt) }));
  }
  return [sampleOf(items, named, salt), sampleOf(items, named, salt)];
}

const isRecord = (schema: AvroSchema): schema is AvroRecord =>
  typeof schema === 'object' && !Array.isArray(schema) && schema.type === 'record';

function sampleOfUnion(branches: AvroSchema[], named: Map<string, AvroSchema>, salt: string): unknown {
  return sampleOf(branches.find((branch) => branch !== 'null') ?? 'null', named, salt);
}

function samplePrimitive(type: string, salt: string): unknown {
  switch (type) {
    case 'null':
      return null;
    case 'boolean':
      return true;
    case 'int':
      return 20_605;
    case 'long':
      return 9_007_199_254_740_993n;
    case 'string':
      return `қазақша ${salt}`;
    default:
      throw new Error(`no sample of ${type}`);
  }
}
