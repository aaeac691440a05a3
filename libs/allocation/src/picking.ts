/**
 * Who is next (section 3): `pick(vacancy)`. O before all others; F spread among G "one to three" by the ledger of the
 * segment (p.10). Looking changes nothing; `take` then moves the slots.
 */
import { HOLDS_STAY, hasFlag, referralOf } from './application-record.ts';
import { END, nextLink, valueAt } from './chains.ts';
import { F, G, O, type CategoryCode, type SlotClass } from './codes.ts';
import { applicationOf } from './entry-record.ts';
import { NONE, type EntryHandle, type SegmentHandle, type VacancyHandle } from './handles.ts';
import { hasRefused } from './history.ts';
import { bindSlot, classOfSlot, nextSlot, owed } from './ledger.ts';
import { compareOrder, lane } from './ordering.ts';
import { itemAt, listLength } from './sorted-lists.ts';
import { type Allocation } from './state.ts';
import { isStay, refusalsOf, moreSegments, firstSegment, setSlot, slotOf, slotSegment } from './vacancy-record.ts';
import { releaseOwnSlot } from './vacancy-life.ts';

type E = EntryHandle;
type S = SegmentHandle;
type V = VacancyHandle;

/** O is picked outside the ledgers: its segment and slot are NONE. */
export type Pick = {
  readonly entry: E;
  readonly category: CategoryCode;
  readonly segment: S;
  readonly slot: number;
};

/**
 * Of a waiting entry in one of the vacancy's segments: its application did not refuse this very vacancy and, for a stay,
 * holds no stay and no live referral. (Those that are leaving stand in no list.)
 */
export function isEligible(s: Allocation, v: V, e: E): boolean {
  const a = applicationOf(s, e);
  if (refusalsOf(s, v) !== END && hasRefused(s, a, v)) return false;
  return !isStay(s, v) || (!hasFlag(s, a, HOLDS_STAY) && referralOf(s, a) === NONE);
}

function earliestEligible(s: Allocation, v: V, segment: S, category: CategoryCode): E {
  const list = lane(segment, category);
  const length = listLength(s.lists, list);
  for (let i = 0; i < length; i++) {
    const e = itemAt(s.lists, list, i) as E;
    if (isEligible(s, v, e)) return e;
  }
  return NONE;
}

/** `pick(v)`, or null when nobody is eligible. */
export function pick(s: Allocation, v: V): Pick | null {
  const outOfTurn = earliestOutOfTurn(s, v);
  if (outOfTurn !== NONE) return { entry: outOfTurn, category: O, segment: NONE, slot: NONE };
  const own = slotSegment(s, v);
  const kept = own === NONE ? null : candidate(s, v, own);
  if (kept !== null) return kept;
  const segment = longestWaitingSegment(s, v);
  return segment === NONE ? null : candidate(s, v, segment);
}

/** Moves the slots as the pick says: O takes none, F and G take the one found; any other is given back. */
export function take(s: Allocation, v: V, picked: Pick): void {
  if (picked.segment === NONE || slotSegment(s, v) !== picked.segment) releaseOwnSlot(s, v);
  if (picked.segment === NONE) return;
  bindSlot(s, picked.segment, picked.slot, picked.category as SlotClass);
  setSlot(s, v, picked.segment, picked.slot);
}

function earliestOutOfTurn(s: Allocation, v: V): E {
  let earliest = earliestEligible(s, v, firstSegment(s, v), O);
  for (let link = moreSegments(s, v); link !== END; link = nextLink(s.chains, link)) {
    earliest = earlier(s, earliest, earliestEligible(s, v, valueAt(s.chains, link) as S, O));
  }
  return earliest;
}

/** p.10: whose turn it is in this segment, for the vacancy's own slot or the next one. */
function candidate(s: Allocation, v: V, segment: S): Pick | null {
  const own = slotSegment(s, v) === segment;
  const slot = own ? slotOf(s, v) : nextSlot(s, segment);
  const priority = earliestEligible(s, v, segment, F);
  const general = earliestEligible(s, v, segment, G);
  if (priority === NONE && general === NONE) return null;
  const priorityTurn =
    priority !== NONE &&
    (general === NONE ||
      (own ? classOfSlot(s, segment, slot) === F : owed(s, segment, slot) >= s.policy.generalPerFirstPriority));
  return priorityTurn
    ? { entry: priority, category: F, segment, slot }
    : { entry: general, category: G, segment, slot };
}

/** For mixed-age seats: the queue of the F or G entry that waits longest is served, in its own order. */
function longestWaitingSegment(s: Allocation, v: V): S {
  const first = firstSegment(s, v);
  // With one segment there is nothing to compare; its own slot has found nobody there already.
  if (moreSegments(s, v) === END) return slotSegment(s, v) === first ? NONE : first;
  let earliest = earliestOfClasses(s, v, first);
  let found: S = earliest === NONE ? NONE : first;
  for (let link = moreSegments(s, v); link !== END; link = nextLink(s.chains, link)) {
    const segment = valueAt(s.chains, link) as S;
    const other = earliestOfClasses(s, v, segment);
    if (other === NONE || earlier(s, earliest, other) !== other) continue;
    earliest = other;
    found = segment;
  }
  return found;
}

const earliestOfClasses = (s: Allocation, v: V, segment: S): E =>
  earlier(s, earliestEligible(s, v, segment, F), earliestEligible(s, v, segment, G));

function earlier(s: Allocation, one: E, other: E): E {
  if (one === NONE || other === NONE) return one === NONE ? other : one;
  return compareOrder(s, one, other) <= 0 ? one : other;
}
