import { describe, expect, it } from '@jest/globals';
import { firstYear, holidaysByPackage, lastYear } from '../package-holidays.ts';
import { holidaysOfPackage } from './holidays-of-package.ts';
import { announcedKurbanAit, moreHolidays, movedDays, notHolidays } from './overrides.ts';
import { isWeekend } from './substitute-days.ts';
import { workingCalendar } from './working-calendar.ts';

/**
 * Days off from Monday to Friday and working weekends, as the calendars of egov.kz and the Ministry of Labour had them (five-day
 * week). Written from the press reports named in overrides.ts, not from the package.
 */
const decreed: Record<number, { readonly off: string; readonly work: string }> = {
  2022: {
    off: '01-03 01-04 01-07 03-07 03-08 03-21 03-22 03-23 05-02 05-09 05-10 07-06 08-29 08-30 10-24 10-25 12-16',
    work: '03-05 08-27 10-22',
  },
  2023: {
    off: '01-02 01-03 03-08 03-21 03-22 03-23 05-01 05-08 05-09 06-28 07-06 07-07 08-30 10-25 12-18',
    work: '07-01',
  },
  2024: {
    off: '01-01 01-02 03-08 03-21 03-22 03-25 05-01 05-07 05-08 05-09 07-08 08-30 10-25 12-16',
    work: '05-04',
  },
  2025: {
    off: '01-01 01-02 01-03 01-07 03-10 03-21 03-24 03-25 05-01 05-07 05-09 06-06 07-07 09-01 10-27 12-16',
    work: '01-05',
  },
  2026: {
    off: '01-01 01-02 01-07 03-09 03-23 03-24 03-25 05-01 05-07 05-11 05-27 07-06 10-26 12-16',
    work: '',
  },
};

describe('the working calendar of Kazakhstan', () => {
  it.each(Object.keys(decreed).map(Number))('of %i has the days off and the moved working days as decreed', (year) => {
    const { holidays, workdays } = workingCalendar(year, year);
    const short = (dates: readonly string[]): string => dates.map((date) => date.slice(5)).join(' ');
    expect(short(holidays.filter((date) => !isWeekend(date)))).toBe(decreed[year]?.off);
    expect(short(workdays)).toBe(decreed[year]?.work);
  });

  it('gives 119 days of rest in 2025, as the Ministry of Labour counted them', () => {
    const { holidays, workdays } = workingCalendar(2025, 2025);
    const days = Array.from({ length: 365 }, (_, i) => new Date(Date.UTC(2025, 0, 1 + i)).toISOString().slice(0, 10));
    const rest = days.filter((date) => !workdays.includes(date) && (isWeekend(date) || holidays.includes(date)));
    expect(rest).toHaveLength(119);
  });

  it('gives every state holiday on a weekend a day of its own, and religious ones none', () => {
    // 20–23 March 2027: Sunday the 21st is made good on Wednesday the 24th. 7 January 2029 is a Sunday.
    const { holidays } = workingCalendar(2027, 2029);
    expect(holidays).toContain('2027-03-24');
    expect(holidays).not.toContain('2029-01-08');
  });

  it('has Kurban Ait on the days that were announced', () => {
    const computed = holidaysOfPackage.filter(({ kind, date }) => kind === 'RELIGIOUS' && !date.endsWith('-01-07'));
    for (const { date } of announcedKurbanAit) {
      expect(
        computed.filter((holiday) => holiday.date.startsWith(date.slice(0, 4))).map((holiday) => holiday.date),
      ).toEqual([date]);
    }
  });

  it('covers one year as it covers many', () => {
    const many = workingCalendar(2022, 2030);
    const one = workingCalendar(2024, 2024);
    expect(many.holidays.filter((date) => date.startsWith('2024'))).toEqual(one.holidays);
    expect(new Set(many.holidays).size).toBe(many.holidays.length);
  });

  it('refuses years that it does not know', () => {
    expect(() => workingCalendar(2021, 2024)).toThrow(RangeError);
    expect(() => workingCalendar(2024, 2041)).toThrow(RangeError);
    expect(() => workingCalendar(2025, 2024)).toThrow(RangeError);
  });
});

describe('the data behind it', () => {
  it('is what the package says now: run libs/calendar/generate.ts after an update, and look at what changed', () => {
    expect(holidaysOfPackage).toEqual(holidaysByPackage(firstYear, lastYear));
  });

  it('names a source for every override, and moves a working day only onto a weekend', () => {
    for (const one of [...movedDays, ...notHolidays, ...moreHolidays, ...announcedKurbanAit]) {
      expect(one.source.length).toBeGreaterThan(5);
    }
    for (const { workday, dayOff } of movedDays) expect([isWeekend(workday), isWeekend(dayOff)]).toEqual([true, false]);
  });

  it('corrects the package only where it is wrong', () => {
    for (const { date } of notHolidays) expect(holidaysOfPackage.map((holiday) => holiday.date)).toContain(date);
    for (const { date } of moreHolidays) expect(holidaysOfPackage.map((holiday) => holiday.date)).not.toContain(date);
  });
});
