import { describe, expect, it } from '@jest/globals';
import {
  accepts,
  becomes,
  benefitLost,
  bulletin,
  declines,
  journal,
  nothing,
  place,
  published,
  queued,
  recalled,
  revoked,
  type Act,
  type Journal,
} from './testing/journal.ts';

/** Applications in the order named, a minute apart, so that "times ascend inside a class". */
const queuedInOrder = (...ids: readonly string[]): Act[] =>
  ids.map((id, i) => queued(id, `2025-09-01T09:${String(i).padStart(2, '0')}`));

/** Publishes single seats, a day apart; each offer is accepted at once. Whom each went to. */
function servedDaily(log: Journal, fromDay: number, seats: readonly string[], seat = {}): string[] {
  return seats.map((id, i) => {
    const day = `2026-06-${String(fromDay + i).padStart(2, '0')}`;
    log.when(`${day}T10:00`, published([id], seat));
    const [offer = `${id} → nobody`] = log.offers();
    const to = offer.split(' → ')[1]!;
    if (to !== 'nobody') log.given(`${day}T10:00`, accepts(to, id));
    return to;
  });
}

const numbered = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => `V${from + i}`);

describe('worked cases: who is next (p.10)', () => {
  it('F-01 merges the classes one to three behind those out of turn', () => {
    const log = journal().given(
      '2026-05-25T09:00',
      queued('G1', '2025-09-01T09:00:00.000'),
      queued('F1', '2025-09-01T09:00:00.500'),
      queued('G2', '2025-09-01T09:00:01.000'),
      queued('G3', '2025-09-02T09:00'),
      queued('F2', '2025-09-03T09:00'),
      queued('G4', '2025-09-04T09:00'),
      queued('G5', '2025-09-05T09:00'),
      queued('F3', '2025-09-06T09:00'),
      queued('G6', '2025-09-07T09:00'),
      queued('G7', '2025-09-08T09:00'),
      queued('O1', '2026-05-20T10:00'),
    );
    const order = ['O1', 'F1', 'G1', 'G2', 'G3', 'F2', 'G4', 'G5', 'G6', 'F3', 'G7'];
    expect(log.queue()).toEqual(order);
    expect(order.map((id) => log.position(id))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    log.when('2026-06-01T10:00', published(numbered(1, 11)));
    expect(log.offers()).toEqual(order.map((id, i) => `V${i + 1} → ${id}`));
  });

  it('F-02 keeps the ratio over days of single vacancies', () => {
    const log = journal().given(
      '2026-05-25T09:00',
      ...queuedInOrder('F1', 'F2', 'F3'),
      ...queuedInOrder('G1', 'G2', 'G3', 'G4', 'G5'),
    );
    expect(servedDaily(log, 1, ['V1', 'V2'])).toEqual(['F1', 'G1']);
    expect(log.queue()).toEqual(['G2', 'G3', 'F2', 'G4', 'G5', 'F3']);
    expect(servedDaily(log, 3, numbered(3, 8))).toEqual(['G2', 'G3', 'F2', 'G4', 'G5', 'F3']);
  });

  it('F-03 lets a late first-priority application in at once after general ones', () => {
    const log = journal().given('2026-05-25T09:00', ...queuedInOrder('G1', 'G2', 'G3', 'G4', 'G5'));
    servedDaily(log, 1, numbered(1, 5));
    log.given('2026-06-06T09:00', ...queuedInOrder('G6', 'G7'), queued('F1', '2026-06-06T09:00'));
    expect(servedDaily(log, 7, numbered(6, 8))).toEqual(['F1', 'G6', 'G7']);
  });

  it.each([
    { waiting: ['F1', 'F2', 'F3', 'G1', 'G2'], offered: ['F1', 'G1', 'G2', 'F2', 'F3'] },
    { waiting: ['G1', 'G2'], offered: ['G1', 'G2'] },
    { waiting: [], offered: [] },
  ])('F-04 goes on with the other class when one is exhausted: $waiting', ({ waiting, offered }) => {
    const log = journal().given('2026-05-25T09:00', ...queuedInOrder(...waiting));
    log.when('2026-06-01T10:00', published(numbered(1, 5)));
    expect(log.offers()).toEqual(offered.map((id, i) => `V${i + 1} → ${id}`));
  });

  it('F-05 gives a refused first-priority seat to the next of that class', () => {
    const log = journal().given('2026-05-25T09:00', ...queuedInOrder('F1', 'F2', 'F3', 'G1', 'G2', 'G3', 'G4'));
    log.when('2026-06-01T10:00', published(['V1', 'V2']));
    expect(log.offers()).toEqual(['V1 → F1', 'V2 → G1']);
    log.given('2026-06-01T11:00', accepts('G1', 'V2')).when('2026-06-01T12:00', declines('F1', 'V1'));
    expect(log.decisions()).toEqual([
      '2026-06-01T12:00 OfferDeclined F1 A V1',
      '2026-06-01T12:00 EntryArchived F1 A OFFER_DECLINED',
      '2026-06-01T12:00 ApplicationArchived F1 OFFER_DECLINED',
      '2026-06-01T12:00 OfferMade F2 A V1 answerBy 2026-06-03T23:59:59.999',
    ]);
    log.given('2026-06-01T12:00', accepts('F2', 'V1'));
    expect(servedDaily(log, 2, numbered(3, 6))).toEqual(['G2', 'G3', 'F3', 'G4']);
  });

  it('F-06 serves those out of turn between, without touching the ratio', () => {
    const log = journal().given('2026-05-25T09:00', ...queuedInOrder('F1', 'G1', 'F2', 'G2', 'G3', 'G4'));
    expect(servedDaily(log, 1, ['V1', 'V2'])).toEqual(['F1', 'G1']);
    log.given('2026-06-03T08:01', queued('O2', '2026-06-03T08:00:00.002'), queued('O1', '2026-06-03T08:00:00.001'));
    expect(servedDaily(log, 3, numbered(3, 8))).toEqual(['O1', 'O2', 'G2', 'G3', 'F2', 'G4']);
  });

  it('F-06 lets one out of turn take over a refused seat, whose slot becomes free', () => {
    const log = journal().given('2026-05-25T09:00', ...queuedInOrder('F1', 'F2', 'G1', 'G2', 'G3'));
    log.given('2026-06-01T10:00', published(['V1', 'V2'])).given('2026-06-01T11:00', accepts('G1', 'V2'));
    log.given('2026-06-01T11:30', queued('O1', '2026-06-01T11:30'));
    log.when('2026-06-01T12:00', declines('F1', 'V1'));
    expect(log.offers()).toEqual(['V1 → O1']);
    expect(servedDaily(log, 2, ['V3', 'V4', 'V5'])).toEqual(['F2', 'G2', 'G3']);
  });

  it('F-07 orders by the millisecond, and by the log within one', () => {
    const log = journal().given(
      '2026-05-25T10:00:01.000',
      queued('Ga', '2026-05-25T10:00:00.001'),
      queued('Gb', '2026-05-25T10:00:00.000'),
      queued('Gc', '2026-05-25T10:00:00.002'),
      queued('Gd', '2026-05-25T10:00:00.002'),
    );
    expect(log.queue()).toEqual(['Gb', 'Ga', 'Gc', 'Gd']);
  });

  it('F-08 keeps years and languages apart', () => {
    const ru = place('A', { language: 'ru' });
    const log = journal().given(
      '2026-05-25T10:00',
      queued('K1', '2026-05-25T08:00'),
      queued('R1', '2026-05-25T07:00', { in: [ru] }),
      queued('K2', '2026-05-25T06:00', { born: '2022-05-05' }),
      queued('K3', '2026-05-25T09:00'),
    );
    log.when(
      '2026-06-01T10:00',
      bulletin(['V1', {}], ['V2', { language: 'ru' }], ['V3', {}], ['V4', { years: [2022], language: 'ru' }]),
    );
    expect(log.offers()).toEqual(['V1 → K1', 'V2 → R1', 'V3 → K3']);
    expect(log.stateOf('K2')).toBe('WAITING');
  });

  it('F-16 puts a child that used its benefit among the general ones, by the time of the new application', () => {
    const inB = { in: ['B'], category: 'GENERAL' } as const;
    const log = journal()
      .given('2026-05-31T23:00', queued('G1', '2025-10-01T09:00', inB), queued('G2', '2026-05-31T23:00', inB))
      .given('2026-06-01T10:00', queued('X', '2026-06-01T10:00', inB))
      .given('2026-06-02T09:00', queued('G3', '2026-06-02T09:00', inB));
    expect(log.queue('B')).toEqual(['G1', 'G2', 'X', 'G3']);
    log.given('2026-06-02T10:00', becomes('X', 'OUT_OF_TURN'));
    expect(log.queue('B')).toEqual(['X', 'G1', 'G2', 'G3']);
  });

  it('F-19 takes a referral back when the second check fails, and the application waits on as general', () => {
    const log = journal().given(
      '2026-05-25T09:00',
      queued('G1', '2025-09-01T09:00'),
      queued('O1', '2026-05-20T10:00'),
      queued('G9', '2026-05-21T10:00'),
    );
    log.given('2026-06-01T10:00', published(['V1'])).given('2026-06-01T11:00', accepts('O1', 'V1'));
    log.when('2026-06-01T12:00', benefitLost('O1'));
    expect(log.decisions()).toEqual([
      '2026-06-01T12:00 ReferralAnnulled O1 A V1',
      '2026-06-01T12:00 CategoryChanged O1 GENERAL',
      '2026-06-01T12:00 EntryReturned O1 A',
      '2026-06-01T12:00 OfferMade G1 A V1 answerBy 2026-06-03T23:59:59.999',
    ]);
    expect(log.queue()).toEqual(['O1', 'G9']);
    log.when('2026-06-01T13:00', revoked('O1', 'VIOLATION'));
    expect(log.stateOf('O1')).toBe('VIOLATION');
  });

  it('F-20 moves an application whose status is gained to its place among those of first priority', () => {
    const log = journal().given(
      '2026-05-25T09:00',
      queued('F1', '2025-10-01T09:00'),
      queued('G1', '2025-08-01T09:00'),
      queued('G2', '2025-08-02T09:00'),
      queued('X', '2025-09-01T09:00'),
      queued('G4', '2025-11-01T09:00'),
    );
    expect(log.queue()).toEqual(['F1', 'G1', 'G2', 'X', 'G4']);
    log.when('2026-05-26T09:00', becomes('X', 'FIRST_PRIORITY'));
    expect(log.queue()).toEqual(['X', 'G1', 'G2', 'G4', 'F1']);
  });

  it('F-25 keeps a special queue for its profile and year', () => {
    const speech = place('Z', { queue: 'SPECIAL', profile: 'speech' });
    const hearing = place('Z', { queue: 'SPECIAL', profile: 'hearing' });
    const child = { pmpc: true, born: '2022-02-02' } as const;
    const log = journal().given(
      '2026-05-25T09:00',
      queued('P1', '2025-12-01T09:00', { ...child, in: [speech] }),
      queued('P2', '2025-01-01T09:00', { ...child, in: [hearing] }),
      queued('P3', '2024-01-01T09:00', { ...child, placementYear: 2021, in: [speech] }),
    );
    const group = { at: 'Z', queue: 'SPECIAL', profile: 'speech', years: [2022] } as const;
    log.when('2026-06-01T10:00', published(['V1', 'V2'], group));
    expect(log.offers()).toEqual(['V1 → P1']);
  });

  it('F-29 returns the entry of a recalled seat without penalty, and removes its slot', () => {
    const log = journal().given('2026-05-25T09:00', ...queuedInOrder('G1', 'G2'));
    log.given('2026-08-05T10:00', published(['V1'])).when('2026-08-06T10:00', recalled('V1'));
    expect(log.decisions('VacancyRecalled', 'OfferWithdrawn', 'EntryReturned', 'OfferMade')).toEqual([
      '2026-08-06T10:00 VacancyRecalled V1 A',
      '2026-08-06T10:00 OfferWithdrawn G1 A V1 VACANCY_RECALLED',
      '2026-08-06T10:00 EntryReturned G1 A',
    ]);
    expect(log.position('G1')).toBe(1);
    log.when('2026-08-06T11:00', published(['V2']));
    expect(log.offers()).toEqual(['V2 → G1']);
  });

  it('F-30 gives a hundred seats at once to a hundred entries, each once', () => {
    const ids = Array.from({ length: 100 }, (_, i) => `G${i}`);
    const log = journal().given(
      '2026-05-25T09:00',
      ...ids.map((id, i) => queued(id, `2025-09-01T09:00:${String(i).padStart(2, '0')}`.slice(0, 19))),
    );
    const seats = numbered(1, 100);
    const order = [...log.queue()];
    log.when('2026-06-01T10:00', published(seats));
    expect(log.offers()).toEqual(seats.map((seat, i) => `${seat} → ${order[i]}`));
    log.when('2026-06-01T11:00', accepts(order[0]!, 'V1'), accepts(order[0]!, 'V1'), declines(order[0]!, 'V1'));
    expect(log.decisions('ReferralIssued', 'OfferDeclined', 'Rejected')).toEqual([
      `2026-06-01T11:00 ReferralIssued ${order[0]} A V1 validUntil 2026-06-08T23:59:59.999 cancellableUntil 2026-06-02T11:00`,
      `2026-06-01T11:00 Rejected ${order[0]} V1 NO_SUCH_OFFER`,
      `2026-06-01T11:00 Rejected ${order[0]} V1 NO_SUCH_OFFER`,
    ]);
  });

  it('F-31 has one ledger for all kinds of seat of a queue', () => {
    const log = journal().given('2026-05-25T09:00', ...queuedInOrder('F1', 'F2', 'G1', 'G2', 'G3', 'G4', 'G5', 'G6'));
    const served = [
      ...servedDaily(log, 1, ['V1']),
      ...servedDaily(log, 2, ['V2'], { years: [2022, 2023] }),
      ...servedDaily(log, 3, ['V3'], { until: '2026-12-31' }),
      ...servedDaily(log, 4, ['V4', 'V5']),
    ];
    expect(served).toEqual(['F1', 'G1', 'G2', 'G3', 'F2']);
  });

  it('F-32 serves the queue whose family waits longest with a mixed-age seat, in its own order', () => {
    const log = journal().given(
      '2026-05-25T09:00',
      queued('G1', '2025-01-01T09:00', { born: '2022-03-03' }),
      queued('F1', '2025-06-01T09:00'),
      queued('G2', '2024-01-01T09:00'),
    );
    expect(servedDaily(log, 1, ['V1', 'V2', 'V3'], { years: [2022, 2023] })).toEqual(['F1', 'G2', 'G1']);
  });

  it('F-33 decides what happens at one midnight together', () => {
    const log = journal().given('2026-06-01T09:00', queued('G1', '2026-06-01T09:00'));
    log.given('2026-06-09T10:00', published(['V'], { until: '2026-06-10' }));
    log.when('2026-06-11T00:00', nothing);
    expect(log.decisions('OfferWithdrawn', 'EntryReturned', 'VacancyExpired', 'OfferMade')).toEqual([
      '2026-06-11T00:00 OfferWithdrawn G1 A V VACANCY_EXPIRED',
      '2026-06-11T00:00 EntryReturned G1 A',
      '2026-06-11T00:00 VacancyExpired V A',
    ]);

    const year = journal().given(
      '2026-12-29T09:00',
      queued('G3', '2025-01-01T09:00', { plannedAge: 4, in: ['A', 'B'] }),
      queued('G1', '2025-09-01T09:00'),
      queued('G2', '2025-09-02T09:00', { in: ['B'] }),
      queued('G4', '2025-09-03T09:00', { in: ['A', 'B'] }),
    );
    year.given('2026-12-29T10:00', bulletin(['a', {}], ['b', { at: 'B' }]));
    year.when('2027-01-01T00:00', nothing);
    expect(year.decisions('OfferLapsed', 'PlannedAgeReached', 'OfferMade')).toEqual([
      '2027-01-01T00:00 OfferLapsed G1 A a',
      '2027-01-01T00:00 OfferLapsed G2 B b',
      '2027-01-01T00:00 PlannedAgeReached G3 A',
      '2027-01-01T00:00 PlannedAgeReached G3 B',
      '2027-01-01T00:00 OfferMade G3 A a answerBy 2027-01-03T23:59:59.999',
      '2027-01-01T00:00 OfferMade G3 B b answerBy 2027-01-03T23:59:59.999',
    ]);
  });

  it('F-39 gives seats again without making first priority due before its turn', () => {
    const log = journal().given('2026-05-25T09:00', ...queuedInOrder('G1', 'G2', 'G3', 'G4'));
    log.given('2026-06-01T10:00', published(numbered(1, 4)));
    log.given('2026-06-01T11:00', ...queuedInOrder('F1', 'F2', 'F3', 'F4'));
    log.given('2026-06-01T11:30', ...['G5', 'G6', 'G7', 'G8'].map((id, i) => queued(id, `2026-06-01T11:0${i}`)));
    log.when(
      '2026-06-01T12:00',
      declines('G4', 'V4'),
      declines('G3', 'V3'),
      declines('G2', 'V2'),
      declines('G1', 'V1'),
    );
    expect(log.offers()).toEqual(['V4 → G5', 'V3 → G6', 'V2 → G7', 'V1 → G8']);
    log.when('2026-06-01T13:00', published(['V5']));
    expect(log.offers()).toEqual(['V5 → F1']);
  });

  it('F-43 leaves no debt of seats that nobody got', () => {
    const many = Array.from({ length: 24 }, (_, i) => `G${i + 1}`);
    const waiting = many.map((id, i) => queued(id, `2025-09-01T09:${String(i).padStart(2, '0')}`));
    const log = journal().given('2026-05-25T09:00', ...waiting.slice(0, 20));
    log.given('2026-06-01T10:00', published(numbered(1, 20)));
    log.given('2026-06-01T11:00', ...numbered(1, 20).map(recalled), queued('F1', '2026-06-01T11:00'));
    log.when('2026-06-01T12:00', published(['V21']));
    expect(log.offers()).toEqual(['V21 → F1']);

    const variant = journal().given('2026-05-25T09:00', ...waiting);
    variant.given('2026-06-01T10:00', published(numbered(1, 21)));
    variant.given('2026-06-01T11:00', ...numbered(1, 20).map(recalled), queued('F1', '2026-06-01T11:00'));
    variant.when('2026-06-01T12:00', published(numbered(22, 25)));
    expect(variant.offers().map((offer) => offer.split(' → ')[1]![0])).toEqual(['F', 'G', 'G', 'G']);
    expect(variant.offers()[0]).toBe('V22 → F1');
  });
});
