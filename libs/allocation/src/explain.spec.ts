import { describe, expect, it } from '@jest/globals';
import { explain } from './explain.ts';
import { explanationText } from './explanation-text.ts';
import {
  accepts,
  admission,
  declines,
  extended,
  journal,
  names,
  nothing,
  published,
  queued,
  submitsDocuments,
  withdraws,
  type Journal,
} from './testing/journal.ts';
import { toSnapshot } from './snapshot.ts';

const waiting = (): Journal =>
  journal().given(
    '2026-05-25T09:00',
    queued('F1', '2025-09-01T09:00'),
    queued('F2', '2025-09-02T09:00'),
    queued('G1', '2025-09-03T09:00'),
    queued('O1', '2026-05-20T09:00'),
    queued('G2', '2025-09-04T09:00:00.007', { in: ['A', 'B'] }),
  );

describe('explain', () => {
  it('tells segment, class, order time, number, who is ahead and whose turn comes', () => {
    expect(explain(waiting().state, 'G2', 'A')).toEqual({
      kind: 'ENTRY',
      applicationId: 'G2',
      preschoolId: 'A',
      segment: {
        queue: 'ORDINARY',
        profile: null,
        language: 'kk',
        birthYear: 2023,
        yearSetByDepartment: false,
        paragraph: 'p.10',
      },
      category: { class: 'GENERAL', paragraph: 'p.10' },
      orderTime: { ms: Date.UTC(2025, 8, 4, 4, 0, 0, 7), sequence: 4, cameBack: false, paragraph: 'p.10' },
      state: 'WAITING',
      position: 4,
      ahead: { outOfTurn: 1, firstPriority: 1, general: 1, paragraph: 'p.10' },
      nextSlots: {
        slots: ['FIRST_PRIORITY', 'GENERAL', 'GENERAL', 'FIRST_PRIORITY'].map((name, slot) => ({ slot, class: name })),
        paragraph: 'p.10',
      },
      waitsFor: { what: 'SEAT', untilMs: null, vacancyId: null, paragraph: 'p.16' },
      leaving: null,
      annualQuestion: null,
      holdsStay: null,
    });
  });

  it('changes nothing', () => {
    const { state } = waiting();
    const before = toSnapshot(state);
    explain(state, 'G2', 'A');
    expect(Buffer.compare(toSnapshot(state), before)).toBe(0);
  });

  it('tells what each state waits for, until when', () => {
    const log = waiting()
      .given('2026-05-25T10:00', withdraws('O1'))
      .given('2026-06-01T10:00', published(['V1', 'V2']));
    const awaited = (id: string, at = 'A'): string => {
      const told = explain(log.state, id, at);
      if (told.kind !== 'ENTRY') return told.kind;
      const { what, untilMs } = told.waitsFor;
      return `${what} ${untilMs === null ? '-' : new Date(untilMs + 5 * 3_600_000).toISOString().slice(0, 16)}`;
    };
    expect([awaited('F1'), awaited('F2')]).toEqual(['OFFER_ANSWER 2026-06-03T23:59', 'SEAT -']);
    log.given('2026-06-01T11:00', accepts('F1', 'V1'));
    expect(awaited('F1')).toBe('DOCUMENTS 2026-06-08T23:59');
    log.given('2026-06-02T10:00', extended('F1', 5), submitsDocuments('F1'));
    expect(awaited('F1')).toBe('ADMISSION -');
    log.given('2026-06-03T10:00', admission('F1', 'CONTRACT_SENT'));
    expect(awaited('F1')).toBe('SIGNATURE 2026-06-08T23:59');
    log.given('2026-06-03T11:00', declines('G1', 'V2')).given('2026-06-03T12:00', accepts('G2', 'V2'));
    expect([awaited('G2'), awaited('G2', 'B')]).toEqual([
      'DOCUMENTS 2026-06-10T23:59',
      'OTHER_REFERRAL 2026-06-10T23:59',
    ]);
    log.given('2026-06-11T00:00', nothing);
    expect(awaited('G2')).toBe('SUSPENSION_OVER 2026-06-24T23:59');
    log.given('2026-06-25T00:00', nothing);
    expect([awaited('G2'), awaited('G1'), awaited('nobody')]).toEqual([
      'INTEREST_ANSWER 2026-06-27T23:59',
      'ARCHIVED',
      'UNKNOWN_APPLICATION',
    ]);
  });

  it('tells why there is no entry any more', () => {
    const log = waiting()
      .given('2026-06-01T10:00', published(['V1']))
      .given('2026-06-02T10:00', names('G2', 'B'));
    expect(explain(log.state, 'G2', 'A')).toMatchObject({ kind: 'NO_ENTRY', archivedFor: null });
    log.given('2026-06-02T11:00', published(['W1'], { at: 'B' }), names('G2', 'B', 'C'), declines('G2', 'W1'));
    expect(explain(log.state, 'G2', 'B')).toMatchObject({
      archivedFor: { reason: 'OFFER_DECLINED', paragraph: 'p.15' },
    });
  });
});

describe('an explanation in words', () => {
  const told = explain(waiting().state, 'G2', 'A');

  it('is told in English', () => {
    expect(explanationText(told, 'en')).toBe(
      [
        'Application G2 in preschool A',
        'Queue: ordinary, language kk, group year 2023 [p.10]',
        'Class: general [p.10]',
        'Order time: 2025-09-04 09:00:00.007, number in the log 4 [p.10]',
        'State: waits in the queue',
        'Number in the queue: 4',
        'Ahead: 1 out of turn, 1 of first priority, 1 general [p.10]',
        'The next seats go to: first priority, general, general, first priority [p.10]',
        'Waits for a seat [p.16]',
        '',
      ].join('\n'),
    );
  });

  it('is told in Russian and Kazakh, with their way to cite', () => {
    expect(explanationText(told, 'ru')).toContain(
      'Впереди: вне очереди 1, первоочередных 1, на общих основаниях 1 [п. 10]',
    );
    expect(explanationText(told, 'kk')).toContain('Кезектегі нөмірі: 4');
    const first = explain(waiting().state, 'F1', 'A');
    expect(explanationText(first, 'ru')).toContain('Категория: первоочередная [пп. 2) п. 13]');
    expect(explanationText(first, 'kk')).toContain('Санаты: бірінші кезекте [13-т. 2)]');
  });

  it.each(['kk', 'ru', 'en'] as const)('says what is over, in %s', (language) => {
    const log = waiting().given('2026-05-26T09:00', withdraws('G1'));
    for (const id of ['G1', 'nobody']) {
      expect(explanationText(explain(log.state, id, 'A'), language)).toContain(id);
    }
  });
});
