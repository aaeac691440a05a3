import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export type AvroField = { name: string; type: AvroSchema; doc?: string; personal?: string };
export type AvroRecord = { type: 'record'; name: string; namespace?: string; doc?: string; fields: AvroField[] };
export type AvroEnum = { type: 'enum'; name: string; doc?: string; symbols: string[] };
export type AvroArray = { type: 'array'; items: AvroSchema };
export type AvroLogical = { type: string; logicalType?: string };
export type AvroSchema = string | AvroSchema[] | AvroRecord | AvroEnum | AvroArray | AvroLogical;

export type SchemaFile = { path: string; name: string; version: number; record: AvroRecord };

/** All message schemas, by name and version. A file is named `<Message>.v<version>.avsc` after the record in it. */
export function readSchemaFiles(root: string): SchemaFile[] {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.avsc'));
  return files
    .map((path) => {
      const match = /(?:^|\/)([A-Za-z]+)\.v(\d+)\.avsc$/.exec(path);
      if (!match) throw new Error(`${path}: a schema file is named Message.vN.avsc`);
      const record = JSON.parse(readFileSync(join(root, path), 'utf8')) as AvroRecord;
      const [, name, version] = match as unknown as [string, string, string];
      if (record.name !== name) throw new Error(`${path}: holds ${record.name}`);
      checkRecord(path, record, true);
      return { path, name, version: Number(version), record };
    })
    .sort((a, b) => (a.name === b.name ? a.version - b.version : a.name < b.name ? -1 : 1));
}

function checkRecord(path: string, record: AvroRecord, topLevel: boolean): void {
  if (!record.doc) throw new Error(`${path}: ${record.name} has no doc`);
  if (topLevel && !record.namespace) throw new Error(`${path}: ${record.name} has no namespace`);
  if (!topLevel && record.fields.length === 0)
    throw new Error(`${path}: ${record.name} is empty, arrays of it could not be bounded`);
  for (const field of record.fields) {
    if (!field.doc) throw new Error(`${path}: ${record.name}.${field.name} has no doc`);
    if (field.personal && !(topLevel && isText(field.type))) {
      throw new Error(
        `${path}: ${record.name}.${field.name} is personal, so it must be a string of the message itself`,
      );
    }
    checkType(path, field.type);
  }
}

const isText = (type: AvroSchema): boolean =>
  type === 'string' || (Array.isArray(type) && type.length === 2 && type.includes('null') && type.includes('string'));

function checkType(path: string, type: AvroSchema): void {
  if (Array.isArray(type)) return type.forEach((branch) => checkType(path, branch));
  if (typeof type === 'string') return;
  if (type.type === 'record') return checkRecord(path, type as AvroRecord, false);
  if (type.type === 'array') {
    const { items } = type as AvroArray;
    if (items === 'null') throw new Error(`${path}: an array of nulls cannot be bounded`);
    return checkType(path, items);
  }
  if (type.type === 'map' || type.type === 'fixed') throw new Error(`${path}: ${type.type} is not used here`);
}
