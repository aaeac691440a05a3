/** Judges a core, mutated or not, by one history: what is wrong with it, or null. */
import { decisionLine } from '../../libs/allocation/properties/wire.ts';
import { answersTo, type Core } from './core-answers.ts';
import { digest, digestOfQueues, type JudgedHistory } from './core-histories.ts';

export type { Core } from './core-answers.ts';

/** Decisions in order, a snapshot written and loaded in the middle, queues and positions at the end, answers in between. */
export function faultOf(core: Core, history: JudgedHistory): string | null {
  const { policy, calendar, entries, decisions, queues } = history;
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
  if (wrong) return 'other positions';
  const { answers } = history;
  return answers === null || digest(answersTo(core, history)) === answers ? null : 'answered otherwise';
}
