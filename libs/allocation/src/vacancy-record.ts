/** A seat that can still be given, with the offer or referral that holds it: a row of 64 bytes, one cache line. */
import { type CategoryCode, SANATORIUM } from './codes.ts';
import { type EntryHandle, type SegmentHandle, type VacancyHandle } from './handles.ts';
import { preschoolOfSegment } from './segment-record.ts';
import { type Allocation } from './state.ts';

type V = VacancyHandle;

// Doubles 0 and 1, then words 4 to 14, then bytes 60 to 63. What only an offer needs lies where only a referral needs it.
const REMIND = 0;
const CANCELLABLE_UNTIL = 0;
const HOLDER_SEQUENCE = 1;
const ID = 4;
const TEMPORARY_UNTIL = 5;
const PUBLICATION = 6;
const FIRST_SEGMENT = 7;
const MORE_SEGMENTS = 8;
const REFUSALS = 9;
const SLOT_SEGMENT = 10;
const SLOT = 11;
const HOLDER = 12;
const ANSWER_BY = 13;
const VALID_UNTIL = 13;
const SIGN_BY = 14;
const STATUS = 60;
const STAGE = 61;
const PICKED_AS = 62;
const FLAGS = 63;

/** A permanent seat has no last day. */
export const PERMANENT = 0x7fff_ffff;

export type VacancyStatus = 1 | 2 | 3;
export const OPEN = 1;
export const IS_OFFERED = 2;
export const IS_REFERRED = 3;

/** What a live referral waits for (section 5). */
export type ReferralStage = 1 | 2 | 3;
/** The family's documents, by `validUntilDay`. */
export const AWAITS_DOCUMENTS = 1;
/** The preschool's word on the documents: no clock runs. */
export const UNDER_REVIEW = 2;
/** The signed contract, by `signByDay`. */
export const AWAITS_SIGNATURE = 3;

const OF_SANATORIUM = 1;
const EXTENDED = 2;

const word = (s: Allocation, v: V, field: number): number => s.vacancies.words[v * 16 + field]!;
const setWord = (s: Allocation, v: V, field: number, value: number): void => {
  s.vacancies.words[v * 16 + field] = value;
};
const byte = (s: Allocation, v: V, field: number): number => s.vacancies.bytes[v * 64 + field]!;
const setByte = (s: Allocation, v: V, field: number, value: number): void => {
  s.vacancies.bytes[v * 64 + field] = value;
};

export const idOfVacancy = (s: Allocation, v: V): number => word(s, v, ID);
/** All its segments are of one preschool. */
export const preschoolOf = (s: Allocation, v: V): number => preschoolOfSegment(s, firstSegment(s, v));
export const publicationOf = (s: Allocation, v: V): number => word(s, v, PUBLICATION);
/** Last day of a temporary seat, or PERMANENT. */
export const temporaryUntilDay = (s: Allocation, v: V): number => word(s, v, TEMPORARY_UNTIL);
export const isTemporary = (s: Allocation, v: V): boolean => temporaryUntilDay(s, v) !== PERMANENT;
export const isOfSanatorium = (s: Allocation, v: V): boolean => (byte(s, v, FLAGS) & OF_SANATORIUM) !== 0;
/** A stay: a temporary seat or any of a SANATORIUM queue; the child keeps its other places (p.3(15), p.23). */
export const isStay = (s: Allocation, v: V): boolean => isTemporary(s, v) || isOfSanatorium(s, v);

/** Writes what is known of a seat at its publication. */
export function describeVacancy(
  s: Allocation,
  v: V,
  seat: { id: number; kind: number; temporaryUntilDay: number; publication: number },
): void {
  setWord(s, v, ID, seat.id);
  setWord(s, v, TEMPORARY_UNTIL, seat.temporaryUntilDay);
  setWord(s, v, PUBLICATION, seat.publication);
  setByte(s, v, FLAGS, seat.kind === SANATORIUM ? OF_SANATORIUM : 0);
}

