/** Life of a vacancy: OPEN, OFFERED, REFERRED, and three ends, of which only the id is kept. */
import { chained, END, freeChain, nextLink, valueAt } from './chains.ts';
import { sayVacancy } from './decisions.ts';
import { NONE, type SegmentHandle, type VacancyHandle } from './handles.ts';
import { addId, setSubject } from './ids.ts';
import { invariant } from './invariant.ts';
import { fillSlot, releaseSlot } from './ledger.ts';
import { openVacancies } from './ordering.ts';
import { addRow, freeRow } from './records.ts';
import { segmentFor, type QueueKey } from './segment-record.ts';
import { insertAt, itemAt, rankOfKey, removeAt } from './sorted-lists.ts';
import { type Allocation } from './state.ts';
import { setTimer, VACANCY_OVER } from './timers.ts';
import {
  describeVacancy,
  idOfVacancy,
  OPEN,
  PERMANENT,
  publicationOf,
  refusalsOf,
  firstSegment,
  moreSegments,
  setHolder,
  setSegments,
  setSlot,
  setStatus,
  slotOf,
  slotSegment,
  statusOf,
} from './vacancy-record.ts';

type V = VacancyHandle;

/** What the id of a vacancy stands for once it is filled, recalled or expired. */
export const VACANCY_ENDED = -1;

/** Publishes a seat: it belongs to one segment for each of its years. */
export function openVacancy(
  s: Allocation,
  vacancyId: string,
  key: QueueKey,
  years: readonly number[],
  temporaryUntilDay: number,
): void {
  const v = addRow(s.vacancies) as V;
  const id = addId(s.vacancyIds, vacancyId, v);
  describeVacancy(s, v, { id, kind: key.kind, temporaryUntilDay, publication: s.publications++ });
  let more = END;
  for (let i = years.length - 1; i > 0; i--) {
    if (years.indexOf(years[i]!) === i) more = chained(s.chains, more, segmentFor(s, key, years[i]!), 0);
  }
  setSegments(s, v, segmentFor(s, key, years[0]!), more);
  setSlot(s, v, NONE, NONE);
  sayVacancy(s, 'VacancyOpened', v);
  reopen(s, v);
  if (temporaryUntilDay !== PERMANENT) setTimer(s.timers, VACANCY_OVER, v, temporaryUntilDay + 1);
}

/** The vacancy is picked again, with its slot, when things are settled. */
export function reopen(s: Allocation, v: V): void {
  listOpen(s, v);
  s.unsettled.vacancies.push(v);
}

/** Among the open ones of its segments, in order of publication. */
export function listOpen(s: Allocation, v: V): void {
  setStatus(s, v, OPEN);
  setHolder(s, v, NONE);
  listIn(s, v, firstSegment(s, v));
  for (let link = moreSegments(s, v); link !== END; link = nextLink(s.chains, link)) {
    listIn(s, v, valueAt(s.chains, link) as SegmentHandle);
  }
}

function listIn(s: Allocation, v: V, segment: SegmentHandle): void {
  const list = openVacancies(segment);
  const publication = publicationOf(s, v);
  insertAt(s.lists, list, rankOfKey(s.lists, list, publication), publication, v);
}

export function unlistOpen(s: Allocation, v: V): void {
  unlistIn(s, v, firstSegment(s, v));
  for (let link = moreSegments(s, v); link !== END; link = nextLink(s.chains, link)) {
    unlistIn(s, v, valueAt(s.chains, link) as SegmentHandle);
  }
}

function unlistIn(s: Allocation, v: V, segment: SegmentHandle): void {
  const list = openVacancies(segment);
  const rank = rankOfKey(s.lists, list, publicationOf(s, v));
  invariant(itemAt(s.lists, list, rank) === v, 'an open vacancy stands in the lists of its segments');
  removeAt(s.lists, list, rank);
}

/** A slot the seat had becomes FREE (section 3). */
export function releaseOwnSlot(s: Allocation, v: V): void {
  if (slotSegment(s, v) === NONE) return;
  releaseSlot(s, slotSegment(s, v), slotOf(s, v));
  setSlot(s, v, NONE, NONE);
}

/** Enrolment or a signed stay fills the seat and its slot. */
export function fillVacancy(s: Allocation, v: V): void {
  sayVacancy(s, 'VacancyFilled', v);
  if (slotSegment(s, v) !== NONE) fillSlot(s, slotSegment(s, v), slotOf(s, v));
  forgetVacancy(s, v);
}

/** A recalled or expired seat is over and frees its slot; what held it has been ended before. */
export function dropVacancy(s: Allocation, v: V): void {
  if (statusOf(s, v) === OPEN) unlistOpen(s, v);
  releaseOwnSlot(s, v);
  forgetVacancy(s, v);
}

function forgetVacancy(s: Allocation, v: V): void {
  setSubject(s.vacancyIds, idOfVacancy(s, v), VACANCY_ENDED);
  freeChain(s.chains, moreSegments(s, v));
  freeChain(s.chains, refusalsOf(s, v));
  freeRow(s.vacancies, v);
}
