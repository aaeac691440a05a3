/**
 * A segment: preschool, queue kind, profile, language and group year, one queue (p.3(11), p.10); a row of 64 bytes, whose
 * second half is its ledger (ledger.ts). Segments are never given back: their ledgers are the memory of the ratio.
 */
import { type SegmentHandle } from './handles.ts';
import { addRow } from './records.ts';
import { reserveLists } from './sorted-lists.ts';
import { type Allocation } from './state.ts';

type S = SegmentHandle;

const PRESCHOOL = 0;
const QUEUE = 1;
const LANGUAGE = 2;
const YEAR = 3;
const NEXT_OF_PRESCHOOL = 4;

const word = (s: Allocation, segment: S, field: number): number => s.segments.words[segment * 16 + field]!;

export const preschoolOfSegment = (s: Allocation, segment: S): number => word(s, segment, PRESCHOOL);
export const kindOfSegment = (s: Allocation, segment: S): number => word(s, segment, QUEUE) & 3;
/** Number of the profile's name, or -1 for none. */
export const profileOfSegment = (s: Allocation, segment: S): number => (word(s, segment, QUEUE) >> 2) - 1;
export const languageOfSegment = (s: Allocation, segment: S): number => word(s, segment, LANGUAGE);
export const yearOfSegment = (s: Allocation, segment: S): number => word(s, segment, YEAR);
/** Next segment of the same preschool plus one; 0 ends the chain. */
export const nextOfPreschool = (s: Allocation, segment: S): number => word(s, segment, NEXT_OF_PRESCHOOL);

/** What names a queue beside its group year; profile -1 is none. */
export type QueueKey = {
  readonly preschool: number;
  readonly kind: number;
  readonly profile: number;
  readonly language: number;
};

export const keyOfSegment = (s: Allocation, segment: S): QueueKey => ({
  preschool: preschoolOfSegment(s, segment),
  kind: kindOfSegment(s, segment),
  profile: profileOfSegment(s, segment),
  language: languageOfSegment(s, segment),
});

/** The segment of a queue and a year, made when it is named for the first time. */
export function segmentFor(s: Allocation, key: QueueKey, year: number): S {
  const queue = key.kind | ((key.profile + 1) << 2);
  const cell = cellOf(s, key.preschool, queue, key.language, year);
  const found = s.segmentIndex[cell]!;
  if (found !== 0) return (found - 1) as S;
  const segment = addRow(s.segments) as S;
  reserveLists(s.lists, (segment + 1) * 4);
  s.segments.words.set([key.preschool, queue, key.language, year], segment * 16);
  s.segments.words[segment * 16 + NEXT_OF_PRESCHOOL] = s.segmentsOfPreschool[key.preschool] ?? 0;
  s.segmentsOfPreschool[key.preschool] = segment + 1;
  s.segmentIndex[cell] = segment + 1;
  if (s.segments.rows * 2 > s.segmentIndex.length) indexSegments(s);
  return segment;
}

/** Builds the index anew, with room to grow. */
export function indexSegments(s: Allocation): void {
  let cells = 64;
  while (cells < s.segments.rows * 4) cells *= 2;
  s.segmentIndex = new Int32Array(cells);
  for (let row = 0; row < s.segments.rows; row++) {
    const at = row * 16;
    const words = s.segments.words;
    s.segmentIndex[cellOf(s, words[at]!, words[at + 1]!, words[at + 2]!, words[at + 3]!)] = row + 1;
  }
}

function cellOf(s: Allocation, preschool: number, queue: number, language: number, year: number): number {
  let hash = Math.imul(preschool, 0x9e3779b1) ^ Math.imul(queue, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) ^ Math.imul(language, 0xc2b2ae35) ^ Math.imul(year, 0x27d4eb2f);
  hash = Math.imul(hash ^ (hash >>> 13), 0x297a2d39);
  hash ^= hash >>> 16;
  const mask = s.segmentIndex.length - 1;
  const words = s.segments.words;
  for (let cell = hash & mask; ; cell = (cell + 1) & mask) {
    const place = s.segmentIndex[cell]!;
    if (place === 0) return cell;
    const at = (place - 1) * 16;
    if (
      words[at + PRESCHOOL] === preschool &&
      words[at + QUEUE] === queue &&
      words[at + LANGUAGE] === language &&
      words[at + YEAR] === year
    ) {
      return cell;
    }
  }
}
