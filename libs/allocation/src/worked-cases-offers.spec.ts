import { describe, expect, it } from '@jest/globals';
import {
  accepts,
  admission,
  bulletin,
  cancels,
  declines,
  extended,
  interested,
  journal,
  nothing,
  published,
  queued,
  submitsDocuments,
  type Journal,
} from './testing/journal.ts';

const general = (count: number) =>
  Array.from({ length: count }, (_, i) => queued(`G${i + 1}`, `2025-09-0${i + 1}T09:00`));

describe('worked cases: offers and silence (p.15, p.16)', () => {
  const silent = (): Journal =>
    journal()
      .given('2026-05-25T09:00', ...general(4))
      .when('2026-06-01T10:00', published(['V1']));

  /** G2 accepts what G1 let lapse; V2 goes to G3. */
  const asked = (): Journal =>
    silent()
      .given('2026-06-04T12:00', accepts('G2', 'V1'), submitsDocuments('G2'))
      .given('2026-06-05T09:00', published(['V2']), accepts('G3', 'V2'), submitsDocuments('G3'));

  it('F-10 runs from the offer to the question in the days of the Rules', () => {
    const log = silent()
      .given('2026-06-04T12:00', accepts('G2', 'V1'))
      .given('2026-06-05T09:00', published(['V2']));
    log.given('2026-06-05T10:00', accepts('G3', 'V2'), submitsDocuments('G3')).given('2026-06-18T00:00', nothing);
    expect(log.decisions()).toEqual([
      '2026-06-01T10:00 VacancyOpened V1 A',
      '2026-06-01T10:00 OfferMade G1 A V1 answerBy 2026-06-03T23:59:59.999',
      '2026-06-02T10:00 OfferReminderDue G1 A V1',
      '2026-06-04T00:00 OfferLapsed G1 A V1',
      '2026-06-04T00:00 EntrySuspended G1 A until 2026-06-17T23:59:59.999',
      '2026-06-04T00:00 OfferMade G2 A V1 answerBy 2026-06-06T23:59:59.999',
      '2026-06-04T12:00 ReferralIssued G2 A V1 validUntil 2026-06-11T23:59:59.999 cancellableUntil 2026-06-05T12:00',
      '2026-06-05T09:00 VacancyOpened V2 A',
      '2026-06-05T09:00 OfferMade G3 A V2 answerBy 2026-06-07T23:59:59.999',
      '2026-06-05T10:00 ReferralIssued G3 A V2 validUntil 2026-06-12T23:59:59.999 cancellableUntil 2026-06-06T10:00',
      '2026-06-12T00:00 ReferralExpired G2 A V1',
      '2026-06-12T00:00 EntrySuspended G2 A until 2026-06-25T23:59:59.999',
      '2026-06-12T00:00 OfferMade G4 A V1 answerBy 2026-06-14T23:59:59.999',
      '2026-06-13T00:00 OfferReminderDue G4 A V1',
      '2026-06-15T00:00 OfferLapsed G4 A V1',
      '2026-06-15T00:00 EntrySuspended G4 A until 2026-06-26T23:59:59.999',
      '2026-06-18T00:00 EntryInterestAsked G1 A answerBy 2026-06-20T23:59:59.999',
    ]);
  });

  it('F-10 (a) yes: back with the original time, before G4', () => {
    const log = asked().when('2026-06-19T08:00', interested('G1', 'A', true));
    expect(log.decisions('EntryReturned')).toEqual(['2026-06-19T08:00 EntryReturned G1 A']);
    log.when('2026-06-19T09:00', published(['V3']));
    expect(log.offers()).toEqual(['V3 → G1']);
  });

  it('F-10 (b) silence: archived when the two days are over', () => {
    const log = asked().when('2026-06-21T10:00', nothing);
    expect(log.decisions('EntryArchived')).toEqual(['2026-06-21T00:00 EntryArchived G1 A NO_ANSWER']);
  });

  it('F-10 (c) no: archived at once', () => {
    const log = asked().when('2026-06-18T11:00', interested('G1', 'A', false));
    expect(log.decisions('EntryArchived')).toEqual(['2026-06-18T11:00 EntryArchived G1 A NOT_INTERESTED']);
  });

  it('F-10 (d) an answer counts until the last millisecond', () => {
    const late = silent().when('2026-06-04T00:00:00.000', accepts('G1', 'V1'));
    expect(late.decisions('Rejected')).toEqual(['2026-06-04T00:00 Rejected G1 V1 OFFER_LAPSED']);
    const inTime = silent().when('2026-06-03T23:59:59.999', accepts('G1', 'V1'));
    expect(inTime.decisions('ReferralIssued')).toHaveLength(1);
  });

  it('F-11 archives only the entry whose offer was refused', () => {
    const log = journal().given(
      '2026-05-25T09:00',
      queued('X', '2025-09-01T09:00', { in: ['A', 'B', 'C'] }),
      queued('Y', '2025-09-02T09:00', { in: ['A', 'B'] }),
    );
    log.given('2026-06-01T10:00', published(['V1'])).when('2026-06-01T12:00', declines('X', 'V1'));
    expect(log.decisions()).toEqual([
      '2026-06-01T12:00 OfferDeclined X A V1',
      '2026-06-01T12:00 EntryArchived X A OFFER_DECLINED',
      '2026-06-01T12:00 OfferMade Y A V1 answerBy 2026-06-03T23:59:59.999',
    ]);
    expect(log.queue('B')).toEqual(['X', 'Y']);
    expect(log.queue('C')).toEqual(['X']);
  });

  it('F-12 withdraws the other offer, and gives the places back when the referral is cancelled within 24 hours', () => {
    const log = journal().given(
      '2026-05-25T09:00',
      queued('X', '2025-09-01T09:00', { in: ['A', 'B'] }),
      queued('Y', '2025-09-02T09:00', { in: ['A', 'B'] }),
    );
    log.given('2026-06-01T10:00', bulletin(['a', {}], ['b', { at: 'B' }]));
    log.when('2026-06-01T15:00', accepts('X', 'a'));
    expect(log.decisions()).toEqual([
      '2026-06-01T15:00 ReferralIssued X A a validUntil 2026-06-08T23:59:59.999 cancellableUntil 2026-06-02T15:00',
      '2026-06-01T15:00 OfferWithdrawn X B b OTHER_REFERRAL',
      '2026-06-01T15:00 EntryHeld X B',
      '2026-06-01T15:00 OfferMade Y B b answerBy 2026-06-03T23:59:59.999',
    ]);
    log.when('2026-06-02T15:00:00.000', cancels('X'));
    expect(log.decisions('ReferralCancelled', 'EntryArchived', 'EntryReturned', 'OfferMade')).toEqual([
      '2026-06-02T15:00 ReferralCancelled X A a',
      '2026-06-02T15:00 EntryArchived X A REFERRAL_CANCELLED',
      '2026-06-02T15:00 EntryReturned X B',
      '2026-06-02T15:00 OfferMade Y A a answerBy 2026-06-04T23:59:59.999',
    ]);
    log.when('2026-06-02T16:00', published(['b2'], { at: 'B' }));
    expect(log.offers()).toEqual(['b2 → X']);
  });

  it('F-12 refuses the cancellation a millisecond later', () => {
    const log = journal().given('2026-05-25T09:00', queued('X', '2025-09-01T09:00'));
    log.given('2026-06-01T10:00', published(['a'])).given('2026-06-01T15:00', accepts('X', 'a'));
    log.when('2026-06-02T15:00:00.001', cancels('X'));
    expect(log.decisions('Rejected')).toEqual(['2026-06-02T15:00:00.001 Rejected X TOO_LATE']);
  });

  it('F-15 lets a child at a temporary place wait on in its queues', () => {
    const log = journal().given('2026-05-25T09:00', ...general(2));
    log
      .given('2026-06-10T10:00', published(['T'], { until: '2026-09-10' }))
      .given('2026-06-10T11:00', accepts('G1', 'T'));
    log.when('2026-06-12T10:00', admission('G1', 'SIGNED'));
    expect(log.decisions()).toEqual([
      '2026-06-12T10:00 ReferralUsed G1 A T',
      '2026-06-12T10:00 VacancyFilled T A',
      '2026-06-12T10:00 EntryReturned G1 A',
    ]);
    log.when('2026-07-01T09:00', published(['V']));
    expect(log.offers()).toEqual(['V → G1']);
    log.when('2026-07-02T09:00', published(['T2'], { until: '2026-09-10' }));
    expect(log.offers()).toEqual(['T2 → G2']);
  });

  it('F-15 costs nothing to refuse a temporary place', () => {
    const log = journal().given('2026-05-25T09:00', ...general(2));
    log.given('2026-06-10T10:00', published(['T'], { until: '2026-09-10' }));
    log.when('2026-06-10T11:00', declines('G1', 'T'));
    expect(log.decisions()).toEqual([
      '2026-06-10T11:00 OfferDeclined G1 A T',
      '2026-06-10T11:00 EntryReturned G1 A',
      '2026-06-10T11:00 OfferMade G2 A T answerBy 2026-06-12T23:59:59.999',
    ]);
  });
});

