import { hasDecision, type DecisionPart, type DecisionType } from './decision-part.ts';
import type { Stage } from './notice.ts';

/** Stage of the service that a decision brings about; the others change none. */
export const stageOfDecision: Partial<Record<DecisionType, Stage>> = {
  EntryQueued: 'IN_PROGRESS',
  OfferMade: 'OFFERED',
  ReferralIssued: 'REFERRED',
  ReferralCancelled: 'IN_PROGRESS',
  ReferralExpired: 'IN_PROGRESS',
  ReferralAnnulled: 'IN_PROGRESS',
  ReferralRefused: 'IN_PROGRESS',
  ApplicationEnrolled: 'COMPLETED',
  ApplicationArchived: 'ARCHIVED',
};

export type ReachedStage = { readonly index: number; readonly stage: Stage; readonly atMs: number };

/** Stages that one entry of the log brings about for one application, a repeat of the same left out. */
export function stagesOfDecisions(part: DecisionPart): readonly ReachedStage[] {
  const ends = hasDecision(part, 'ApplicationArchived') || hasDecision(part, 'ApplicationEnrolled');
  const reached = part.decisions.flatMap(({ index, decision }) => {
    const stage = stageOfDecision[decision.type];
    return stage === undefined || (ends && stage === 'IN_PROGRESS') ? [] : [{ index, stage, atMs: decision.atMs }];
  });
  return reached.filter(({ stage }, at) => stage !== reached[at - 1]?.stage);
}
