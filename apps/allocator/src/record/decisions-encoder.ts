import type { Decision } from '#allocation';
import { schemaIdOf, schemaOf } from '#contracts';
import { invariant } from '#runtime';
import { WireBuffer } from './wire-buffer.ts';

type Schema =
  | string
  | readonly Schema[]
  | { readonly type: string; readonly name?: string; readonly symbols?: readonly string[]; readonly items?: Schema }
  | RecordSchema;
type RecordSchema = { readonly type: 'record'; readonly name: string; readonly fields: readonly Field[] };
type Field = { readonly name: string; readonly type: Schema };
type Write = (out: WireBuffer, value: unknown) => void;
type FieldWriter = { readonly name: string; readonly write: Write };

/** A record of decisions before it is written. */
export type DecisionsFrame = {
  readonly logOffset: bigint;
  readonly part: number;
  readonly parts: number;
  readonly edition: string;
};

/**
 * Writes `DecisionsMade` straight from the core's decisions, by the committed schema. The general codec spends more time
 * on wrapping and checking each decision than the core on deciding it; a suite compares the bytes of the two.
 */
export class DecisionsEncoder {
  readonly #out = new WireBuffer();
  readonly #schemaId = schemaIdOf('DecisionsMade');
  readonly #branches = new Map<string, { readonly index: number; readonly fields: readonly FieldWriter[] }>();

  constructor() {
    const { fields } = schemaOf('DecisionsMade') as RecordSchema;
    const names = fields.map(({ name }) => name).join();
    invariant(names === 'logOffset,part,parts,edition,decisions', 'the frame is written as the schema has it');
    const named = new Map<string, Write>();
    const { items } = fields.at(-1)!.type as { items: readonly RecordSchema[] };
    items.forEach((branch, index) => {
      const writers = branch.fields.map(({ name, type }) => ({ name, write: writerOf(type, named) }));
      this.#branches.set(branch.name, { index, fields: writers });
    });
  }

  /** The framed bytes of decisions `from` .. `to` (exclusive). */
  encode(frame: DecisionsFrame, decisions: readonly Decision[], from: number, to: number): Buffer {
    const out = this.#out;
    out.begin(this.#schemaId);
    out.long(Number(frame.logOffset));
    out.long(frame.part);
    out.long(frame.parts);
    out.string(frame.edition);
    out.long(to - from);
    for (let at = from; at < to; at += 1) this.#decision(decisions[at]!);
    if (to > from) out.long(0);
    return out.end();
  }

  #decision(decision: Decision): void {
    const branch = this.#branches.get(decision.type);
    invariant(branch, `${decision.type} has a branch in the schema`);
    this.#out.long(branch.index);
    const values = decision as unknown as Record<string, unknown>;
    for (const { name, write } of branch.fields) write(this.#out, values[name]);
  }
}

function writerOf(schema: Schema, named: Map<string, Write>): Write {
  if (typeof schema === 'string') return primitiveWriter(schema, named);
  if (Array.isArray(schema)) return optionalWriter(schema, named);
  const { type, name, symbols, items } = schema as Exclude<Schema, string | readonly Schema[] | RecordSchema>;
  switch (type) {
    case 'enum': {
      const write = enumWriter(name!, symbols!);
      named.set(name!, write);
      return write;
    }
    case 'array': {
      const writeItem = writerOf(items!, named);
      return (out, value) => {
        const list = value as readonly unknown[];
        if (list.length > 0) out.long(list.length);
        for (const item of list) writeItem(out, item);
        out.long(0);
      };
    }
    default:
      return primitiveWriter(type, named);
  }
}

function primitiveWriter(type: string, named: Map<string, Write>): Write {
  switch (type) {
    case 'int':
    case 'long':
      return (out, value) => out.long(value as number);
    case 'string':
      return (out, value) => out.string(value as string);
    default: {
      const known = named.get(type);
      invariant(known, `${type} is a type that decisions are made of`);
      return known;
    }
  }
}

/** A union of null and one other: what a decision leaves out is null. */
function optionalWriter([none, schema]: readonly Schema[], named: Map<string, Write>): Write {
  invariant(none === 'null' && schema !== undefined, 'a union in a decision is null or one other');
  const write = writerOf(schema, named);
  return (out, value) => {
    if (value === undefined || value === null) return out.long(0);
    out.long(1);
    write(out, value);
  };
}

function enumWriter(name: string, symbols: readonly string[]): Write {
  const places = new Map(symbols.map((symbol, place) => [symbol, place]));
  return (out, value) => {
    const place = places.get(value as string);
    invariant(place !== undefined, `${String(value)} is one of ${name}`);
    out.long(place);
  };
}
