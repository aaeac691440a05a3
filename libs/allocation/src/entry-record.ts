/** A live entry, an application's place in the queue of one preschool: a row of 32 bytes. */
import { queuedSequence, submittedAtMs } from './application-record.ts';
import { type EntryStateCode } from './codes.ts';
import { NONE, type ApplicationHandle, type EntryHandle, type SegmentHandle, type VacancyHandle } from './handles.ts';
import { type Allocation } from './state.ts';

type E = EntryHandle;

// Words 0 to 5, then a double.
const APPLICATION = 0;
const SEGMENT = 1;
const NEXT = 2;
const SUBJECT = 3;
const COME_BACK = 4;
const STATE = 20;
const MISSED = 3;

const word = (s: Allocation, e: E, field: number): number => s.entries.words[e * 8 + field]!;
const setWord = (s: Allocation, e: E, field: number, value: number): void => {
  s.entries.words[e * 8 + field] = value;
};

export const applicationOf = (s: Allocation, e: E): ApplicationHandle => word(s, e, APPLICATION) as ApplicationHandle;
export const setApplication = (s: Allocation, e: E, a: ApplicationHandle): void => setWord(s, e, APPLICATION, a);
export const segmentOf = (s: Allocation, e: E): SegmentHandle => word(s, e, SEGMENT) as SegmentHandle;
export const setSegment = (s: Allocation, e: E, segment: SegmentHandle): void => setWord(s, e, SEGMENT, segment);
/** The next entry of the application, as chosen. */
export const nextEntry = (s: Allocation, e: E): E => word(s, e, NEXT) as E;
export const setNextEntry = (s: Allocation, e: E, next: E): void => setWord(s, e, NEXT, next);

export const stateOf = (s: Allocation, e: E): EntryStateCode => s.entries.bytes[e * 32 + STATE]! as EntryStateCode;
/** Only entry-life.ts sets it: the lists of those who wait must follow. */
export const setState = (s: Allocation, e: E, state: EntryStateCode): void => {
  s.entries.bytes[e * 32 + STATE] = state;
};

/** The seat offered to an OFFERED entry, or of a REFERRED one's referral. */
export const vacancyOf = (s: Allocation, e: E): VacancyHandle => word(s, e, SUBJECT) as VacancyHandle;
export const setVacancy = (s: Allocation, e: E, vacancy: VacancyHandle): void => setWord(s, e, SUBJECT, vacancy);
/**
 * The day of an entry that waits for one: DEFERRED until it begins (planned age), SUSPENDED and INTEREST_ASKED until it
 * ends. It shares its word with the vacancy.
 */
export const termDay = (s: Allocation, e: E): number => word(s, e, SUBJECT);
export const setTermDay = (s: Allocation, e: E, day: number): void => setWord(s, e, SUBJECT, day);
/** The deadline whose passing suspended the entry; kept while SUSPENDED or INTEREST_ASKED. */
export const missedMs = (s: Allocation, e: E): number => s.entries.doubles[e * 4 + MISSED]!;
export const setMissedMs = (s: Allocation, e: E, ms: number): void => {
  s.entries.doubles[e * 4 + MISSED] = ms;
};

/** Row of the order time that a come-back brought (section 6), or NONE: the application's own stands. */
export const comeBackOf = (s: Allocation, e: E): number => word(s, e, COME_BACK);
export const setComeBack = (s: Allocation, e: E, row: number): void => setWord(s, e, COME_BACK, row);

/** Order time, first part: milliseconds (p.10). */
export const orderMs = (s: Allocation, e: E): number => {
  const back = comeBackOf(s, e);
  return back === NONE ? submittedAtMs(s, applicationOf(s, e)) : s.comeBacks.doubles[back * 2]!;
};
/** Order time, second part: sequence number of the message that brought the entry into the queue. */
export const orderSequence = (s: Allocation, e: E): number => {
  const back = comeBackOf(s, e);
  return back === NONE ? queuedSequence(s, applicationOf(s, e)) : s.comeBacks.doubles[back * 2 + 1]!;
};
