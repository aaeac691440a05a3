import { describe, expect, it } from '@jest/globals';
import type { Decisions } from '#contracts';
import { decided, partOf } from '../../test/decided.ts';
import { stagesOfDecisions } from './stages.ts';

const stages = (...decisions: readonly Decisions.Decision[]) =>
  stagesOfDecisions(partOf(...decisions)).map(({ stage }) => stage);

describe('the monitoring system', () => {
  it('learns of one stage, however many queues are joined at once', () => {
    expect(stages(decided.EntryQueued, { ...decided.EntryQueued, preschoolId: 'P2' })).toEqual(['IN_PROGRESS']);
  });

  it('learns that a referral ended and the service goes on', () => {
    expect(stages(decided.ReferralExpired, decided.EntrySuspended)).toEqual(['IN_PROGRESS']);
  });

  it('learns of the end only, when the referral ended with the application', () => {
    expect(stages(decided.ReferralAnnulled, decided.EntryArchived, decided.ApplicationArchived)).toEqual(['ARCHIVED']);
    expect(stages(decided.ReferralUsed, decided.ApplicationEnrolled)).toEqual(['COMPLETED']);
  });

  it('learns of a place offered at once with its queue (a referral at once, PASSPORT)', () => {
    expect(stages(decided.EntryQueued, decided.OfferMade)).toEqual(['IN_PROGRESS', 'OFFERED']);
  });
});
