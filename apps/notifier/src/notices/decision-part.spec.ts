import { describe, expect, it } from '@jest/globals';
import { toDecisionBranch, type Decisions } from '#contracts';
import { application, decided } from '../../test/decided.ts';
import { partsOf } from './decision-part.ts';

const other = '00000000-0000-4000-8000-00000000000b';
const record = (decisions: readonly Decisions.Decision[], part = 0, parts = 1) => ({
  logOffset: 42n,
  part,
  parts,
  edition: 'test',
  decisions: decisions.map(toDecisionBranch),
});

describe('a record of decisions', () => {
  it('is split by application, each in order, with the ids that the whole record gives', () => {
    const parts = partsOf(
      record([
        decided.OfferMade,
        decided.VacancyOpened,
        { ...decided.EntryReturned, applicationId: other },
        decided.ReferralIssued,
        { ...decided.Rejected, applicationId: null },
      ]),
    );
    expect(parts.map(({ applicationId, decisions }) => [applicationId, decisions.map(({ index }) => index)])).toEqual([
      [application, [0, 3]],
      [other, [2]],
    ]);
  });

  it('that continues an entry of the log goes on counting', () => {
    const full = Array.from({ length: 500 }, () => decided.VacancyOpened);
    expect(partsOf(record(full, 0, 2))).toEqual([]);
    expect(partsOf(record([decided.OfferMade], 1, 2))[0]!.decisions[0]!.index).toBe(500);
  });

  it('that is not full although more follows is set aside: its ids would clash', () => {
    expect(() => partsOf(record([decided.OfferMade], 0, 2))).toThrow(/has 1 decisions/);
  });
});
