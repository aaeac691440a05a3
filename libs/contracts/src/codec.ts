import type avro from 'avsc';
import { ContractViolation } from './contract-violation.ts';
import { compileSchema } from './avro-types.ts';
import { personalFields, schemas, type MessageName, type MessageOf } from './generated/messages.ts';

/** A record whose bytes were valid: its name, the id of the schema it was written with, and its value. */
export type Decoded<N extends MessageName = MessageName> = {
  [Name in N]: { readonly name: Name; readonly schemaId: number; readonly value: MessageOf<Name> };
}[N];

type Version = (typeof schemas)[number];
type Codec = { readonly latestId: number; readonly type: avro.Type };

const frameBytes = 5;
const versionsById = new Map<number, Version>(schemas.map((version) => [version.id, version]));
const codecs = new Map<MessageName, Codec>();
const readersById = new Map<number, { readonly name: MessageName; read(bytes: Buffer): unknown }>();

function codecOf(name: MessageName): Codec {
  const known = codecs.get(name);
  if (known) return known;
  const latest = schemas.filter((version) => version.name === name).at(-1);
  if (!latest) throw new ContractViolation('unknown-schema', `no schema is named ${name}`);
  const codec = { latestId: latest.id, type: compileSchema(JSON.parse(latest.avsc) as avro.Schema) };
  codecs.set(name, codec);
  return codec;
}

function readerOf(version: Version) {
  const known = readersById.get(version.id);
  if (known) return known;
  const { type, latestId } = codecOf(version.name);
  const writer = version.id === latestId ? type : compileSchema(JSON.parse(version.avsc) as avro.Schema);
  const resolver = version.id === latestId ? undefined : type.createResolver(writer);
  const reader = {
    name: version.name,
    read: (bytes: Buffer): unknown => type.fromBuffer(bytes, resolver),
  };
  readersById.set(version.id, reader);
  return reader;
}

/** The id of the newest schema of a message, as committed in `schemas/ids.lock.json`. */
export function schemaIdOf(name: MessageName): number {
  return codecOf(name).latestId;
}

/** The newest schema of a message, parsed: for those who write its bytes themselves. */
export function schemaOf(name: MessageName): object {
  return JSON.parse(schemas.filter((version) => version.name === name).at(-1)!.avsc) as object;
}

/**
 * The schema of an id, parsed, with its message's name.
 * @throws ContractViolation 'unknown-schema'
 */
export function schemaOfId(id: number): { readonly name: MessageName; readonly schema: object } {
  const version = versionsById.get(id);
  if (!version) throw new ContractViolation('unknown-schema', `no schema has the id ${id}`);
  return { name: version.name, schema: JSON.parse(version.avsc) as object };
}

/** Names of the string fields that hold personal data and are sealed on the wire. */
export function personalFieldsOf(name: MessageName): readonly string[] {
  return personalFields[name];
}

/**
 * Writes a value as Confluent-framed Avro (0x00, schema id as 4 bytes big-endian, body) by the newest schema.
 * @throws ContractViolation 'unencodable' that names the first field that does not fit
 */
export function encode<N extends MessageName>(name: N, value: MessageOf<N>): Buffer {
  const { type, latestId } = codecOf(name);
  try {
    const body = type.toBuffer(value);
    const framed = Buffer.allocUnsafe(frameBytes + body.length);
    framed[0] = 0;
    framed.writeUInt32BE(latestId, 1);
    body.copy(framed, frameBytes);
    return framed;
  } catch (cause) {
    throw new ContractViolation(
      'unencodable',
      `${name} does not fit its schema: ${misfitOf(type, value) ?? String(cause)}`,
      { cause },
    );
  }
}

/**
 * Reads a Confluent-framed record; only the messages in `allowed` are accepted, so that a foreign schema can neither
 * confuse a reader nor make it expand a few bytes into millions of items.
 * @throws ContractViolation with the code of what is wrong
 */
export function decode<N extends MessageName>(bytes: Buffer, allowed: readonly N[]): Decoded<N> {
  if (bytes.length < frameBytes || bytes[0] !== 0) {
    throw new ContractViolation(
      'not-framed',
      `the record does not start with 0x00 and a schema id (${bytes.length} bytes)`,
    );
  }
  const schemaId = bytes.readUInt32BE(1);
  const version = versionsById.get(schemaId);
  if (!version) throw new ContractViolation('unknown-schema', `no schema has the id ${schemaId}`);
  if (!(allowed as readonly MessageName[]).includes(version.name)) {
    throw new ContractViolation(
      'schema-not-allowed',
      `${version.name} (schema ${schemaId}) does not belong on this topic`,
    );
  }
  try {
    return { name: version.name, schemaId, value: readerOf(version).read(bytes.subarray(frameBytes)) } as Decoded<N>;
  } catch (cause) {
    throw new ContractViolation(
      'undecodable',
      `${version.name} (schema ${schemaId}) is damaged: ${(cause as Error).message}`,
      { cause },
    );
  }
}

function misfitOf(type: avro.Type, value: unknown): string | undefined {
  let misfit: string | undefined;
  type.isValid(value, {
    errorHook: (path, found, expected) => {
      misfit ??= `${path.join('.')} is ${describe(found)}, expected ${String(expected)}`;
    },
  });
  return misfit;
}

// Personal data must not reach a log by way of an error text, so only the kind of the value is told.
const describe = (found: unknown): string =>
  found === null ? 'null' : Array.isArray(found) ? 'an array' : `a ${typeof found}`;
