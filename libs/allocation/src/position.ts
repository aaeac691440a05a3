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

/** The entry's place in its queue, from 1; null when it has none (section 3, the last words on positions). */
export function positionOfEntry(s: Allocation, e: EntryHandle): number | null {
  if (!isListed(s, e)) return null;
  const segment = segmentOf(s, e);
  const category = categoryOf(s, applicationOf(s, e));
  const rank = rankOf(s, e);
  if (category === O) return rank + 1;
  return listLength(s.lists, lane(segment, O)) + placeAmongClasses(s, segment, category as SlotClass, rank);
}

/** Place among F and G, from 1: first whoever the FREE slots serve, then the closed form. */
function placeAmongClasses(s: Allocation, segment: S, ownClass: SlotClass, rank: number): number {
  const served = serveFreeSlots(s, segment);
  const count = { [F]: 0, [G]: 0 };
  for (let i = 0; i < served.classes.length; i++) {
    const slotClass = served.classes[i]!;
    if (slotClass === ownClass && count[slotClass] === rank) return i + 1;
    count[slotClass]++;
  }
  const most = s.policy.generalPerFirstPriority;
  const priorities = listLength(s.lists, lane(segment, F)) - count[F];
  const generals = listLength(s.lists, lane(segment, G)) - count[G];
  const ahead = rank - count[ownClass];
  const others =
    ownClass === G
      ? Math.min(priorities, Math.floor((served.owed + ahead) / most))
      : Math.min(generals, Math.max(0, most * (ahead + 1) - served.owed));
  return served.classes.length + ahead + others + 1;
}

/** Which classes the FREE slots would go to, lowest first, and what is owed at the end of the ledger after them. */
function serveFreeSlots(s: Allocation, segment: S): { readonly classes: readonly SlotClass[]; readonly owed: number } {
  const end = endSlot(s, segment);
  const classes: SlotClass[] = [];
  if (freeSlots(s, segment) === 0) return { classes, owed: owed(s, segment, end) };
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
    classes.push(slotClass);
  }
  return { classes, owed: owed(s, segment, end, classAt) };
}

/** All entries of a segment that have a position, in that order. */
export function queueOrder(s: Allocation, segment: S): EntryHandle[] {
  const order: EntryHandle[] = [];
  const next = [0, 0, 0];
  const left = (category: number): number => listLength(s.lists, lane(segment, category)) - next[category]!;
  const call = (category: number): void => {
    order.push(itemAt(s.lists, lane(segment, category), next[category]!++) as EntryHandle);
  };
  while (left(O) > 0) call(O);
  const served = serveFreeSlots(s, segment);
  for (const slotClass of served.classes) call(slotClass);
  const most = s.policy.generalPerFirstPriority;
  for (let debt = served.owed; left(F) + left(G) > 0;) {
    const slotClass = left(F) > 0 && (debt >= most || left(G) === 0) ? F : G;
    call(slotClass);
    debt = slotClass === F ? 0 : Math.min(most, debt + 1);
  }
  return order;
}
