/**
 * Ids of applications, applicants and vacancies. Each gets a number at the border and keeps it for ever: what has ended is
 * still known. An id in the usual form of a UUID takes 20 bytes and an index cell; any other string is kept as it is.
 */
import { invariant } from './invariant.ts';

export type IdTable = {
  /** Five words a UUID: its 128 bits, then the subject. */
  words: Int32Array<ArrayBuffer>;
  uuids: number;
  /** Open addressing: 0 is empty, else the UUID's place + 1. */
  index: Int32Array;
  readonly others: string[];
  readonly subjectsOfOthers: number[];
  readonly placesOfOthers: Map<string, number>;
  /** The id last written out: decisions of one entry mostly name one application. */
  memoNumber: number;
  memoText: string;
};

const stride = 5;
const firstIds = 32;
const scratch = new Int32Array(4);

export const openIds = (): IdTable => ({
  words: new Int32Array(stride * firstIds),
  uuids: 0,
  index: new Int32Array(firstIds * 2),
  others: [],
  subjectsOfOthers: [],
  placesOfOthers: new Map(),
  memoNumber: -1,
  memoText: '',
});

/** The number of an id, or -1 when it was never seen. */
export function findId(table: IdTable, text: string): number {
  if (!readUuid(text)) {
    const place = table.placesOfOthers.get(text);
    return place === undefined ? -1 : place * 2 + 1;
  }
  const cell = cellOf(table);
  return table.index[cell] === 0 ? -1 : (table.index[cell]! - 1) * 2;
}

/** Gives a number to an id that has none. */
export function addId(table: IdTable, text: string, subject: number): number {
  if (!readUuid(text)) return addOther(table, text, subject);
  if (table.uuids * 2 >= table.index.length) growIndex(table);
  if ((table.uuids + 1) * stride > table.words.length) {
    table.words = new Int32Array(
      table.words.buffer.transfer(Math.max(firstIds * stride * 4, table.words.byteLength * 2)),
    );
  }
  const cell = cellOf(table);
  invariant(table.index[cell] === 0, 'an id gets one number');
  const place = table.uuids++;
  table.words.set(scratch, place * stride);
  table.words[place * stride + 4] = subject;
  table.index[cell] = place + 1;
  return place * 2;
}

function addOther(table: IdTable, text: string, subject: number): number {
  const place = table.others.length;
  table.others.push(text);
  table.subjectsOfOthers.push(subject);
  table.placesOfOthers.set(text, place);
  return place * 2 + 1;
}

/** What an id stands for now: a row, or a negative number that its owner gives a meaning. */
export const subjectOf = (table: IdTable, number: number): number =>
  number & 1 ? table.subjectsOfOthers[number >>> 1]! : table.words[(number >>> 1) * stride + 4]!;

export function setSubject(table: IdTable, number: number, subject: number): void {
  if (number & 1) table.subjectsOfOthers[number >>> 1] = subject;
  else table.words[(number >>> 1) * stride + 4] = subject;
}

/** The id as it came. */
export function idText(table: IdTable, number: number): string {
  if (table.memoNumber === number) return table.memoText;
  const text = number & 1 ? table.others[number >>> 1]! : uuidText(table.words, (number >>> 1) * stride);
  table.memoNumber = number;
  table.memoText = text;
  return text;
}

/** Builds the index anew from the words, after a load. */
export function rebuildIndex(table: IdTable): void {
  let cells = firstIds * 2;
  while (cells < table.uuids * 2) cells *= 2;
  table.index = new Int32Array(cells);
  for (let place = 0; place < table.uuids; place++) {
    scratch.set(table.words.subarray(place * stride, place * stride + 4));
    table.index[cellOf(table)] = place + 1;
  }
}

function growIndex(table: IdTable): void {
  const kept = scratch.slice();
  const old = table.index;
  table.index = new Int32Array(old.length * 2);
  for (const place of old) {
    if (place === 0) continue;
    scratch.set(table.words.subarray((place - 1) * stride, (place - 1) * stride + 4));
    table.index[cellOf(table)] = place;
  }
  scratch.set(kept);
}

/** The cell where the UUID in `scratch` is, or where it would go. */
function cellOf(table: IdTable): number {
  const a = scratch[0]!;
  const b = scratch[1]!;
  const c = scratch[2]!;
  const d = scratch[3]!;
  let hash = Math.imul(a ^ Math.imul(c, 0x85ebca6b), 0x9e3779b1) ^ Math.imul(b ^ Math.imul(d, 0xc2b2ae35), 0x27d4eb2f);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  hash ^= hash >>> 13;
  const mask = table.index.length - 1;
  const words = table.words;
  for (let cell = hash & mask; ; cell = (cell + 1) & mask) {
    const place = table.index[cell]!;
    if (place === 0) return cell;
    const at = (place - 1) * stride;
    if (words[at] === a && words[at + 1] === b && words[at + 2] === c && words[at + 3] === d) return cell;
  }
}

const hexDigits = '0123456789abcdef';
const digitOf = new Int8Array(128).fill(-1);
for (let value = 0; value < 16; value++) digitOf[hexDigits.charCodeAt(value)] = value;
const dash = 45;

/** Reads the usual lower-case form of a UUID into `scratch`; false for any other string. */
function readUuid(text: string): boolean {
  if (text.length !== 36) return false;
  let from = 0;
  for (let word = 0; word < 4; word++) {
    let value = 0;
    for (let digits = 0; digits < 8; from++) {
      const code = text.charCodeAt(from);
      if (from === 8 || from === 13 || from === 18 || from === 23) {
        if (code !== dash) return false;
        continue;
      }
      const digit = code < 128 ? digitOf[code]! : -1;
      if (digit < 0) return false;
      value = (value << 4) | digit;
      digits++;
    }
    scratch[word] = value;
  }
  return true;
}

/** Character codes of the two digits of each byte. */
const first = Uint8Array.from({ length: 256 }, (_, byte) => hexDigits.charCodeAt(byte >>> 4));
const second = Uint8Array.from({ length: 256 }, (_, byte) => hexDigits.charCodeAt(byte & 15));

/** All characters at once: joining pieces would leave a rope that every reader has to flatten. */
function uuidText(words: Int32Array, at: number): string {
  const [a, b, c, d] = [words[at]!, words[at + 1]!, words[at + 2]!, words[at + 3]!];
  const [a0, a1, a2, a3] = [a >>> 24, (a >>> 16) & 255, (a >>> 8) & 255, a & 255];
  const [b0, b1, b2, b3] = [b >>> 24, (b >>> 16) & 255, (b >>> 8) & 255, b & 255];
  const [c0, c1, c2, c3] = [c >>> 24, (c >>> 16) & 255, (c >>> 8) & 255, c & 255];
  const [d0, d1, d2, d3] = [d >>> 24, (d >>> 16) & 255, (d >>> 8) & 255, d & 255];
  // prettier-ignore
  return String.fromCharCode(
    first[a0]!, second[a0]!, first[a1]!, second[a1]!, first[a2]!, second[a2]!, first[a3]!, second[a3]!, dash,
    first[b0]!, second[b0]!, first[b1]!, second[b1]!, dash, first[b2]!, second[b2]!, first[b3]!, second[b3]!, dash,
    first[c0]!, second[c0]!, first[c1]!, second[c1]!, dash, first[c2]!, second[c2]!, first[c3]!, second[c3]!,
    first[d0]!, second[d0]!, first[d1]!, second[d1]!, first[d2]!, second[d2]!, first[d3]!, second[d3]!,
  );
}
