/**
 * The state as bytes (invariant 8): what was written after some entry and read again decides the rest of the log in the
 * same way, and is written again as the same bytes. Only facts are kept; indexes, timers and free room are built anew.
 */
import { type CalendarDays } from './calendar.ts';
import { loadIds, type IdTable } from './ids.ts';
import { type SegmentHandle } from './handles.ts';
import { invariant } from './invariant.ts';
import { keptSlots, loadLedger, withoutLayout } from './ledger.ts';
import { openNames, type Names } from './names.ts';
import { defaultPolicy, type AllocationPolicy } from './policy.ts';
import { loadRecords, usedBytes, type Records } from './records.ts';
import {
  joinSections,
  openSections,
  readBytes,
  readDoubles,
  readValue,
  readWords,
  valueSection,
  type Reader,
} from './sections.ts';
import { indexSegments, preschoolOfSegment } from './segment-record.ts';
import { copyList, fillList, listLength, reserveLists } from './sorted-lists.ts';
import { openAllocation, rowBytes, type Allocation, type ExtendedWindow } from './state.ts';
import { resetTimers } from './standing-timers.ts';

const version = 1;
const listsPerSegment = 4;
type Section = Uint8Array | Uint16Array | Int32Array | Float64Array;

/** The whole state between two entries. */
export function toSnapshot(s: Allocation): Uint8Array {
  const { leaving, vacancies, segments } = s.unsettled;
  invariant(leaving.length + vacancies.length + segments.length === 0, 'a snapshot is taken when all is settled');
  return joinSections(version, [
    new Float64Array([s.nowMs, s.lastSequence, s.publications]),
    valueSection(inOrderOf(defaultPolicy, s.policy)),
    valueSection([s.calendar.days.weekend, s.calendar.days.holidays, s.calendar.days.workdays]),
    valueSection(s.windows.map(({ fromMs, toMs, days }) => [fromMs, toMs, days])),
    valueSection([...s.closedPreschools]),
    ...[s.preschools, s.languages, s.profiles].map((names) => valueSection(names.texts)),
    ...[s.applicationIds, s.applicantIds, s.vacancyIds].flatMap(idSections),
    ...[s.applications, s.entries, s.vacancies, s.comeBacks, s.chains].flatMap(tableSections),
    ...tableSections({ ...s.segments, bytes: withoutLayout(s) }),
    ...listSections(s),
    ledgerSection(s),
  ]);
}

/**
 * The state that was written.
 * @throws InvariantBroken when the bytes are no snapshot of this version
 */
export function fromSnapshot(bytes: Uint8Array): Allocation {
  const reader = openSections(version, bytes);
  const [nowMs, lastSequence, publications] = readDoubles(reader) as unknown as [number, number, number];
  const policy = readValue(reader) as AllocationPolicy;
  const [weekend, holidays, workdays] = readValue(reader) as [number[], string[], string[]];
  const calendar: CalendarDays = { weekend, holidays, workdays };
  const windows = readValue(reader) as [number, number, number][];
  const s = openAllocation(policy, calendar);
  // Into the object as it was opened: all states have one shape, and the compiled code fits them all.
  Object.assign(s, {
    nowMs,
    lastSequence,
    publications,
    cause: lastSequence,
    windows: windows.map(([fromMs, toMs, days]): ExtendedWindow => ({ fromMs, toMs, days })),
    closedPreschools: new Set(readValue(reader) as number[]),
    preschools: readNames(reader),
    languages: readNames(reader),
    profiles: readNames(reader),
    applicationIds: readIds(reader),
    applicantIds: readIds(reader),
    vacancyIds: readIds(reader),
    applications: readTable(reader, rowBytes.applications),
    entries: readTable(reader, rowBytes.entries),
    vacancies: readTable(reader, rowBytes.vacancies),
    comeBacks: readTable(reader, rowBytes.comeBacks),
    chains: readTable(reader, rowBytes.chains),
    segments: readTable(reader, rowBytes.segments),
  } satisfies Partial<Allocation>);
  indexSegments(s);
  for (let row = 0; row < s.segments.rows; row++) {
    s.segmentsOfPreschool[preschoolOfSegment(s, row as SegmentHandle)] = row + 1;
  }
  readLists(s, reader);
  readLedgers(s, reader);
  resetTimers(s);
  return s;
}

/** The fields of the policy in the order of section 8, however the message had them. */
const inOrderOf = (order: AllocationPolicy, policy: AllocationPolicy): unknown =>
  Object.fromEntries(Object.keys(order).map((field) => [field, policy[field as keyof AllocationPolicy]]));

const readNames = (reader: Reader): Names => openNames(readValue(reader) as string[]);

const idSections = (ids: IdTable): Section[] => [
  ids.words.subarray(0, ids.uuids * 5),
  valueSection(ids.others),
  Int32Array.from(ids.subjectsOfOthers),
];

const readIds = (reader: Reader): IdTable =>
  loadIds(readWords(reader), readValue(reader) as string[], readWords(reader));

const tableSections = (records: Records): Section[] => [
  new Float64Array([records.rows, records.free]),
  usedBytes(records),
];

function readTable(reader: Reader, bytes: number): Records {
  const [rows, free] = readDoubles(reader) as unknown as [number, number];
  return loadRecords(bytes, rows, free, readBytes(reader));
}

/** The lengths of all lists, then their keys and items one after another. */
function listSections(s: Allocation): Section[] {
  const count = s.segments.rows * listsPerSegment;
  const lengths = new Int32Array(count);
  for (let list = 0; list < count; list++) lengths[list] = listLength(s.lists, list);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const keys = new Float64Array(total);
  const items = new Int32Array(total);
  let at = 0;
  for (let list = 0; list < count; list++) {
    if (lengths[list] === 0) continue;
    copyList(s.lists, list, keys, items, at);
    at += lengths[list]!;
  }
  return [lengths, keys, items];
}

function readLists(s: Allocation, reader: Reader): void {
  const lengths = readWords(reader);
  const keys = readDoubles(reader);
  const items = readWords(reader);
  invariant(lengths.length === s.segments.rows * listsPerSegment, 'each segment has its lists');
  reserveLists(s.lists, lengths.length + (lengths.length >>> 2));
  let at = 0;
  for (let list = 0; list < lengths.length; list++) {
    fillList(s.lists, list, keys, items, at, lengths[list]!);
    at += lengths[list]!;
  }
}

/** The slots of all ledgers one after another; the segments' rows say how many. */
function ledgerSection(s: Allocation): Uint8Array {
  const ledgers: Uint8Array[] = [];
  for (let row = 0; row < s.segments.rows; row++) ledgers.push(keptSlots(s, row as SegmentHandle));
  const bytes = new Uint8Array(ledgers.reduce((sum, ledger) => sum + ledger.length, 0));
  let at = 0;
  for (const ledger of ledgers) {
    bytes.set(ledger, at);
    at += ledger.length;
  }
  return bytes;
}

function readLedgers(s: Allocation, reader: Reader): void {
  const bytes = readBytes(reader);
  let at = 0;
  for (let row = 0; row < s.segments.rows; row++) at += loadLedger(s, row as SegmentHandle, bytes, at);
}
