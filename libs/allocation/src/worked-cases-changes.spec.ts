import { describe, expect, it } from '@jest/globals';
import {
  accepts,
  admission,
  becomes,
  bulletin,
  cancels,
  childOf,
  closed,
  declines,
  journal,
  nothing,
  outage,
  place,
  published,
  queued,
  recalled,
  stayEnded,
  withdraws,
  names,
  type Journal,
} from './testing/journal.ts';

const general = (count: number) =>
  Array.from({ length: count }, (_, i) => queued(`G${i + 1}`, `2025-09-0${i + 1}T09:00`));

describe('worked cases: stays, closures, outages, other preschools', () => {
  it('F-26, F-35 serves a place in a sanatorium beside the other queues', () => {
    const sanatorium = place('T', { queue: 'SANATORIUM', profile: 'TB' });
    const log = journal().given('2026-05-25T09:00', queued('X', '2025-09-01T09:00', { in: ['A', 'B', sanatorium] }));
    log.given('2026-06-01T10:00', published(['S'], { at: 'T', queue: 'SANATORIUM', profile: 'TB' }));
    log.given('2026-06-01T11:00', accepts('X', 'S')).when('2026-06-02T10:00', admission('X', 'SIGNED'));
    expect(log.decisions()).toEqual([
      '2026-06-02T10:00 ReferralUsed X T S',
      '2026-06-02T10:00 VacancyFilled S T',
      '2026-06-02T10:00 EntryArchived X T SERVED',
    ]);
    log.when('2026-06-03T10:00', published(['a1'], { until: '2026-12-31' }), published(['b1'], { at: 'B' }));
    expect(log.offers()).toEqual(['b1 → X']);
    log.when('2026-06-03T11:00', stayEnded('X'), stayEnded('X'));
    expect(log.decisions()).toEqual([
      '2026-06-03T11:00 OfferMade X A a1 answerBy 2026-06-05T23:59:59.999',
      '2026-06-03T11:00 Rejected X NOT_PLACED',
    ]);
  });

  it('F-27 adds a preschool with the original time, four at most, and never removes the last', () => {
    const log = journal().given(
      '2026-05-25T09:00',
      queued('G1', '2025-09-01T09:00', { in: ['A', 'B'] }),
      queued('G9', '2025-10-01T09:00', { in: ['C'] }),
    );
    log.when('2026-06-01T10:00', names('G1', 'A', 'B', 'C'));
    expect(log.queue('C')).toEqual(['G1', 'G9']);
    log.when('2026-06-01T11:00', names('G1', 'A', 'B', 'C', 'D', 'E'), names('G1', 'A', 'B', 'C', 'D'), names('G1'));
    expect(log.decisions()).toEqual([
      '2026-06-01T11:00 Rejected G1 BAD_ENTRIES',
      '2026-06-01T11:00 EntryQueued G1 D WAITING 1',
      '2026-06-01T11:00 Rejected G1 BAD_ENTRIES',
    ]);
  });

  it('F-34 comes back with a new time, unless it only dropped a place where it waited', () => {
    const log = journal().given(
      '2026-05-25T09:00',
      queued('X', '2025-09-01T09:00', { in: ['A', 'B', 'C', 'D'] }),
      ...['A', 'B', 'C', 'D'].map((at) => queued(`G in ${at}`, '2025-10-01T09:00', { in: [at] })),
    );
    log.given('2026-05-28T10:00', published(['c'], { at: 'C' })).given('2026-05-31T00:00', accepts('G in C', 'c'));
    log.given('2026-05-31T10:00', admission('G in C', 'SIGNED'));
    log.given('2026-06-01T10:00', published(['a'])).given('2026-06-01T11:00', declines('X', 'a'));
    log.given('2026-06-01T11:00', accepts('G in A', 'a'), admission('G in A', 'SIGNED'));
    expect(log.stateOf('X', 'C')).toBe('SUSPENDED');
    log.given('2026-07-01T09:00', names('X', 'B'));
    log.when('2026-07-01T10:00', names('X', 'B', 'A', 'C', 'D'));
    expect(log.position('X', 'B')).toBe(1);
    expect(log.decisions('EntryQueued')).toEqual([
      '2026-07-01T10:00 EntryQueued X A WAITING 1',
      '2026-07-01T10:00 EntryQueued X C WAITING 1',
      '2026-07-01T10:00 EntryQueued X D WAITING 1',
    ]);
    log.given(
      '2026-07-01T11:00',
      ...['A', 'C', 'D'].map((at) => queued(`Y in ${at}`, '2026-07-01T09:30', { in: [at] })),
    );
    expect(['A', 'C', 'D'].map((at) => log.position('X', at))).toEqual([2, 2, 1]);
  });

  it('F-38 closes a preschool and leaves the application its order time', () => {
    const log = journal().given(
      '2026-05-25T09:00',
      queued('X', '2025-09-01T09:00'),
      queued('Y', '2025-08-01T09:00', { in: ['A', 'B'] }),
      queued('Z', '2025-10-01T09:00', { in: ['B'] }),
    );
    log.given('2026-06-01T10:00', published(['V1', 'V2', 'V3'])).given('2026-06-01T11:00', accepts('Y', 'V1'));
    log.when('2026-06-01T12:00', closed('A'));
    expect(log.decisions()).toEqual([
      '2026-06-01T12:00 PreschoolClosed A',
      '2026-06-01T12:00 OfferWithdrawn X A V2 PRESCHOOL_CLOSED',
      '2026-06-01T12:00 EntryArchived X A PRESCHOOL_CLOSED',
      '2026-06-01T12:00 ReferralAnnulled Y A V1',
      '2026-06-01T12:00 EntryArchived Y A PRESCHOOL_CLOSED',
      '2026-06-01T12:00 EntryReturned Y B',
      '2026-06-01T12:00 VacancyRecalled V1 A',
      '2026-06-01T12:00 VacancyRecalled V2 A',
      '2026-06-01T12:00 VacancyRecalled V3 A',
    ]);
    expect(log.application('X')).toMatchObject({ state: 'ACTIVE', entries: [] });
    log.when('2026-06-03T10:00', names('X', 'A'), names('X', 'B'), published(['V4']), closed('A'));
    expect(log.decisions()).toEqual([
      '2026-06-03T10:00 Rejected X BAD_ENTRIES',
      '2026-06-03T10:00 EntryQueued X B WAITING 2',
      '2026-06-03T10:00 Rejected V4 PRESCHOOL_CLOSED',
      '2026-06-03T10:00 Rejected PRESCHOOL_CLOSED',
    ]);
    expect(log.queue('B')).toEqual(['Y', 'X', 'Z']);
  });

  it('F-41 does not let a stay cost a place', () => {
    const log = journal().given('2026-05-25T09:00', queued('X', '2025-09-01T09:00', { in: ['A', 'B', 'C', 'D'] }));
    log.given('2026-06-01T10:00', bulletin(['a', { until: '2026-12-31' }], ['b', { at: 'B' }]));
    log.given('2026-06-01T10:00', published(['c'], { at: 'C', until: '2026-12-31' }));
    log.when('2026-06-01T11:00', accepts('X', 'a'));
    expect(log.decisions()).toEqual([
      '2026-06-01T11:00 ReferralIssued X A a validUntil 2026-06-08T23:59:59.999 cancellableUntil 2026-06-02T11:00',
      '2026-06-01T11:00 OfferWithdrawn X C c OTHER_REFERRAL',
      '2026-06-01T11:00 EntryReturned X C',
    ]);
    log.when('2026-06-01T12:00', accepts('X', 'b'));
    expect(log.decisions()).toEqual([
      '2026-06-01T12:00 ReferralAnnulled X A a',
      '2026-06-01T12:00 ReferralIssued X B b validUntil 2026-06-08T23:59:59.999 cancellableUntil 2026-06-02T12:00',
      '2026-06-01T12:00 EntryHeld X A',
      '2026-06-01T12:00 EntryHeld X C',
      '2026-06-01T12:00 EntryHeld X D',
    ]);
  });

  it('F-42 saves the answer that an outage would have cost', () => {
    const offered = (): Journal =>
      journal()
        .given('2026-05-25T09:00', ...general(2))
        .given('2026-06-01T10:00', published(['V1']));
    const window = outage('2026-06-02', '2026-06-05', 3);
    const saved = offered().when('2026-06-05T09:00', window);
    expect(saved.decisions()).toEqual([
      '2026-06-01T10:00 DeadlineExtended G1 A V1 OFFER until 2026-06-06T23:59:59.999',
      '2026-06-02T10:00 OfferReminderDue G1 A V1',
    ]);
    saved.when('2026-06-06T23:59:59.999', accepts('G1', 'V1'));
    expect(saved.decisions('ReferralIssued')).toHaveLength(1);

    const late = offered().given('2026-06-04T09:00', nothing).when('2026-06-05T09:00', window);
    expect(late.decisions()).toEqual([
      '2026-06-04T09:00 EntryReturned G1 A',
      '2026-06-05T00:00 OfferReminderDue G2 A V1',
    ]);
    expect(late.stateOf('G2')).toBe('OFFERED');
  });

  it('F-42 moves a question asked while catching up behind the window', () => {
    const log = journal()
      .given('2026-05-25T09:00', ...general(1))
      .given('2026-06-01T10:00', published(['V1']));
    log.given('2026-06-04T10:00', recalled('V1')).given('2026-06-16T10:00', nothing);
    log.when('2026-06-22T10:00', outage('2026-06-17', '2026-06-22', 4));
    expect(log.decisions()).toEqual(['2026-06-18T00:00 EntryInterestAsked G1 A answerBy 2026-06-24T23:59:59.999']);
  });
});

