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
  /** Ids read or written lately, by the low bits of their number: what comes in is mostly what goes out next. */
  readonly recentNumbers: Int32Array;
  readonly recentTexts: string[];
};

const stride = 5;
const firstIds = 32;
const recentIds = 512;
const scratch = new Int32Array(4);

export const openIds = (): IdTable => ({
  words: new Int32Array(stride * firstIds),
  uuids: 0,
  index: new Int32Array(firstIds * 2),
  others: [],
  subjectsOfOthers: [],
  placesOfOthers: new Map(),
  recentNumbers: new Int32Array(recentIds).fill(-1),
  recentTexts: new Array<string>(recentIds).fill(''),
});

/** The table as a snapshot kept it, with room for what comes next. */
export function loadIds(words: Int32Array, others: readonly string[], subjectsOfOthers: Iterable<number>): IdTable {
  const table = openIds();
  table.uuids = words.length / stride;
  table.words = new Int32Array(stride * (table.uuids + (table.uuids >>> 2) + firstIds));
  table.words.set(words);
  for (const subject of subjectsOfOthers) addOther(table, others[table.others.length]!, subject);
  rebuildIndex(table);
  return table;
}

/** The number of an id, or -1 when it was never seen. */
export function findId(table: IdTable, text: string): number {
  if (!readUuid(text)) {
    const place = table.placesOfOthers.get(text);
    return place === undefined ? -1 : place * 2 + 1;
  }
  const place = table.index[cellOf(table)]! - 1;
  if (place < 0) return -1;
  remember(table, place * 2, text);
  return place * 2;
}

function remember(table: IdTable, number: number, text: string): void {
  const slot = (number >>> 1) % recentIds;
  table.recentNumbers[slot] = number;
  table.recentTexts[slot] = text;
}

/** Gives a number to an id that has none. */
export function addId(table: IdTable, text: string, subject: number): number {
  if (!readUuid(text)) return addOther(table, text, subject);
  if (table.uuids * 2 >= table.index.length) {
    rebuildIndex(table);
    readUuid(text);
  }
  if ((table.uuids + 1) * stride > table.words.length) {
    table.words = new Int32Array(
      table.words.buffer.transfer(Math.max(firstIds * stride * 4, table.words.byteLength * 2)),
    );
  }
  const cell = cellOf(table);
  invariant(table.index[cell] === 0, 'an id gets one number');
  const place = table.uuids++;
  const at = place * stride;
  for (let word = 0; word < 4; word++) table.words[at + word] = scratch[word]!;
  table.words[at + 4] = subject;
  table.index[cell] = place + 1;
  remember(table, place * 2, text);
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
  const slot = (number >>> 1) % recentIds;
  if (table.recentNumbers[slot] === number) return table.recentTexts[slot]!;
  const text = number & 1 ? table.others[number >>> 1]! : uuidText(table.words, (number >>> 1) * stride);
  remember(table, number, text);
  return text;
}

/** Builds the index anew from the words. */
function rebuildIndex(table: IdTable): void {
  let cells = firstIds * 2;
  while (cells <= table.uuids * 2) cells *= 2;
  table.index = new Int32Array(cells);
  for (let place = 0; place < table.uuids; place++) {
    for (let word = 0; word < 4; word++) scratch[word] = table.words[place * stride + word]!;
    table.index[cellOf(table)] = place + 1;
  }
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
/** By any character code; -1 where it is no digit. */
const digitOf = new Int8Array(65_536).fill(-1);
for (let value = 0; value < 16; value++) digitOf[hexDigits.charCodeAt(value)] = value;
const dash = 45;

/** Four digits as a number; negative where one is none. */
const fourDigits = (text: string, at: number): number =>
  (digitOf[text.charCodeAt(at)]! << 12) |
  (digitOf[text.charCodeAt(at + 1)]! << 8) |
  (digitOf[text.charCodeAt(at + 2)]! << 4) |
  digitOf[text.charCodeAt(at + 3)]!;

/** Reads the usual lower-case form of a UUID into `scratch`; false for any other string. */
function readUuid(text: string): boolean {
  if (text.length !== 36) return false;
  for (let at = 8; at <= 23; at += 5) if (text.charCodeAt(at) !== dash) return false;
  const a = fourDigits(text, 0);
  const b = fourDigits(text, 4);
  const c = fourDigits(text, 9);
  const d = fourDigits(text, 14);
  const e = fourDigits(text, 19);
  const f = fourDigits(text, 24);
  const g = fourDigits(text, 28);
  const h = fourDigits(text, 32);
  if ((a | b | c | d | e | f | g | h) < 0) return false;
  scratch[0] = (a << 16) | b;
  scratch[1] = (c << 16) | d;
  scratch[2] = (e << 16) | f;
  scratch[3] = (g << 16) | h;
  return true;
}

/** Character codes of the two digits of each byte. */
const first = Uint8Array.from({ length: 256 }, (_, byte) => hexDigits.charCodeAt(byte >>> 4));
const second = Uint8Array.from({ length: 256 }, (_, byte) => hexDigits.charCodeAt(byte & 15));

/** All characters at once: joining pieces would leave a rope that every reader has to flatten. */
function uuidText(words: Int32Array, at: number): string {
  const a = words[at]!;
  const b = words[at + 1]!;
  const c = words[at + 2]!;
  const d = words[at + 3]!;
  // prettier-ignore
  return String.fromCharCode(
    first[a >>> 24]!, second[a >>> 24]!, first[(a >>> 16) & 255]!, second[(a >>> 16) & 255]!,
    first[(a >>> 8) & 255]!, second[(a >>> 8) & 255]!, first[a & 255]!, second[a & 255]!, dash,
    first[b >>> 24]!, second[b >>> 24]!, first[(b >>> 16) & 255]!, second[(b >>> 16) & 255]!, dash,
    first[(b >>> 8) & 255]!, second[(b >>> 8) & 255]!, first[b & 255]!, second[b & 255]!, dash,
    first[c >>> 24]!, second[c >>> 24]!, first[(c >>> 16) & 255]!, second[(c >>> 16) & 255]!, dash,
    first[(c >>> 8) & 255]!, second[(c >>> 8) & 255]!, first[c & 255]!, second[c & 255]!,
    first[d >>> 24]!, second[d >>> 24]!, first[(d >>> 16) & 255]!, second[(d >>> 16) & 255]!,
    first[(d >>> 8) & 255]!, second[(d >>> 8) & 255]!, first[d & 255]!, second[d & 255]!,
  );
}
