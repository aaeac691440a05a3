import { fromDecisionBranch, type Decisions, type MessageOf } from '#contracts';

/** The decisions of one log entry about one application (or, where none is concerned, one seat or preschool), in order. */
export type DecisionPart = { readonly key: string; readonly value: readonly Decisions.Decision[] };

/** Splits a record so that trouble with one application stops no other; order within each is kept. */
export function splitByApplication(record: MessageOf<'DecisionsMade'>): readonly DecisionPart[] {
  const parts = new Map<string, Decisions.Decision[]>();
  for (const branch of record.decisions) {
    const decision = fromDecisionBranch(branch);
    const key = keyOf(decision);
    const part = parts.get(key);
    if (part) part.push(decision);
    else parts.set(key, [decision]);
  }
  return [...parts].map(([key, value]) => ({ key, value }));
}

function keyOf(decision: Decisions.Decision): string {
  if ('applicationId' in decision && decision.applicationId !== null) return decision.applicationId;
  if ('vacancyId' in decision && decision.vacancyId !== null) return decision.vacancyId;
  return 'preschoolId' in decision ? decision.preschoolId : 'everybody';
}
