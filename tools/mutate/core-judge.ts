/** Judges a core, mutated or not, by one history: what is wrong with it, or null. */
import { decisionLine } from '../../libs/allocation/properties/wire.ts';
import { digest, digestOfQueues, type JudgedHistory } from './core-histories.ts';

export type Core = typeof import('#allocation');

/** Decisions in order, a snapshot written and loaded in the middle, queues and positions at the end. */
export function faultOf(core: Core, { policy, calendar, entries, decisions, queues }: JudgedHistory): string | null {
  let state = core.openAllocation(policy, calendar);
  const middle = entries.length >> 1;
  const lines = entries.flatMap((entry, place) => {
    if (place === middle) state = core.fromSnapshot(core.toSnapshot(state));
    return core.decide(state, entry, place).map(decisionLine);
  });
  if (digest(lines) !== decisions) return 'decided otherwise';
  const told = core.queues(state);
  if (queues !== null && digestOfQueues(told) !== queues) return 'other queues';
  const wrong = told.some(({ preschoolId, applicationIds }) =>
    applicationIds.some((id, i) => core.positionOf(state, id, preschoolId) !== i + 1),
  );
  return wrong ? 'other positions' : null;
}
