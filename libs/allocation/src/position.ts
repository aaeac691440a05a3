/** Queue position (section 3): where repeated picks of single-year permanent seats would come to an entry. A query. */
import { categoryOf } from './application-record.ts';
import { F, G, O, type SlotClass } from './codes.ts';
import { applicationOf, segmentOf } from './entry-record.ts';
import { type EntryHandle, type SegmentHandle } from './handles.ts';
import { classOfSlot, endSlot, firstKeptSlot, freeSlots, isFree, owed } from './ledger.ts';
import { isListed, lane, rankOf } from './ordering.ts';
import { itemAt, listLength } from './sorted-lists.ts';
import { type Allocation } from './state.ts';

type S = SegmentHandle;

/** How many of each class would be served before an entry. */
export type Ahead = { readonly outOfTurn: number; readonly firstPriority: number; readonly general: number };

/** The entry's place in its queue, from 1; null when it has none (section 3, the last words on positions). */
export function positionOfEntry(s: Allocation, e: EntryHandle): number | null {
  const ahead = aheadOf(s, e);
  return ahead === null ? null : ahead.outOfTurn + ahead.firstPriority + ahead.general + 1;
}

/** Who is ahead of an entry, by class; null when it has no position. */
export function aheadOf(s: Allocation, e: EntryHandle): Ahead | null {
  if (!isListed(s, e)) return null;
  const segment = segmentOf(s, e);
  const category = categoryOf(s, applicationOf(s, e));
  const rank = rankOf(s, e);
  if (category === O) return { outOfTurn: rank, firstPriority: 0, general: 0 };
  const outOfTurn = listLength(s.lists, lane(segment, O));
  const others = othersAhead(s, segment, category, rank);
  return category === F
    ? { outOfTurn, firstPriority: rank, general: others }
    : { outOfTurn, firstPriority: others, general: rank };
}

/** How many of the other class, F or G, come before: first those whom the FREE slots serve, then the closed form. */
function othersAhead(s: Allocation, segment: S, ownClass: SlotClass, rank: number): number {
  const others = listLength(s.lists, lane(segment, ownClass === F ? G : F));
  if (freeSlots(s, segment) === 0) return behindDebt(s, ownClass, rank, others, owed(s, segment, endSlot(s, segment)));
  const served = serveFreeSlots(s, segment);
  let ownServed = 0;
  let othersServed = 0;
  for (const { slotClass } of served.slots) {
    if (slotClass === ownClass && ownServed === rank) return othersServed;
    if (slotClass === ownClass) ownServed++;
    else othersServed++;
  }
  return othersServed + behindDebt(s, ownClass, rank - ownServed, others - othersServed, served.owed);
}

/** The closed form: how many of `others` come before the entry with `ahead` of its own class before it. */
function behindDebt(s: Allocation, ownClass: SlotClass, ahead: number, others: number, debt: number): number {
  const most = s.policy.generalPerFirstPriority;
  return Math.min(others, ownClass === G ? Math.floor((debt + ahead) / most) : Math.max(0, most * (ahead + 1) - debt));
}

type NextSlot = { readonly slot: number; readonly slotClass: SlotClass };

/** Whom the FREE slots would go to, lowest first, and what is owed at the end of the ledger after them. */
function serveFreeSlots(s: Allocation, segment: S): { readonly slots: readonly NextSlot[]; readonly owed: number } {
  const end = endSlot(s, segment);
  const slots: NextSlot[] = [];
  const given = new Map<number, SlotClass>();
  const classAt = (_: Allocation, __: S, slot: number): SlotClass => given.get(slot) ?? classOfSlot(s, segment, slot);
  let priorities = listLength(s.lists, lane(segment, F));
  let generals = listLength(s.lists, lane(segment, G));
  for (let slot = firstKeptSlot(s, segment); slot < end && priorities + generals > 0; slot++) {
    if (!isFree(s, segment, slot)) continue;
    const due = owed(s, segment, slot, classAt) >= s.policy.generalPerFirstPriority;
    const slotClass: SlotClass = priorities > 0 && (due || generals === 0) ? F : G;
    if (slotClass === F) priorities--;
    else generals--;
    given.set(slot, slotClass);
    slots.push({ slot, slotClass });
  }
  return { slots, owed: owed(s, segment, end, classAt) };
}

/** The slots that the next seats of a segment would take, and their classes, while F or G wait; at most `count`. */
export function nextSlots(s: Allocation, segment: S, count: number): NextSlot[] {
  const served = serveFreeSlots(s, segment);
  const slots = served.slots.slice(0, count);
  const servedOf = (slotClass: SlotClass): number => slots.filter((one) => one.slotClass === slotClass).length;
  let priorities = listLength(s.lists, lane(segment, F)) - servedOf(F);
  let generals = listLength(s.lists, lane(segment, G)) - servedOf(G);
  let debt = served.owed;
  for (let slot = endSlot(s, segment); slots.length < count && priorities + generals > 0; slot++) {
    const slotClass = priorities > 0 && (debt >= s.policy.generalPerFirstPriority || generals === 0) ? F : G;
    if (slotClass === F) priorities--;
    else generals--;
    debt = slotClass === F ? 0 : debt + 1;
    slots.push({ slot, slotClass });
  }
  return slots;
}

/** All entries of a segment that have a position, in that order. */
export function queueOrder(s: Allocation, segment: S): EntryHandle[] {
  const order: EntryHandle[] = [];
  const next = [0, 0, 0];
  const left = (category: number): number => listLength(s.lists, lane(segment, category)) - next[category]!;
  const call = (category: number): void => {
    order.push(itemAt(s.lists, lane(segment, category), next[category]!) as EntryHandle);
    next[category] = next[category]! + 1;
  };
  while (left(O) > 0) call(O);
  const served = serveFreeSlots(s, segment);
  for (const { slotClass } of served.slots) call(slotClass);
  const most = s.policy.generalPerFirstPriority;
  for (let debt = served.owed; left(F) + left(G) > 0;) {
    const slotClass = left(F) > 0 && (debt >= most || left(G) === 0) ? F : G;
    call(slotClass);
    debt = slotClass === F ? 0 : Math.min(most, debt + 1);
  }
  return order;
}
