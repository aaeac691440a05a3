import { fromDecisionBranch, type Decisions, type MessageOf } from '#contracts';
import { Failure } from '#runtime';

export type DecisionType = Decisions.Decision['type'];
export type DecisionOf<T extends DecisionType> = Extract<Decisions.Decision, { type: T }>;

/** Decisions of one log entry on one application, in order. */
export type DecisionPart = {
  readonly applicationId: string;
  readonly logOffset: bigint;
  readonly decisions: readonly {
    /** Place among all decisions of the log entry; `<logOffset>.<index>` is the decision's id. */
    readonly index: number;
    readonly decision: Decisions.Decision;
  }[];
};

const decisionsPerRecord = 500;

/**
 * Splits a record of decisions by application, each in order, applications in the order of their first decision.
 * Decisions on seats, preschools and policies that name no application are nobody's notice and are left out.
 * @throws Failure 'message-impossible' when a record that is not the last of its entry is not full: ids would clash
 */
export function partsOf({ logOffset, part, parts, decisions }: MessageOf<'DecisionsMade'>): readonly DecisionPart[] {
  const full = decisions.length === decisionsPerRecord || part === parts - 1;
  if (!full || decisions.length > decisionsPerRecord) {
    throw new Failure('message-impossible', `record ${part} of ${parts} has ${decisions.length} decisions`);
  }
  const byApplication = new Map<string, { index: number; decision: Decisions.Decision }[]>();
  decisions.forEach((branch, at) => {
    const decision = fromDecisionBranch(branch);
    const applicationId = 'applicationId' in decision ? decision.applicationId : null;
    if (applicationId === null) return;
    const mine = byApplication.get(applicationId) ?? [];
    mine.push({ index: part * decisionsPerRecord + at, decision });
    byApplication.set(applicationId, mine);
  });
  return Array.from(byApplication, ([applicationId, mine]) => ({ applicationId, logOffset, decisions: mine }));
}

/** Every decision of a type in a part, in order. */
export function decisionsOf<T extends DecisionType>(part: DecisionPart, type: T): readonly DecisionOf<T>[] {
  return part.decisions.map(({ decision }) => decision).filter((decision) => decision.type === type) as DecisionOf<T>[];
}

export function hasDecision(part: DecisionPart, type: DecisionType): boolean {
  return part.decisions.some(({ decision }) => decision.type === type);
}