describe('acts on what has ended or was never there', () => {
  it('are rejected with the first reason that applies', () => {
    const log = journal().given('2026-05-25T09:00', queued('X', '2025-09-01T09:00'), queued('Y', '2025-09-01T09:00'));
    log.given('2026-05-26T09:00', withdraws('X'));
    log.when(
      '2026-05-27T09:00',
      queued('X', '2025-09-01T09:00'),
      becomes('X', 'GENERAL'),
      becomes('nobody', 'GENERAL'),
      accepts('X', 'nothing'),
      accepts('Y', 'nothing'),
      childOf('X', {}),
      recalled('nothing'),
      queued('Z', '2026-05-27T10:00'),
      cancels('Y'),
    );
    expect(log.decisions()).toEqual([
      '2026-05-27T09:00 Rejected X DUPLICATE_APPLICATION',
      '2026-05-27T09:00 Rejected X NOT_ACTIVE',
      '2026-05-27T09:00 Rejected nobody UNKNOWN_APPLICATION',
      '2026-05-27T09:00 Rejected X nothing NOT_ACTIVE',
      '2026-05-27T09:00 Rejected Y nothing UNKNOWN_VACANCY',
      '2026-05-27T09:00 Rejected X NOT_ACTIVE',
      '2026-05-27T09:00 Rejected nothing UNKNOWN_VACANCY',
      '2026-05-27T09:00 Rejected Z BAD_TIME',
      '2026-05-27T09:00 Rejected Y NO_REFERRAL',
    ]);
  });
});
