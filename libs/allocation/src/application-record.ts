/** An active application: a row of 64 bytes. What has ended keeps only its id. */
import { type CategoryCode } from './codes.ts';
import { type ApplicationHandle, type EntryHandle, type VacancyHandle } from './handles.ts';
import { invariant } from './invariant.ts';
import { type Allocation } from './state.ts';

type A = ApplicationHandle;

// Double 0, then words 2 to 14, then the last four bytes.
const SUBMITTED = 0;
const SEQUENCE_LOW = 2;
const AGE_AND_SEQUENCE_HIGH = 3;
const ID = 4;
const APPLICANT = 5;
const NEXT_OF_APPLICANT = 6;
const FIRST_ENTRY = 7;
const BIRTH_DAY = 8;
const AGE_LIMIT_DAY = 9;
const ARCHIVE_DAY = 10;
const REFERRAL = 11;
const HISTORY = 12;
const PLACEMENT_YEAR = 13;
const NEXT_ASK_DAY = 14;
const CATEGORY = 60;
const FLAGS = 61;
const LIVE_OFFERS = 62;
const LIVE_ENTRIES = 63;

/** Stands for "null" and "never" where a year, an age or a day is kept. */
export const NEVER = -0x8000_0000;
const NO_AGE = -0x8000;

const double = (s: Allocation, a: A, field: number): number => s.applications.doubles[a * 8 + field]!;
const word = (s: Allocation, a: A, field: number): number => s.applications.words[a * 16 + field]!;
const byte = (s: Allocation, a: A, field: number): number => s.applications.bytes[a * 64 + field]!;
const setWord = (s: Allocation, a: A, field: number, value: number): void => {
  s.applications.words[a * 16 + field] = value;
};
const setByte = (s: Allocation, a: A, field: number, value: number): void => {
  s.applications.bytes[a * 64 + field] = value;
};

export const submittedAtMs = (s: Allocation, a: A): number => double(s, a, SUBMITTED);
/** Sequence number of its `ApplicationQueued`: 48 bits, so that the row stays in one cache line. */
export const queuedSequence = (s: Allocation, a: A): number =>
  (word(s, a, SEQUENCE_LOW) >>> 0) + (word(s, a, AGE_AND_SEQUENCE_HIGH) & 0xffff) * 2 ** 32;
export const setOrderTime = (s: Allocation, a: A, ms: number, sequence: number): void => {
  invariant(sequence < 2 ** 48, 'a sequence number has 48 bits');
  s.applications.doubles[a * 8 + SUBMITTED] = ms;
  setWord(s, a, SEQUENCE_LOW, (sequence % 2 ** 32) | 0);
  const high = Math.floor(sequence / 2 ** 32);
  setWord(s, a, AGE_AND_SEQUENCE_HIGH, (word(s, a, AGE_AND_SEQUENCE_HIGH) & ~0xffff) | high);
};

export const idOfApplication = (s: Allocation, a: A): number => word(s, a, ID);
export const setIdOfApplication = (s: Allocation, a: A, id: number): void => setWord(s, a, ID, id);
export const applicantOf = (s: Allocation, a: A): number => word(s, a, APPLICANT);
export const setApplicant = (s: Allocation, a: A, applicant: number): void => setWord(s, a, APPLICANT, applicant);
export const nextOfApplicant = (s: Allocation, a: A): A => word(s, a, NEXT_OF_APPLICANT) as A;
export const setNextOfApplicant = (s: Allocation, a: A, next: A): void => setWord(s, a, NEXT_OF_APPLICANT, next);
export const firstEntry = (s: Allocation, a: A): EntryHandle => word(s, a, FIRST_ENTRY) as EntryHandle;
export const setFirstEntry = (s: Allocation, a: A, entry: EntryHandle): void => setWord(s, a, FIRST_ENTRY, entry);