describe('worked cases: referral and contract (p.22, p.25)', () => {
  const referredAt = (time: string): Journal =>
    journal()
      .given('2026-06-01T09:00', ...general(2))
      .given(time, published(['V1']))
      .when(time, accepts('G1', 'V1'));

  it.each([
    ['2026-06-02T15:00', '2026-06-09T23:59:59.999'],
    ['2026-07-02T10:00', '2026-07-10T23:59:59.999'],
    ['2026-06-06T12:00', '2026-06-12T23:59:59.999'],
  ])('F-13 (a–c) issued %s, it is valid until %s', (issued, validUntil) => {
    expect(referredAt(issued).decisions('ReferralIssued')[0]).toContain(`validUntil ${validUntil}`);
  });

  it('F-13 (d) is extended once, for thirty days at most, while valid', () => {
    const log = referredAt('2026-06-02T15:00').when('2026-06-08T10:00', extended('G1', 31), extended('G1', 30));
    log.given('2026-06-08T11:00', extended('G1', 5));
    expect(log.decisions()).toEqual([
      '2026-06-08T10:00 Rejected G1 BAD_DAYS',
      '2026-06-08T10:00 ReferralExtended G1 A V1 validUntil 2026-07-09T23:59:59.999',
      '2026-06-08T11:00 Rejected G1 ALREADY_EXTENDED',
    ]);
    const late = referredAt('2026-06-02T15:00').when('2026-06-10T10:00', extended('G1', 5));
    expect(late.decisions('Rejected')).toEqual(['2026-06-10T10:00 Rejected G1 NO_REFERRAL']);
  });

  it('F-13 (e) expires unused, and the entry is suspended for ten working days', () => {
    const log = referredAt('2026-06-02T15:00').when('2026-06-10T00:00', nothing);
    expect(log.decisions()).toEqual([
      '2026-06-10T00:00 ReferralExpired G1 A V1',
      '2026-06-10T00:00 EntrySuspended G1 A until 2026-06-23T23:59:59.999',
      '2026-06-10T00:00 OfferMade G2 A V1 answerBy 2026-06-12T23:59:59.999',
    ]);
  });

  it('F-36 gives three working days to sign, or one for new papers', () => {
    const sent = (): Journal =>
      referredAt('2026-06-02T10:00')
        .given('2026-06-08T10:00', submitsDocuments('G1'))
        .when('2026-06-09T10:00', admission('G1', 'CONTRACT_SENT'), admission('G1', 'CONTRACT_SENT'));
    expect(sent().decisions()).toEqual(['2026-06-09T10:00 ContractDue G1 A V1 signBy 2026-06-12T23:59:59.999']);
    const unsigned = sent().when('2026-06-13T00:00', nothing);
    expect(unsigned.decisions('ReferralExpired', 'EntrySuspended')).toEqual([
      '2026-06-13T00:00 ReferralExpired G1 A V1',
      '2026-06-13T00:00 EntrySuspended G1 A until 2026-06-26T23:59:59.999',
    ]);
    const refused = sent().when('2026-06-11T10:00', admission('G1', 'DOCUMENTS_REFUSED'));
    expect(refused.decisions()).toEqual([
      '2026-06-11T10:00 ReferralExtended G1 A V1 validUntil 2026-06-12T23:59:59.999',
    ]);
    refused.when('2026-06-13T00:00', nothing);
    expect(refused.decisions('ReferralExpired')).toEqual(['2026-06-13T00:00 ReferralExpired G1 A V1']);
  });
});
