import { describe, expect, it } from '@jest/globals';
import {
  accepts,
  admission,
  cancels,
  interested,
  journal,
  nothing,
  published,
  queued,
  type Journal,
} from './testing/journal.ts';

describe('worked cases: age', () => {
  it('F-09 passes over a child whose planned age lies ahead, and keeps its time', () => {
    const born = '2024-04-04';
    const log = journal().given(
      '2026-05-25T09:00',
      queued('G1', '2026-04-01T09:00', { born, plannedAge: 3 }),
      queued('G2', '2026-04-02T09:00', { born, plannedAge: 2 }),
      queued('G3', '2026-04-03T09:00', { born, plannedAge: 2 }),
    );
    log.when('2026-06-01T10:00', published(['V1'], { years: [2024] }));
    expect(log.offers()).toEqual(['V1 → G2']);
    log.given('2026-06-01T11:00', accepts('G2', 'V1'), admission('G2', 'SIGNED'));
    expect(log.stateOf('G1')).toBe('DEFERRED');
    log.when('2027-02-01T10:00', published(['V2'], { years: [2024] }));
    expect(log.decisions('PlannedAgeReached', 'OfferMade')).toEqual([
      '2027-01-01T00:00 PlannedAgeReached G1 A',
      '2027-02-01T10:00 OfferMade G1 A V2 answerBy 2027-02-03T23:59:59.999',
    ]);
  });

  it('F-21 archives at the sixth birthday, unless there is a PMPC conclusion', () => {
    const log = journal().given(
      '2026-05-25T09:00',
      queued('Ga', '2025-09-01T09:00', { born: '2020-06-10' }),
      queued('Gb', '2025-09-01T09:00', { born: '2020-06-10', pmpc: true }),
    );
    log.when('2026-06-11T09:00', nothing);
    expect(log.decisions()).toEqual([
      '2026-06-10T00:00 EntryArchived Ga A MAX_AGE',
      '2026-06-10T00:00 ApplicationArchived Ga MAX_AGE',
    ]);
    expect(log.stateOf('Gb')).toBe('WAITING');
  });

  it.each([
    { born: '2020-12-15', pmpc: false, accepted: true },
    { born: '2019-12-31', pmpc: false, accepted: false },
    { born: '2020-05-30', pmpc: false, accepted: false },
    { born: '2019-12-31', pmpc: true, accepted: true },
    { born: '2020-05-30', pmpc: true, accepted: true },
  ])('F-21 files a child born $born on 2026-06-01, PMPC $pmpc: $accepted', ({ born, pmpc, accepted }) => {
    const log = journal().when('2026-06-01T09:00', queued('X', '2026-06-01T09:00', { born, pmpc }));
    expect(log.decisions()).toEqual([
      accepted ? '2026-06-01T09:00 EntryQueued X A WAITING 1' : '2026-06-01T09:00 Rejected X AGE_LIMIT',
    ]);
    log.when('2026-12-16T09:00', nothing);
    expect(log.decisions('ApplicationArchived')).toEqual(
      accepted && !pmpc ? ['2026-12-15T00:00 ApplicationArchived X MAX_AGE'] : [],
    );
  });

  it('F-40 keeps what was promised to a child that reaches the age limit', () => {
    const offered = (): Journal =>
      journal()
        .given('2026-05-25T09:00', queued('X', '2025-09-01T09:00', { born: '2020-06-10', in: ['A', 'B'] }))
        .given('2026-05-25T09:00', queued('G2', '2025-09-02T09:00', { born: '2020-08-10' }))
        .given('2026-06-09T10:00', published(['V1'], { years: [2020] }));
    const accepted = offered().when('2026-06-11T23:59:59.999', accepts('X', 'V1'));
    expect(accepted.decisions('ReferralIssued', 'ApplicationArchived')).toEqual([
      '2026-06-11T23:59:59.999 ReferralIssued X A V1 validUntil 2026-06-18T23:59:59.999 cancellableUntil 2026-06-12T23:59:59.999',
    ]);
    expect(accepted.stateOf('X')).toBe('REFERRED');
    const silent = offered().when('2026-06-10T09:00', published(['V2'], { years: [2020], at: 'B' }));
    expect(silent.offers()).toEqual([]);
    silent.when('2026-06-12T00:00', nothing);
    expect(silent.decisions('EntryArchived', 'ApplicationArchived', 'OfferMade')).toEqual([
      '2026-06-12T00:00 EntryArchived X A MAX_AGE',
      '2026-06-12T00:00 EntryArchived X B MAX_AGE',
      '2026-06-12T00:00 ApplicationArchived X MAX_AGE',
      '2026-06-12T00:00 OfferMade G2 A V1 answerBy 2026-06-14T23:59:59.999',
    ]);
  });
});

