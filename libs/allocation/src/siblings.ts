/**
 * Siblings (p.26, policy PULL_UP): when a permanent vacancy goes to a G entry, the other G applications of the same
 * applicant that wait at that preschool get permanent seats there at the same moment: every one, or none.
 */
import {
  applicantOf,
  categoryOf,
  firstEntry,
  hasFlag,
  HAS_SIBLINGS,
  isLeaving,
  liveOffers,
  nextOfApplicant,
  setLiveOffers,
} from './application-record.ts';
import { G, WAITING } from './codes.ts';
import { applicationOf, nextEntry, segmentOf, setState, stateOf } from './entry-record.ts';
import { NONE, type ApplicationHandle, type EntryHandle, type SegmentHandle, type VacancyHandle } from './handles.ts';
import { subjectOf } from './ids.ts';
import { restoreLedger, saveLedger, type SavedLedger } from './ledger.ts';
import { compareOrder, enlistQuietly, openVacancies } from './ordering.ts';
import { isEligible, pick, take, type Pick } from './picking.ts';
import { seat } from './seating.ts';
import { preschoolOfSegment } from './segment-record.ts';
import { itemAt, listLength } from './sorted-lists.ts';
import { type Allocation } from './state.ts';
import { isTemporary, preschoolOf, setSlot, slotOf, slotSegment } from './vacancy-record.ts';
import { listOpen } from './vacancy-life.ts';

type E = EntryHandle;
type S = SegmentHandle;
type V = VacancyHandle;

/** What one sibling took, and how its seat's slot stood before. */
type Taken = { readonly entry: E; readonly vacancy: V; readonly slotSegment: S; readonly slot: number };

/**
 * Seats the siblings of the entry that was just seated in `v`, in order time; their seats' entries are OFFERED then, but
 * nothing is said yet.
 * @returns the siblings' entries, in order; none unless every sibling found a vacancy
 */
export function pullUpSiblings(s: Allocation, v: V, seated: E): readonly E[] {
  const a = applicationOf(s, seated);
  if (!hasFlag(s, a, HAS_SIBLINGS) || s.policy.siblings === 'OFF' || isTemporary(s, v)) return [];
  const siblings = waitingSiblings(s, a, preschoolOf(s, v));
  if (siblings.length === 0) return [];
  const taken: Taken[] = [];
  const ledgers = new Map<S, SavedLedger>();
  for (const sibling of siblings) {
    const one = takeSeatFor(s, sibling, ledgers);
    if (one === null) {
      giveBack(s, taken, ledgers);
      return [];
    }
    taken.push(one);
  }
  return siblings;
}

/** The other applications of the applicant, category G and not leaving, with an entry waiting there, in order time. */
function waitingSiblings(s: Allocation, a: ApplicationHandle, preschool: number): E[] {
  const found: E[] = [];
  const first = subjectOf(s.applicantIds, applicantOf(s, a)) as ApplicationHandle;
  for (let other = first; other !== NONE; other = nextOfApplicant(s, other)) {
    if (other === a || categoryOf(s, other) !== G || isLeaving(s, other)) continue;
    for (let e = firstEntry(s, other); e !== NONE; e = nextEntry(s, e)) {
      if (stateOf(s, e) === WAITING && preschoolOfSegment(s, segmentOf(s, e)) === preschool) found.push(e);
    }
  }
  return found.sort((one, other) => compareOrder(s, one, other));
}

/**
 * The earliest published open permanent vacancy for which the sibling is eligible and whose own pick, with what was taken
 * in this step gone, would be of class G in the sibling's segment.
 */
function takeSeatFor(s: Allocation, e: E, ledgers: Map<S, SavedLedger>): Taken | null {
  const segment = segmentOf(s, e);
  const list = openVacancies(segment);
  for (let i = 0; i < listLength(s.lists, list); i++) {
    const vacancy = itemAt(s.lists, list, i) as V;
    if (isTemporary(s, vacancy) || !isEligible(s, vacancy, e)) continue;
    const picked = pick(s, vacancy);
    if (picked === null || picked.category !== G || picked.segment !== segment) continue;
    return takeSeat(s, vacancy, e, picked, ledgers);
  }
  return null;
}

function takeSeat(s: Allocation, vacancy: V, entry: E, picked: Pick, ledgers: Map<S, SavedLedger>): Taken {
  const before = { entry, vacancy, slotSegment: slotSegment(s, vacancy), slot: slotOf(s, vacancy) };
  for (const touched of [before.slotSegment, picked.segment]) {
    if (touched !== NONE && !ledgers.has(touched)) ledgers.set(touched, saveLedger(s, touched));
  }
  take(s, vacancy, picked);
  seat(s, vacancy, entry, G);
  return before;
}

/** If any does not find a seat, none is pulled up: everything is as it was. */
function giveBack(s: Allocation, taken: readonly Taken[], ledgers: ReadonlyMap<S, SavedLedger>): void {
  for (const one of taken) {
    setState(s, one.entry, WAITING);
    enlistQuietly(s, one.entry);
    setLiveOffers(s, applicationOf(s, one.entry), liveOffers(s, applicationOf(s, one.entry)) - 1);
    listOpen(s, one.vacancy);
    setSlot(s, one.vacancy, one.slotSegment, one.slot);
  }
  for (const [segment, saved] of ledgers) restoreLedger(s, segment, saved);
}
