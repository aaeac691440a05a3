/** Judges the core, or a mutant of it, by one history. */
import { decide, fromSnapshot, openAllocation, positionOf, queues, toSnapshot } from '#allocation';
import { digestOfDecisions, digestOfQueues, type JudgedHistory } from './core-histories.ts';

/** @returns what the core did otherwise than the history says, or null */
export function faultOf(history: JudgedHistory): string | null {
  let core = openAllocation(history.policy, history.calendar);
  const middle = history.entries.length >> 1;
  const decisions = history.entries.flatMap((entry, place) => {
    if (place === middle) core = fromSnapshot(toSnapshot(core));
    return decide(core, entry, place);
  });
  if (digestOfDecisions(decisions) !== history.decisions) return 'decided otherwise';
  const told = queues(core);
  if (history.queues !== null && digestOfQueues(told) !== history.queues) return 'other queues';
  const wrong = told.some(({ preschoolId, applicationIds }) =>
    applicationIds.some((id, i) => positionOf(core, id, preschoolId) !== i + 1),
  );
  return wrong ? 'other positions' : null;
}
