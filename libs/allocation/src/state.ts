/** The state of the allocator: tables of numbers (the `…-record.ts` files say what is in a row) and what hangs on them. */
import { chainRowBytes, openChains } from './chains.ts';
import { plainWeek, type CalendarDays } from './calendar.ts';
import { type ApplicationHandle, type SegmentHandle, type VacancyHandle } from './handles.ts';
import { openHeap, type Heap } from './heap.ts';
import { openIds, type IdTable } from './ids.ts';
import { type Decision } from './messages.ts';
import { openNames, type Names } from './names.ts';
import { defaultPolicy, type AllocationPolicy } from './policy.ts';
import { openRecords, type Records } from './records.ts';
import { openSlots, type Slots } from './slots.ts';
import { openSortedLists, type SortedLists } from './sorted-lists.ts';
import { workingCalendar, type WorkingCalendar } from './terms.ts';
import { openTimers, type Timers } from './timers.ts';

/** A window of `DeadlinesExtended`; it stays (section 6). */
export type ExtendedWindow = { readonly fromMs: number; readonly toMs: number; readonly days: number };

export const rowBytes = {
  applications: 64,
  entries: 32,
  vacancies: 64,
  segments: 64,
  comeBacks: 16,
  chains: chainRowBytes,
} as const;

export type Allocation = {
  policy: AllocationPolicy;
  calendar: WorkingCalendar;
  /** The clock; it never runs back. */
  nowMs: number;
  /** Sequence number of the last entry decided; -1 before the first. */
  lastSequence: number;
  /** Sequence number of the entry being decided. */
  cause: number;
  /** Where decisions go; null while they are not wanted. */
  output: Decision[] | null;

  readonly applicationIds: IdTable;
  readonly applicantIds: IdTable;
  readonly vacancyIds: IdTable;
  readonly preschools: Names;
  readonly languages: Names;
  readonly profiles: Names;
  readonly closedPreschools: Set<number>;

  readonly applications: Records;
  readonly entries: Records;
  readonly vacancies: Records;
  readonly segments: Records;
  /** Order times of entries that came back. */
  readonly comeBacks: Records;
  readonly chains: Records;
  /** Open addressing over the segments: 0 is empty, else the row + 1. */
  segmentIndex: Int32Array;
  /** First segment of each preschool, by its number; 0 is none, else the row + 1. */
  readonly segmentsOfPreschool: number[];
  /** Four lists a segment: waiting O, F, G, and its open vacancies. */
  readonly lists: SortedLists;
  readonly slots: Slots;

  readonly timers: Timers;
  readonly windows: ExtendedWindow[];
  /** How many vacancies were ever published: the order of publication. */
  publications: number;
  /** What the next settling has to look at; empty between entries. */
  readonly unsettled: {
    readonly leaving: ApplicationHandle[];
    readonly vacancies: VacancyHandle[];
    readonly segments: SegmentHandle[];
    /** Where vacancies are put in order. */
    readonly order: Heap;
  };
};

/** An allocator that has read nothing yet. Its clock begins with the first entry; until then it says 1970. */
export const openAllocation = (
  policy: AllocationPolicy = defaultPolicy,
  calendar: CalendarDays = plainWeek,
): Allocation => ({
  policy,
  calendar: workingCalendar(calendar),
  nowMs: 0,
  lastSequence: -1,
  cause: -1,
  output: null,
  applicationIds: openIds(),
  applicantIds: openIds(),
  vacancyIds: openIds(),
  preschools: openNames(),
  languages: openNames(),
  profiles: openNames(),
  closedPreschools: new Set(),
  applications: openRecords(rowBytes.applications),
  entries: openRecords(rowBytes.entries),
  vacancies: openRecords(rowBytes.vacancies),
  segments: openRecords(rowBytes.segments),
  comeBacks: openRecords(rowBytes.comeBacks),
  chains: openChains(),
  segmentIndex: new Int32Array(64),
  segmentsOfPreschool: [],
  lists: openSortedLists(),
  slots: openSlots(),
  timers: openTimers(),
  windows: [],
  publications: 0,
  unsettled: { leaving: [], vacancies: [], segments: [], order: openHeap() },
});
