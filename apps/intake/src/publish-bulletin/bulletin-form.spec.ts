import { describe, expect, it } from '@jest/globals';
import { encode, topics } from '#contracts';
import { bulletinSeatsMax } from '../limits.ts';
import { bulletinForm } from './bulletin-form.ts';

const longest = 'я'.repeat(64);
const seat = {
  preschoolId: longest,
  language: 'kk',
  queue: 'SPECIAL',
  profile: longest,
  birthYears: [2020, 2021, 2022, 2023, 2024, 2025, 2026, 2027],
  temporaryUntil: '2027-05-31',
  groupName: 'Balapan',
  regimeHours: '9',
};
const bulletinOf = (seats: number) => ({ number: 'B-1', seats: Array.from({ length: seats }, () => seat) });

describe('a bulletin', () => {
  it('has at most 10 000 seats', () => {
    expect(bulletinForm.safeParse(bulletinOf(10_000)).success).toBe(true);
    const read = bulletinForm.safeParse(bulletinOf(10_001));
    expect(read.error?.issues.map(({ path, message }) => [path.join('.'), message])).toEqual([
      ['seats', 'a bulletin has at most 10000 seats'],
    ]);
  });

  it('as large as it may be, with the longest names, fits into a record of the allocation log', () => {
    const vacancy = { ...seat, queue: 'SPECIAL', vacancyId: '0'.repeat(36), temporaryUntil: 20_970 } as const;
    const vacancies = Array.from({ length: bulletinSeatsMax }, () => vacancy);
    const record = encode('VacanciesPublished', { number: 2n ** 50n, atMs: 1_800_000_000_000, vacancies });
    expect(record.length).toBeLessThan(topics['kezek.allocation.log'].recordBytesMax);
  });
});
