/** Who is next: `pick(vacancy)` of section 3 (p.10). */
import type { Category } from '../src/messages.ts';
import {
  candidate,
  earliest,
  freeSlot,
  ofCategory,
  slotOfVacancy,
  takeSlot,
  type SlotPlace,
  type Waiting,
} from './ledger.ts';
import {
  isInSegmentOf,
  isLeaving,
  isStay,
  referredEntry,
  segmentOfEntry,
  type Application,
  type Entry,
  type ReferenceState,
  type Vacancy,
} from './state.ts';

export type Picked = { readonly chosen: Waiting; readonly pickedAs: Category; readonly slot: SlotPlace | null };

/**
 * §3: "Eligible: entries in state WAITING in one of the vacancy's segments, whose application did not refuse this very vacancy
 * before and is not leaving, and, when the vacancy is a stay, holds no stay and no live referral."
 */
export function isEligible(vacancy: Vacancy, application: Application, entry: Entry): boolean {
  if (entry.state !== 'WAITING') return false;
  if (!isInSegmentOf(vacancy, application, entry)) return false;
  if (application.refusedVacancies.includes(vacancy.vacancyId)) return false;
  if (isLeaving(application)) return false;
  if (isStay(vacancy) && (application.holdsStay || referredEntry(application) !== undefined)) return false;
  return true;
}

/**
 * The four steps of `pick(v)`; it changes nothing. `gone` are entries already chosen in the same sibling step.
 */
export function pick(state: ReferenceState, vacancy: Vacancy, gone: readonly Entry[] = []): Picked | null {
  const eligible: Waiting[] = [];
  for (const application of state.applications) {
    for (const entry of application.entries) {
      if (!gone.includes(entry) && isEligible(vacancy, application, entry)) eligible.push({ application, entry });
    }
  }

  // 1. "An eligible O exists in any segment of v: take the earliest. A slot v had becomes FREE."
  const outOfTurn = earliest(ofCategory(eligible, 'OUT_OF_TURN'));
  if (outOfTurn !== null) return { chosen: outOfTurn, pickedAs: 'OUT_OF_TURN', slot: null };

  // 2. "Else, if v has a slot in segment s and `candidate(v, s)` exists: take it; v keeps that slot, with the class found."
  const own = slotOfVacancy(state, vacancy.vacancyId);
  if (own !== null) {
    const kept = candidate(state, vacancy.vacancyId, own.segment, eligible);
    if (kept !== null) return { chosen: kept.chosen, pickedAs: kept.slotClass, slot: kept.slot };
  }

  // 3. "Else, if an F or G is eligible: the segment of the one with the earliest order time, of either class."
  const longest = earliest(eligible);
  if (longest !== null) {
    const served = segmentOfEntry(longest.application, longest.entry);
    const found = candidate(state, vacancy.vacancyId, served, eligible);
    if (found === null) throw new Error('the queue of an eligible entry has no candidate');
    return { chosen: found.chosen, pickedAs: found.slotClass, slot: found.slot };
  }

  // 4. "Else nobody."
  return null;
}

/** What a pick does to the ledgers: the slot taken, kept or freed. */
export function takePicked(state: ReferenceState, vacancy: Vacancy, picked: Picked | null): void {
  if (picked === null || picked.slot === null || picked.pickedAs === 'OUT_OF_TURN') {
    freeSlot(state, vacancy.vacancyId);
    return;
  }
  takeSlot(state, vacancy.vacancyId, picked.slot, picked.pickedAs);
}
