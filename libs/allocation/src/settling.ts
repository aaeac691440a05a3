/**
 * Settling (section 3), after every log entry and every instant of timers: leaving applications that hold nothing are
 * archived, in the order queued; then each open vacancy, in order of publication, expires or is picked.
 *
 * The plain reading looks at every open vacancy of the country each time. But an open vacancy that found nobody has no
 * slot, and finds somebody only once an entry of its segments became eligible. So it is enough to look, in the same
 * order, at the vacancies that just opened or ran out, and at those of segments where an entry became eligible.
 */
import { hasFlag, isLeaving, LEAVING_FOR_AGE, liveOffers, queuedSequence, referralOf } from './application-record.ts';
import { archiveApplication } from './archiving.ts';
import { F, G, O } from './codes.ts';
import { offerAnswerDay, today } from './deadlines.ts';
import { applicationText, sayOfferMade, sayVacancy } from './decisions.ts';
import { applicationOf, vacancyOf } from './entry-record.ts';
import { NONE, type ApplicationHandle, type EntryHandle, type SegmentHandle, type VacancyHandle } from './handles.ts';
import { popHeap, pushHeap, type Heap } from './heap.ts';
import { lane, openVacancies } from './ordering.ts';
import { pick, take } from './picking.ts';
import { seat } from './seating.ts';
import { pullUpSiblings } from './siblings.ts';
import { itemAt, listLength, rankOfKey } from './sorted-lists.ts';
import { clearRanking, sortRanking } from './sorting.ts';
import { type Allocation } from './state.ts';
import { endOfDayMs, hourMs } from './terms.ts';
import { OFFER_ANSWER, setReminder, setTimer } from './timers.ts';
import { OPEN, publicationOf, setAnswerByDay, setRemindAtMs, statusOf, temporaryUntilDay } from './vacancy-record.ts';
import { dropVacancy, releaseOwnSlot } from './vacancy-life.ts';

type V = VacancyHandle;
type S = SegmentHandle;

export function settle(s: Allocation): void {
  const { leaving, vacancies, segments } = s.unsettled;
  if (leaving.length > 0) archiveLeaving(s, leaving.splice(0));
  if (segments.length > 0) settleInOrder(s, vacancies.splice(0), new Set(segments.splice(0)));
  else if (vacancies.length === 1) settleVacancy(s, vacancies.pop()!);
  else if (vacancies.length > 0) {
    for (const v of inOrderOfPublication(s, vacancies.splice(0))) settleVacancy(s, v);
  }
}

function isInOrder(s: Allocation, vacancies: readonly V[]): boolean {
  for (let i = 1; i < vacancies.length; i++) {
    if (publicationOf(s, vacancies[i - 1]!) >= publicationOf(s, vacancies[i]!)) return false;
  }
  return true;
}

function inOrderOfPublication(s: Allocation, vacancies: V[]): readonly V[] {
  if (isInOrder(s, vacancies)) return vacancies;
  const ranking = s.timers.ranking;
  clearRanking(ranking, vacancies.length);
  for (const v of vacancies) {
    ranking.keys[ranking.size] = publicationOf(s, v);
    ranking.items[ranking.size++] = v;
  }
  sortRanking(ranking);
  vacancies.forEach((_, i) => (vacancies[i] = ranking.items[i]! as V));
  return vacancies;
}

/** Section 6: archived as soon as it has neither live offer nor live referral. */
function archiveLeaving(s: Allocation, applications: ApplicationHandle[]): void {
  applications.sort((one, other) => queuedSequence(s, one) - queuedSequence(s, other));
  for (const a of applications) {
    if (!isLeaving(s, a) || liveOffers(s, a) > 0 || referralOf(s, a) !== NONE) continue;
    archiveApplication(s, a, hasFlag(s, a, LEAVING_FOR_AGE) ? 'MAX_AGE' : 'NO_INTEREST');
  }
}

/** Merges the vacancies and the open lists of the segments by publication. A segment where nobody waits drops out. */
function settleInOrder(s: Allocation, vacancies: readonly V[], segments: ReadonlySet<S>): void {
  const next = s.unsettled.order;
  for (const v of vacancies) if (statusOf(s, v) === OPEN) pushHeap(next, publicationOf(s, v), v * 2);
  for (const segment of segments) pushSegment(s, next, segment, 0);
  while (next.size > 0) {
    const publication = next.keys[0]!;
    const item = popHeap(next);
    if (item % 2 === 0) {
      settleVacancy(s, (item / 2) as V);
      continue;
    }
    const segment = ((item - 1) / 2) as S;
    const list = openVacancies(segment);
    const rank = rankOfKey(s.lists, list, publication);
    if (rank < listLength(s.lists, list)) {
      const v = itemAt(s.lists, list, rank) as V;
      if (publicationOf(s, v) === publication) settleVacancy(s, v);
    }
    pushSegment(s, next, segment, publication + 1);
  }
}

const hasWaiting = (s: Allocation, segment: S): boolean =>
  listLength(s.lists, lane(segment, O)) > 0 ||
  listLength(s.lists, lane(segment, F)) > 0 ||
  listLength(s.lists, lane(segment, G)) > 0;

/** Queues a segment's next open vacancy, as long as somebody waits there. */
function pushSegment(s: Allocation, next: Heap, segment: S, fromPublication: number): void {
  if (!hasWaiting(s, segment)) return;
  const list = openVacancies(segment);
  const rank = rankOfKey(s.lists, list, fromPublication);
  if (rank === listLength(s.lists, list)) return;
  pushHeap(next, publicationOf(s, itemAt(s.lists, list, rank) as V), segment * 2 + 1);
}

/** One open vacancy: it expires, or is offered, or stays open without a slot. */
function settleVacancy(s: Allocation, v: V): void {
  if (statusOf(s, v) !== OPEN) return;
  if (temporaryUntilDay(s, v) < today(s)) {
    sayVacancy(s, 'VacancyExpired', v);
    dropVacancy(s, v);
    return;
  }
  const picked = pick(s, v);
  if (picked === null) {
    releaseOwnSlot(s, v);
    return;
  }
  take(s, v, picked);
  seat(s, v, picked.entry, picked.category);
  const siblings = picked.category === G ? pullUpSiblings(s, v, picked.entry) : [];
  if (siblings.length === 0) makeOffer(s, picked.entry, []);
  else offerTogether(s, [picked.entry, ...siblings]);
}

function offerTogether(s: Allocation, entries: readonly EntryHandle[]): void {
  const names = entries.map((e) => applicationText(s, applicationOf(s, e)));
  entries.forEach((e, i) => {
    makeOffer(
      s,
      e,
      names.filter((_, other) => other !== i),
    );
  });
}

/** p.15, p.16(3): the offer, its answer's deadline and its reminder. */
function makeOffer(s: Allocation, e: EntryHandle, offeredWith: readonly string[]): void {
  const v = vacancyOf(s, e);
  const answerBy = offerAnswerDay(s);
  const remindAtMs = s.nowMs + s.policy.offerReminderHours * hourMs;
  setAnswerByDay(s, v, answerBy);
  setRemindAtMs(s, v, remindAtMs);
  setTimer(s.timers, OFFER_ANSWER, v, answerBy + 1);
  setReminder(s.timers, v, remindAtMs);
  sayOfferMade(s, e, v, endOfDayMs(answerBy), offeredWith);
}
