import { describe, expect, it } from '@jest/globals';
import { acceptanceDay } from './acceptance-day.ts';

const monday = '2026-07-06';
const days = {
  isWorkingDay: (date: string) => date !== monday && ![0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay()),
};

describe('the day of acceptance (p.5)', () => {
  it.each([
    ['2026-06-05T20:15:00.123+05:00', '2026-06-08', 'F-17: Friday evening'],
    ['2026-06-06T23:00:00.001+05:00', '2026-06-08', 'F-18: Saturday night'],
    ['2026-06-08T09:00:00.000+05:00', '2026-06-08', 'F-18: Monday morning'],
    ['2026-06-08T07:30:00.000+05:00', '2026-06-08', 'before opening, the same day'],
    ['2026-06-08T18:30:00.000+05:00', '2026-06-09', 'closing time is after hours'],
    ['2026-07-03T19:00:00.000+05:00', '2026-07-07', 'over a weekend and a holiday'],
  ])('%s is accepted on %s (%s)', (received, accepted) => {
    expect(acceptanceDay(Date.parse(received), days)).toBe(accepted);
  });
});
