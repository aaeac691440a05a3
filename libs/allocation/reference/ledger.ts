/** The ledger of class slots of a segment: section 3, p.10. */
import type { Category } from '../src/messages.ts';
import {
  segmentOfEntry,
  type Application,
  type Entry,
  type Ledger,
  type ReferenceState,
  type SlotClass,
} from './state.ts';

/** Where a slot stands: its segment and its place in that segment's list. */
export type SlotPlace = { readonly segment: string; readonly index: number };

export type Waiting = { readonly application: Application; readonly entry: Entry };

/** §1: entries are compared by the pair (time, sequence number). */
export function isBefore(a: Entry, b: Entry): boolean {
  return a.orderTimeMs !== b.orderTimeMs ? a.orderTimeMs < b.orderTimeMs : a.orderNumber < b.orderNumber;
}

/** §3: "Within a category the earliest order time is first." */
export function earliest(waiting: readonly Waiting[]): Waiting | null {
  let first: Waiting | null = null;
  for (const one of waiting) {
    if (first === null || isBefore(one.entry, first.entry)) first = one;
  }
  return first;
}

export function ofCategory(waiting: readonly Waiting[], category: Category): Waiting[] {
  return waiting.filter((one) => one.application.category === category);
}

export function ledgerOf(state: ReferenceState, segment: string): Ledger {
  const known = state.ledgers.find((ledger) => ledger.segment === segment);
  if (known !== undefined) return known;
  const opened: Ledger = { segment, slots: [] };
  state.ledgers.push(opened);
  return opened;
}

/** The slot that a vacancy has, if any. */
export function slotOfVacancy(state: ReferenceState, vacancyId: string): SlotPlace | null {
  for (const ledger of state.ledgers) {
    const index = ledger.slots.findIndex((slot) => slot.status === 'BOUND' && slot.vacancyId === vacancyId);
    if (index >= 0) return { segment: ledger.segment, index };
  }
  return null;
}

/** §3: "scan the slots before k: start at 3; F sets it to 0; G adds 1, at most 3. A FREE slot counts with the class it had." */
function owed(state: ReferenceState, ledger: Ledger, k: number): number {
  const full = state.policy.generalPerFirstPriority;
  let result = state.policy.ledgerStartsWith === 'GENERAL' ? 0 : full;
  for (const slot of ledger.slots.slice(0, k)) {
    result = slot.slotClass === 'FIRST_PRIORITY' ? 0 : Math.min(full, result + 1);
  }
  return result;
}

export type Candidate = { readonly chosen: Waiting; readonly slotClass: SlotClass; readonly slot: SlotPlace };

/**
 * §3, `candidate(v, s)`: k = v's own slot if v has one in s, else the lowest FREE slot of s, else a new slot at the end.
 * `eligible` are the entries eligible for v, of whatever segment.
 */
export function candidate(
  state: ReferenceState,
  vacancyId: string,
  segment: string,
  eligible: readonly Waiting[],
): Candidate | null {
  const ledger = ledgerOf(state, segment);
  const own = slotOfVacancy(state, vacancyId);
  const hasOwn = own !== null && own.segment === segment;
  const lowestFree = ledger.slots.findIndex((slot) => slot.status === 'FREE');
  const k = hasOwn ? own.index : lowestFree >= 0 ? lowestFree : ledger.slots.length;

  // "It is F's turn when v's own slot has class F; for a FREE or new slot, when `owed(k)` >= 3."
  const firstPrioritysTurn = hasOwn
    ? ledger.slots[k]?.slotClass === 'FIRST_PRIORITY'
    : owed(state, ledger, k) >= state.policy.generalPerFirstPriority;

  const here = eligible.filter((one) => segmentOfEntry(one.application, one.entry) === segment);
  const firstPriority = earliest(ofCategory(here, 'FIRST_PRIORITY'));
  const general = earliest(ofCategory(here, 'GENERAL'));
  const slot = { segment, index: k };
  // "an F exists and (it is F's turn or no G exists) → the earliest F, class F; else a G exists → the earliest G, class G; else nobody."
  if (firstPriority !== null && (firstPrioritysTurn || general === null)) {
    return { chosen: firstPriority, slotClass: 'FIRST_PRIORITY', slot };
  }
  if (general !== null) return { chosen: general, slotClass: 'GENERAL', slot };
  return null;
}

/** §3: "v takes `candidate`'s slot there with that class; a slot it had elsewhere becomes FREE." */
export function takeSlot(state: ReferenceState, vacancyId: string, taken: SlotPlace, slotClass: SlotClass): void {
  const had = slotOfVacancy(state, vacancyId);
  ledgerOf(state, taken.segment).slots[taken.index] = { slotClass, status: 'BOUND', vacancyId };
  if (had !== null && had.segment !== taken.segment) freePlace(state, had);
}

/** The vacancy's slot, if it has one, becomes FREE. */
export function freeSlot(state: ReferenceState, vacancyId: string): void {
  const place = slotOfVacancy(state, vacancyId);
  if (place !== null) freePlace(state, place);
}

function freePlace(state: ReferenceState, place: SlotPlace): void {
  const slots = ledgerOf(state, place.segment).slots;
  const slot = slots[place.index];
  if (slot === undefined) throw new Error('a slot stands outside its ledger');
  slot.status = 'FREE';
  slot.vacancyId = null;
  // "FREE slots at the end of a ledger are removed at once (seats nobody got leave no debt)."
  while (slots.at(-1)?.status === 'FREE') slots.pop();
}

/** §3: "Enrolment or a signed stay fills it." */
export function fillSlot(state: ReferenceState, vacancyId: string): void {
  const place = slotOfVacancy(state, vacancyId);
  if (place === null) return;
  const slot = ledgerOf(state, place.segment).slots[place.index];
  if (slot === undefined) throw new Error('a slot stands outside its ledger');
  slot.status = 'FILLED';
  slot.vacancyId = null;
}
