import type { DecisionBranch, Decision } from './generated/decisions.ts';

const namespace = 'kz.kezek.decisions.';

/** A decision as the union wants it: `{ 'kz.kezek.decisions.OfferMade': … }`. */
export function toDecisionBranch(decision: Decision): DecisionBranch {
  return { [namespace + decision.type]: decision } as unknown as DecisionBranch;
}

/** A decision as code wants it: one object with its `type`. */
export function fromDecisionBranch(branch: DecisionBranch): Decision {
  const [name, fields] = Object.entries(branch)[0] as [string, object];
  return { type: name.slice(namespace.length), ...fields } as Decision;
}
