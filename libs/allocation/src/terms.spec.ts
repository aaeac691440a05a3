import { describe, expect, it } from '@jest/globals';
import {
  addMonths,
  addYears,
  civilFromDay,
  dateFromDay,
  dayFromCivil,
  dayFromDate,
  dayOf,
  endOfDayMs,
  isWorkingDay,
  startOfDayMs,
  weekday,
  workingCalendar,
  workingDayAfter,
} from './terms.ts';

const date = (ms: number): Date => new Date(ms);

describe('days (section 2)', () => {
  it('are those of the proleptic Gregorian calendar, from year 1 to year 9999', () => {
    const wrong: number[] = [];
    for (let day = dayFromCivil(1, 1, 1); day <= dayFromCivil(9999, 12, 31); day += 37) {
      const known = date(day * 86_400_000);
      const { year, month, day: dayOfMonth } = civilFromDay(day);
      const same =
        year === known.getUTCFullYear() && month === known.getUTCMonth() + 1 && dayOfMonth === known.getUTCDate();
      if (!same || dayFromCivil(year, month, dayOfMonth) !== day) wrong.push(day);
    }
    expect(wrong).toEqual([]);
  });

  it('have the week days of ISO', () => {
    expect(weekday(dayFromDate('2026-06-01'))).toBe(1);
    expect(weekday(dayFromDate('1969-12-28'))).toBe(7);
  });

  it('begin and end at local midnight, UTC+05:00', () => {
    const day = dayFromDate('2026-06-01');
    expect(date(startOfDayMs(day)).toISOString()).toBe('2026-05-31T19:00:00.000Z');
    expect(date(endOfDayMs(day)).toISOString()).toBe('2026-06-01T18:59:59.999Z');
    expect([startOfDayMs(day), endOfDayMs(day), endOfDayMs(day) + 1].map(dayOf)).toEqual([day, day, day + 1]);
  });
});

describe('months and years (section 2)', () => {
  it.each([
    ['2025-03-31', 11, '2026-02-28'],
    ['2023-03-31', 11, '2024-02-29'],
    ['2025-07-15', 12, '2026-07-15'],
    ['2025-12-31', 2, '2026-02-28'],
    ['2025-01-31', -2, '2024-11-30'],
  ])('%s and %i months is %s', (from, months, to) => {
    expect(dateFromDay(addMonths(dayFromDate(from), months))).toBe(to);
  });

  it('29 February and six years is 28 February', () => {
    expect(dateFromDay(addYears(dayFromDate('2020-02-29'), 6))).toBe('2026-02-28');
  });
});

describe('the working calendar (section 2)', () => {
  const calendar = workingCalendar({
    weekend: [6, 7],
    holidays: ['2026-07-06', '2026-07-11'],
    workdays: ['2026-07-11'],
  });
  const nth = (from: string, n: number): string => dateFromDay(workingDayAfter(calendar, dayFromDate(from), n));

  it('lets moved days win over the weekend and over holidays', () => {
    expect(isWorkingDay(calendar, dayFromDate('2026-07-11'))).toBe(true);
    expect(isWorkingDay(calendar, dayFromDate('2026-07-06'))).toBe(false);
  });

  it('counts strictly after the day, whatever day that is', () => {
    expect(nth('2026-07-02', 1)).toBe('2026-07-03');
    expect(nth('2026-07-03', 1)).toBe('2026-07-07');
    expect(nth('2026-07-02', 5)).toBe('2026-07-10');
    expect(nth('2026-07-10', 1)).toBe('2026-07-11');
    expect(nth('2026-07-11', 2)).toBe('2026-07-14');
  });

  it('finds a working day behind any stretch of holidays', () => {
    const holidays = Array.from({ length: 400 }, (_, i) => dateFromDay(dayFromDate('2026-01-01') + i));
    const long = workingCalendar({ weekend: [], holidays, workdays: [] });
    expect(dateFromDay(workingDayAfter(long, dayFromDate('2026-01-01'), 1))).toBe('2027-02-05');
  });

  it('stops when there is none', () => {
    const none = workingCalendar({ weekend: [1, 2, 3, 4, 5, 6, 7], holidays: [], workdays: ['2026-07-01'] });
    expect(dateFromDay(workingDayAfter(none, dayFromDate('2026-06-01'), 1))).toBe('2026-07-01');
    expect(() => workingDayAfter(none, dayFromDate('2026-06-01'), 2)).toThrow('a calendar has working days');
  });
});
