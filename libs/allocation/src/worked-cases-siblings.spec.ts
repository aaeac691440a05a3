import { describe, expect, it } from '@jest/globals';
import { bulletin, declines, interested, journal, queued } from './testing/journal.ts';

describe('worked cases: siblings (p.26)', () => {
  const family = { parent: 'P' } as const;
  const younger = { born: '2023-05-05' } as const;
  const older = { born: '2021-05-05' } as const;
  const seats = bulletin(['v1', {}], ['v2', {}], ['w1', { years: [2021] }], ['w2', { years: [2021] }]);

  it('F-14 pulls the sibling up at the same moment', () => {
    const log = journal().given(
      '2026-05-25T09:00',
      queued('G1', '2025-09-01T09:00', younger),
      queued('Sa', '2025-09-02T09:00', { ...younger, ...family }),
      queued('G2', '2025-09-03T09:00', younger),
      queued('H1', '2025-08-01T09:00', older),
      queued('H2', '2025-08-02T09:00', older),
      queued('Sb', '2025-10-02T09:00', { ...older, ...family }),
    );
    log.when('2026-06-01T10:00', seats);
    expect(log.decisions('OfferMade')).toEqual([
      '2026-06-01T10:00 OfferMade G1 A v1 answerBy 2026-06-03T23:59:59.999',
      '2026-06-01T10:00 OfferMade Sa A v2 answerBy 2026-06-03T23:59:59.999 with Sb',
      '2026-06-01T10:00 OfferMade Sb A w1 answerBy 2026-06-03T23:59:59.999 with Sa',
      '2026-06-01T10:00 OfferMade H1 A w2 answerBy 2026-06-03T23:59:59.999',
    ]);
    expect([log.stateOf('H2'), log.stateOf('G2')]).toEqual(['WAITING', 'WAITING']);
  });

  it.each([['O1'], ['F1']])('F-14 pulls nobody up over %s', (waiting) => {
    const log = journal().given(
      '2026-05-25T09:00',
      queued('Sa', '2025-09-02T09:00', { ...younger, ...family }),
      queued(waiting, '2026-01-01T09:00', older),
      queued('Sb', '2025-10-02T09:00', { ...older, ...family }),
    );
    log.when('2026-06-01T10:00', bulletin(['v1', {}], ['w1', { years: [2021] }]));
    expect(log.offers()).toEqual(['v1 → Sa', `w1 → ${waiting}`]);
    expect(log.decisions('OfferMade')[0]).not.toContain('with');
    expect(log.position('Sb')).toBe(1);
  });

  it('F-14 is for general applications only', () => {
    const log = journal().given(
      '2026-05-25T09:00',
      queued('Sa', '2025-09-02T09:00', { ...younger, ...family, category: 'FIRST_PRIORITY' }),
      queued('H1', '2025-08-01T09:00', older),
      queued('Sb', '2025-10-02T09:00', { ...older, ...family }),
    );
    log.when('2026-06-01T10:00', bulletin(['v1', {}], ['w1', { years: [2021] }]));
    expect(log.offers()).toEqual(['v1 → Sa', 'w1 → H1']);
  });

  it('gives everything back as it was when one of three siblings finds no seat', () => {
    const log = journal().given(
      '2026-05-25T09:00',
      queued('Sa', '2025-09-02T09:00', { ...younger, ...family }),
      queued('H1', '2025-08-01T09:00', older),
      queued('Sb', '2025-10-02T09:00', { ...older, ...family }),
      queued('Sc', '2025-10-03T09:00', { born: '2022-05-05', ...family }),
    );
    log.when('2026-06-01T10:00', bulletin(['v1', {}], ['w1', { years: [2021] }]));
    expect(log.offers()).toEqual(['v1 → Sa', 'w1 → H1']);
    expect([log.stateOf('Sb'), log.stateOf('Sc')]).toEqual(['WAITING', 'WAITING']);
    log.when('2026-06-01T11:00', declines('H1', 'w1'));
    expect(log.offers()).toEqual(['w1 → Sb']);
    log.when('2026-06-01T11:00', interested('Sc', null, true));
    expect(log.decisions()).toEqual(['2026-06-01T11:00 Rejected Sc NO_QUESTION']);
  });
});