export const birthDay = (s: Allocation, a: A): number => word(s, a, BIRTH_DAY);
export const setBirthDay = (s: Allocation, a: A, day: number): void => setWord(s, a, BIRTH_DAY, day);
/** The day on which the age limit is reached; NEVER with a PMPC conclusion. */
export const ageLimitDay = (s: Allocation, a: A): number => word(s, a, AGE_LIMIT_DAY);
export const setAgeLimitDay = (s: Allocation, a: A, day: number): void => setWord(s, a, AGE_LIMIT_DAY, day);
/** The day on which silence about the annual question archives; set while the question is open. */
export const annualArchiveDay = (s: Allocation, a: A): number => word(s, a, ARCHIVE_DAY);
export const setAnnualArchiveDay = (s: Allocation, a: A, day: number): void => setWord(s, a, ARCHIVE_DAY, day);
/** The vacancy of the live referral. */
export const referralOf = (s: Allocation, a: A): VacancyHandle => word(s, a, REFERRAL) as VacancyHandle;
export const setReferral = (s: Allocation, a: A, vacancy: VacancyHandle): void => setWord(s, a, REFERRAL, vacancy);
/** Head of the chain of what the application has behind it (history.ts). */
export const historyOf = (s: Allocation, a: A): number => word(s, a, HISTORY);
export const setHistory = (s: Allocation, a: A, link: number): void => setWord(s, a, HISTORY, link);

export const placementYear = (s: Allocation, a: A): number | null => {
  const year = word(s, a, PLACEMENT_YEAR);
  return year === NEVER ? null : year;
};
export const setPlacementYear = (s: Allocation, a: A, year: number | null): void =>
  setWord(s, a, PLACEMENT_YEAR, year ?? NEVER);

const ageMax = 0x7fff;
export const plannedAge = (s: Allocation, a: A): number | null => {
  const age = word(s, a, AGE_AND_SEQUENCE_HIGH) >> 16;
  return age === NO_AGE ? null : age;
};
/** Ages beyond any calendar are kept as the greatest that fits. */
export const setPlannedAge = (s: Allocation, a: A, age: number | null): void => {
  const kept = age === null ? NO_AGE : Math.max(-ageMax, Math.min(ageMax, age));
  setWord(s, a, AGE_AND_SEQUENCE_HIGH, (kept << 16) | (word(s, a, AGE_AND_SEQUENCE_HIGH) & 0xffff));
};
/** The day of the next first question of annual interest. */
export const nextAskDay = (s: Allocation, a: A): number => word(s, a, NEXT_ASK_DAY);
export const setNextAskDay = (s: Allocation, a: A, day: number): void => setWord(s, a, NEXT_ASK_DAY, day);

export const categoryOf = (s: Allocation, a: A): CategoryCode => byte(s, a, CATEGORY) as CategoryCode;
export const setCategory = (s: Allocation, a: A, category: CategoryCode): void => setByte(s, a, CATEGORY, category);
export const liveOffers = (s: Allocation, a: A): number => byte(s, a, LIVE_OFFERS);
export const setLiveOffers = (s: Allocation, a: A, count: number): void => setByte(s, a, LIVE_OFFERS, count);
export const liveEntries = (s: Allocation, a: A): number => byte(s, a, LIVE_ENTRIES);
export const setLiveEntries = (s: Allocation, a: A, count: number): void => setByte(s, a, LIVE_ENTRIES, count);

/** Yes-or-no facts of an application. */
export const ACTIVE = 1;
export const PMPC = 2;
export const LEAVING_FOR_AGE = 4;
export const LEAVING_FOR_SILENCE = 8;
/** The child is at a stay (p.3(15), p.23). */
export const HOLDS_STAY = 16;
export const QUESTION_OPEN = 32;
export const QUESTION_REPEATED = 64;
/** The applicant has, or had, other active applications. */
export const HAS_SIBLINGS = 128;

export const hasFlag = (s: Allocation, a: A, flag: number): boolean => (byte(s, a, FLAGS) & flag) !== 0;
export const setFlag = (s: Allocation, a: A, flag: number, on: boolean): void =>
  setByte(s, a, FLAGS, on ? byte(s, a, FLAGS) | flag : byte(s, a, FLAGS) & ~flag);
/** Leaving (section 6): it must go, gets no new offers, and keeps what was promised. */
export const isLeaving = (s: Allocation, a: A): boolean => hasFlag(s, a, LEAVING_FOR_AGE | LEAVING_FOR_SILENCE);
