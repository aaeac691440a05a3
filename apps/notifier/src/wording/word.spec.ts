import { describe, expect, it } from '@jest/globals';
import { smsPartsOf } from '#smpp';
import { atMs } from '../../test/decided.ts';
import { samples, words } from '../../test/sayings.ts';
import { smsPartsMax } from '../limits.ts';
import { channelsOf } from '../notices/channels.ts';
import { noticeCodes } from '../notices/notice.ts';
import { archiveReasonText, groundsText, refusalReasonText, withdrawalReasonText } from './reasons.ts';
import { namesNeeded, word } from './word.ts';

const byName = samples.map(({ code, saying }) => [`${code} ${saying.kind}`, { code, saying }] as const);
const kazakhLetters = /[әғқңөұүһі]/i;
const longNames = {
  ...words,
  preschool: () => {
    const name = '«№ 123 «Айгөлек» бөбекжай-балабақшасы» МКҚК';
    return { kk: name, ru: name };
  },
};

describe.each(byName)('%s', (_name, { code, saying }) => {
  const { cabinet, sms } = word(saying, words);

  it('is worded in Kazakh and in Russian, and complete', () => {
    for (const text of [cabinet, sms]) {
      expect(text.kk).toMatch(kazakhLetters);
      expect(text.ru).toMatch(/[а-я]/);
      expect(text.kk).not.toBe(text.ru);
      for (const one of [text.kk, text.ru]) {
        expect(one).not.toMatch(/undefined|null|NaN|\[object|\s\s|\s[.,;]/);
        expect(one).toMatch(/[.]$|\d[.)]?$/);
        expect(one).toContain('AST-2026-000123');
      }
    }
  });

  it('keeps its SMS short, also where a preschool has a long name', () => {
    if (!channelsOf({ code, answerByMs: 'answerByMs' in saying ? saying.answerByMs : null }).includes('SMS')) return;
    const long = word(saying, longNames).sms;
    expect(smsPartsOf(long.kk)).toBeLessThanOrEqual(smsPartsMax);
    expect(smsPartsOf(long.ru)).toBeLessThanOrEqual(smsPartsMax);
  });

  it('says its deadline in local time, in both languages and on both channels', () => {
    const deadlines = ['answerByMs', 'untilMs', 'validUntilMs', 'signByMs'].filter((name) => name in saying);
    for (const text of deadlines.length === 0 ? [] : [cabinet.kk, cabinet.ru, sms.kk, sms.ru]) {
      expect(text).toContain('03.06.2026 23:59');
    }
  });
});

describe('the notices', () => {
  it('have a sample for each code', () => {
    expect([...new Set(samples.map(({ code }) => code))].sort()).toEqual([...noticeCodes].sort());
  });

  it('N01 and N04 tell the order time to the millisecond (p.10)', () => {
    for (const code of ['N01', 'N04']) {
      const { cabinet } = word(samples.find((one) => one.code === code)!.saying, words);
      expect(cabinet.kk).toContain('31.05.2026 23:00:00.001');
      expect(cabinet.ru).toContain('31.05.2026 23:00:00.001');
    }
  });

  it('N14 names everything that p.3(3) lists and we know, and what a refusal does', () => {
    const { cabinet, sms } = word(samples.find((one) => one.code === 'N14')!.saying, words);
    for (const text of [cabinet.ru, sms.ru]) {
      for (const part of ['«Балапан»', '10,5 ч', 'казахский язык', 'Кіші топ', '2023', 'постоянно']) {
        expect(text).toContain(part);
      }
    }
    expect(cabinet.ru).toContain('в архив');
    const temporary = word(samples.filter((one) => one.code === 'N14')[1]!.saying, words);
    expect(temporary.cabinet.ru).toContain('временно по 10.09.2026');
    expect(temporary.cabinet.ru).not.toContain('в архив');
  });

  it('N15 says how much time is left', () => {
    const { sms } = word(samples.find((one) => one.code === 'N15')!.saying, words);
    expect(sms.ru).toContain('осталось 61 ч');
    expect(
      word({ kind: 'offer-reminder', preschoolId: 'P1', vacancyId: 'v', remindedAtMs: atMs, answerByMs: null }, words)
        .sms.ru,
    ).toBe(
      'Напоминание, № AST-2026-000123: предложено место – «Балапан» (10,5 ч, казахский язык, группа «Кіші топ», 2023 г.р., постоянно). Примите или откажитесь в кабинете.',
    );
  });

  it('N33 names applications of the same applicant only', () => {
    const { cabinet } = word(samples.find((one) => one.code === 'N33')!.saying, words);
    expect(cabinet.kk).toContain('№ AST-2026-000123, № AST-2026-000124.');
  });

  it('an offer goes out without its description when the registry never gave one', () => {
    const bare = { ...words, preschool: (id: string) => ({ kk: id, ru: id }), seat: () => undefined };
    const { sms } = word(samples.find((one) => one.code === 'N14')!.saying, bare);
    expect(sms.ru).toBe(
      '№ AST-2026-000123: предложено место – P1. Примите или откажитесь в кабинете до 03.06.2026 23:59.',
    );
  });

  it('know which names they need', () => {
    expect(namesNeeded({ kind: 'interest-confirmed' })).toEqual({ preschoolIds: [], vacancyId: null });
    expect(namesNeeded(samples.find((one) => one.code === 'N04')!.saying).preschoolIds).toEqual(['P1', 'P2', 'P3']);
    expect(namesNeeded(samples.find((one) => one.code === 'N14')!.saying).vacancyId).not.toBeNull();
  });

  it('give every reason in both languages, and a ground without words by its code', () => {
    for (const text of [archiveReasonText, withdrawalReasonText, refusalReasonText].flatMap((of) =>
      Object.values(of),
    )) {
      expect(text.kk).toMatch(kazakhLetters);
      expect(text.ru).toMatch(/[а-я]/);
    }
    expect(groundsText(['IDENTITY_NOT_CONFIRMED', 'NEW_GROUND'])).toEqual({
      kk: 'жеке басы туралы деректер расталмады; NEW_GROUND',
      ru: 'данные личности не подтверждены; NEW_GROUND',
    });
    const ofQueueing = ['AGE_LIMIT', 'BAD_ENTRIES', 'BAD_TIME'];
    for (const ground of ofQueueing) expect(groundsText([ground]).kk).toMatch(kazakhLetters);
  });
});