describe('worked cases: the annual question (p.15)', () => {
  it('F-22 asks a month before the year is over, again at the year, and archives a month later', () => {
    const log = journal().given('2025-07-15T09:00', queued('X', '2025-07-15T09:00'));
    log.when('2026-07-20T09:00', interested('X', null, true));
    expect(log.decisions()).toEqual([
      '2026-06-15T00:00 AnnualInterestAsked X 1 answerBy 2026-08-14T23:59:59.999',
      '2026-07-15T00:00 AnnualInterestAsked X 2 answerBy 2026-08-14T23:59:59.999',
      '2026-07-20T09:00 AnnualInterestConfirmed X',
    ]);
    log.when('2027-08-15T00:00', nothing);
    expect(log.decisions()).toEqual([
      '2027-06-15T00:00 AnnualInterestAsked X 1 answerBy 2027-08-14T23:59:59.999',
      '2027-07-15T00:00 AnnualInterestAsked X 2 answerBy 2027-08-14T23:59:59.999',
      '2027-08-15T00:00 EntryArchived X A NO_INTEREST',
      '2027-08-15T00:00 ApplicationArchived X NO_INTEREST',
    ]);
  });

  it('F-22 archives all entries at once for a "no"', () => {
    const log = journal().given('2025-07-15T09:00', queued('X', '2025-07-15T09:00', { in: ['A', 'B'] }));
    log.when('2026-06-16T09:00', interested('X', null, false));
    expect(log.decisions('EntryArchived', 'ApplicationArchived')).toEqual([
      '2026-06-16T09:00 EntryArchived X A NO_INTEREST',
      '2026-06-16T09:00 EntryArchived X B NO_INTEREST',
      '2026-06-16T09:00 ApplicationArchived X NO_INTEREST',
    ]);
  });

  it('F-22 clamps to the last day of the month', () => {
    const log = journal().given('2025-03-31T09:00', queued('X', '2025-03-31T09:00')).when('2026-03-31T09:00', nothing);
    expect(log.decisions()).toEqual([
      '2026-02-28T00:00 AnnualInterestAsked X 1 answerBy 2026-04-29T23:59:59.999',
      '2026-03-31T00:00 AnnualInterestAsked X 2 answerBy 2026-04-29T23:59:59.999',
    ]);
  });

  it('is not asked again while the question of the year before is open, so that long silence archives', () => {
    const log = journal({ annualSilenceMonths: 13 }).given('2025-07-15T09:00', queued('X', '2025-07-15T09:00'));
    log.when('2027-08-15T00:00', nothing);
    expect(log.decisions()).toEqual([
      '2026-06-15T00:00 AnnualInterestAsked X 1 answerBy 2027-08-14T23:59:59.999',
      '2026-07-15T00:00 AnnualInterestAsked X 2 answerBy 2027-08-14T23:59:59.999',
      '2027-08-15T00:00 EntryArchived X A NO_INTEREST',
      '2027-08-15T00:00 ApplicationArchived X NO_INTEREST',
    ]);
  });

  it('asks at the next year who answered after the year had begun', () => {
    const log = journal({ annualSilenceMonths: 13 }).given('2025-07-15T09:00', queued('X', '2025-07-15T09:00'));
    log.given('2027-06-20T09:00', interested('X', null, true)).when('2028-06-15T00:00', nothing);
    expect(log.decisions()).toEqual(['2028-06-15T00:00 AnnualInterestAsked X 1 answerBy 2029-08-14T23:59:59.999']);
  });

  it('F-37 is answered by acting', () => {
    const log = journal().given('2025-07-15T09:00', queued('X', '2025-07-15T09:00', { in: ['A', 'B'] }));
    log.given('2026-07-20T10:00', published(['V1'])).when('2026-07-21T10:00', accepts('X', 'V1'));
    expect(log.decisions('AnnualInterestConfirmed', 'ReferralIssued')).toEqual([
      '2026-07-21T10:00 AnnualInterestConfirmed X',
      '2026-07-21T10:00 ReferralIssued X A V1 validUntil 2026-07-28T23:59:59.999 cancellableUntil 2026-07-22T10:00',
    ]);
    log.given('2026-07-21T11:00', cancels('X')).when('2026-08-16T00:00', nothing);
    expect(log.decisions('EntryArchived')).toEqual([]);
    expect(log.stateOf('X', 'B')).toBe('WAITING');
  });
});
