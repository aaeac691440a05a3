/** Siblings, p.26 [policy: pull up]: the last paragraph of section 3. */
import { isBefore, type Waiting } from './ledger.ts';
import { isEligible, pick, takePicked, type Picked } from './pick.ts';
import { isLeaving, segmentOfEntry, type Application, type Entry, type ReferenceState, type Vacancy } from './state.ts';

export type Match = { readonly vacancy: Vacancy; readonly picked: Picked };

/**
 * The offers of one step: v's first, then those of the siblings pulled up, in order. The slot of v is already taken. When all
 * siblings find a vacancy their slots are taken, too; when any does not, the ledgers are as they were.
 */
export function pullUpSiblings(state: ReferenceState, first: Match): Match[] {
  const alone = [first];
  if (state.policy.siblings === 'OFF') return alone;
  // "When pick gives a permanent vacancy v of preschool P to a G entry of applicant A"
  if (first.vacancy.temporaryUntil !== null || first.picked.pickedAs !== 'GENERAL') return alone;
  const siblings = siblingsWaiting(state, first.picked.chosen.application, first.vacancy.preschoolId);
  if (siblings.length === 0) return alone;

  const ledgersBefore = structuredClone(state.ledgers);
  const matches = [first];
  for (const sibling of siblings) {
    const match = vacancyFor(state, sibling, matches);
    if (match === null) {
      // "If any does not, none is: the slots taken in this attempt are given back as they were, and only v stands."
      state.ledgers = ledgersBefore;
      return alone;
    }
    takePicked(state, match.vacancy, match.picked);
    matches.push(match);
  }
  return matches;
}

/** "take the other applications of A (category G, not leaving) with a WAITING entry at P, in order time." */
function siblingsWaiting(state: ReferenceState, of: Application, preschoolId: string): Waiting[] {
  const found: Waiting[] = [];
  for (const application of state.applications) {
    if (application === of || application.applicantId !== of.applicantId) continue;
    if (application.category !== 'GENERAL' || isLeaving(application)) continue;
    for (const entry of application.entries) {
      if (entry.preschoolId === preschoolId && entry.state === 'WAITING') found.push({ application, entry });
    }
  }
  return found.sort((a, b) => (isBefore(a.entry, b.entry) ? -1 : 1));
}

/**
 * "find the earliest published OPEN permanent vacancy w at P, not yet used in this step, for which that entry is eligible and
 * whose own pick at this moment, with the slots taken and the entries chosen so far in this step (v's included) gone, would be
 * of class G in that entry's segment; it takes that slot."
 */
function vacancyFor(state: ReferenceState, sibling: Waiting, matches: readonly Match[]): Match | null {
  const used = matches.map((match) => match.vacancy);
  const gone: Entry[] = matches.map((match) => match.picked.chosen.entry);
  const preschoolId = sibling.entry.preschoolId;
  for (const w of state.vacancies) {
    if (w.status !== 'OPEN' || w.temporaryUntil !== null || w.preschoolId !== preschoolId || used.includes(w)) continue;
    if (!isEligible(w, sibling.application, sibling.entry)) continue;
    const ownPick = pick(state, w, gone);
    if (ownPick === null || ownPick.pickedAs !== 'GENERAL') continue;
    if (ownPick.slot?.segment !== segmentOfEntry(sibling.application, sibling.entry)) continue;
    return { vacancy: w, picked: { chosen: sibling, pickedAs: 'GENERAL', slot: ownPick.slot } };
  }
  return null;
}