/** The segment of its first group year. */
export const firstSegment = (s: Allocation, v: V): SegmentHandle => word(s, v, FIRST_SEGMENT) as SegmentHandle;
/** Head of the chain of a mixed-age seat's other segments, one a year. */
export const moreSegments = (s: Allocation, v: V): number => word(s, v, MORE_SEGMENTS);
export const setSegments = (s: Allocation, v: V, first: SegmentHandle, more: number): void => {
  setWord(s, v, FIRST_SEGMENT, first);
  setWord(s, v, MORE_SEGMENTS, more);
};
/** Head of the chain of the ids of applications that refused it. */
export const refusalsOf = (s: Allocation, v: V): number => word(s, v, REFUSALS);
export const setRefusals = (s: Allocation, v: V, link: number): void => setWord(s, v, REFUSALS, link);

/** The segment in whose ledger it has a slot, or NONE. */
export const slotSegment = (s: Allocation, v: V): SegmentHandle => word(s, v, SLOT_SEGMENT) as SegmentHandle;
export const slotOf = (s: Allocation, v: V): number => word(s, v, SLOT);
export const setSlot = (s: Allocation, v: V, segment: SegmentHandle, slot: number): void => {
  setWord(s, v, SLOT_SEGMENT, segment);
  setWord(s, v, SLOT, slot);
};

export const statusOf = (s: Allocation, v: V): VacancyStatus => byte(s, v, STATUS) as VacancyStatus;
export const setStatus = (s: Allocation, v: V, status: VacancyStatus): void => setByte(s, v, STATUS, status);
/** The entry that holds the live offer or referral. */
export const holderOf = (s: Allocation, v: V): EntryHandle => word(s, v, HOLDER) as EntryHandle;
export const setHolder = (s: Allocation, v: V, entry: EntryHandle): void => setWord(s, v, HOLDER, entry);
/** When the holder's application was queued: by this its timers are ordered. */
export const holderSequence = (s: Allocation, v: V): number => s.vacancies.doubles[v * 8 + HOLDER_SEQUENCE]!;
export const setHolderSequence = (s: Allocation, v: V, sequence: number): void => {
  s.vacancies.doubles[v * 8 + HOLDER_SEQUENCE] = sequence;
};
/** The class in which the holder was picked. */
export const pickedAs = (s: Allocation, v: V): CategoryCode => byte(s, v, PICKED_AS) as CategoryCode;
export const setPickedAs = (s: Allocation, v: V, category: CategoryCode): void => setByte(s, v, PICKED_AS, category);

export const answerByDay = (s: Allocation, v: V): number => word(s, v, ANSWER_BY);
export const setAnswerByDay = (s: Allocation, v: V, day: number): void => setWord(s, v, ANSWER_BY, day);
/** When the reminder is due; 0 once it was given. */
export const remindAtMs = (s: Allocation, v: V): number => s.vacancies.doubles[v * 8 + REMIND]!;
export const setRemindAtMs = (s: Allocation, v: V, ms: number): void => {
  s.vacancies.doubles[v * 8 + REMIND] = ms;
};

export const stageOf = (s: Allocation, v: V): ReferralStage => byte(s, v, STAGE) as ReferralStage;
export const setStage = (s: Allocation, v: V, stage: ReferralStage): void => setByte(s, v, STAGE, stage);
export const validUntilDay = (s: Allocation, v: V): number => word(s, v, VALID_UNTIL);
export const setValidUntilDay = (s: Allocation, v: V, day: number): void => setWord(s, v, VALID_UNTIL, day);
export const signByDay = (s: Allocation, v: V): number => word(s, v, SIGN_BY);
export const setSignByDay = (s: Allocation, v: V, day: number): void => setWord(s, v, SIGN_BY, day);
export const cancellableUntilMs = (s: Allocation, v: V): number => s.vacancies.doubles[v * 8 + CANCELLABLE_UNTIL]!;
export const setCancellableUntilMs = (s: Allocation, v: V, ms: number): void => {
  s.vacancies.doubles[v * 8 + CANCELLABLE_UNTIL] = ms;
};
/** Whether the one extension of the referral was used (p.25). */
export const isExtended = (s: Allocation, v: V): boolean => (byte(s, v, FLAGS) & EXTENDED) !== 0;
export const setExtended = (s: Allocation, v: V, on: boolean): void =>
  setByte(s, v, FLAGS, on ? byte(s, v, FLAGS) | EXTENDED : byte(s, v, FLAGS) & ~EXTENDED);
