/**
 * The plain form of a snapshot: eight bytes of name, the version, then sections of numbers, each after its length in bytes
 * and padded to eight. Little-endian, as every machine we run on; a snapshot of another order is refused by its version.
 */
import { invariant } from './invariant.ts';

type Numbers = Uint8Array | Uint16Array | Int32Array | Float64Array;

const name = 'KEZEKALC';
const headBytes = 16;
const padded = (bytes: number): number => Math.ceil(bytes / 8) * 8;

/** Puts sections one after another. */
export function joinSections(version: number, sections: readonly Numbers[]): Uint8Array {
  const total = sections.reduce((sum, section) => sum + 8 + padded(section.byteLength), headBytes);
  const bytes = new Uint8Array(total);
  for (let i = 0; i < name.length; i++) bytes[i] = name.charCodeAt(i);
  bytes.set(rawBytes(new Float64Array([version])), 8);
  let at = headBytes;
  for (const section of sections) {
    bytes.set(rawBytes(new Float64Array([section.byteLength])), at);
    bytes.set(rawBytes(section), at + 8);
    at += 8 + padded(section.byteLength);
  }
  return bytes;
}

const rawBytes = (numbers: Numbers): Uint8Array =>
  new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);

/** Reads sections in the order in which they were written. */
export type Reader = { readonly bytes: Uint8Array; at: number };

/** @throws InvariantBroken when the bytes are no snapshot of this version */
export function openSections(version: number, bytes: Uint8Array): Reader {
  const named = bytes.length >= headBytes && [...name].every((letter, i) => bytes[i] === letter.charCodeAt(0));
  invariant(named, 'a snapshot begins with its name');
  const found = new Float64Array(copied(bytes, 8, headBytes).buffer)[0];
  invariant(found === version, `a snapshot is of version ${version}, not ${found}`);
  return { bytes, at: headBytes };
}

/** Bytes of their own, aligned; `slice` of what Node calls a Buffer would share them. */
function copied(bytes: Uint8Array, from: number, to: number): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(to - from);
  copy.set(bytes.subarray(from, to));
  return copy;
}

/** A copy of the next section. */
export function readBytes(reader: Reader): Uint8Array<ArrayBuffer> {
  const length = new Float64Array(copied(reader.bytes, reader.at, reader.at + 8).buffer)[0]!;
  const start = reader.at + 8;
  invariant(start + length <= reader.bytes.length, 'a snapshot is whole');
  reader.at = start + padded(length);
  return copied(reader.bytes, start, start + length);
}

export const readWords = (reader: Reader): Int32Array<ArrayBuffer> => new Int32Array(readBytes(reader).buffer);
export const readDoubles = (reader: Reader): Float64Array<ArrayBuffer> => new Float64Array(readBytes(reader).buffer);

/** Any value that JSON can hold, as the code units of its text. */
export function valueSection(value: unknown): Uint16Array {
  const text = JSON.stringify(value);
  const units = new Uint16Array(text.length);
  for (let i = 0; i < text.length; i++) units[i] = text.charCodeAt(i);
  return units;
}

const chunk = 8192;

export function readValue(reader: Reader): unknown {
  const units = new Uint16Array(readBytes(reader).buffer);
  let text = '';
  for (let i = 0; i < units.length; i += chunk) text += String.fromCharCode(...units.subarray(i, i + chunk));
  return JSON.parse(text) as unknown;
}
