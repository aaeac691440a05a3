import type { Holiday } from './holiday.ts';
import { firstYear, holidaysOfPackage, lastYear } from './holidays-of-package.ts';
import { moreHolidays, movedDays, notHolidays } from './overrides.ts';
import { substituteDays } from './substitute-days.ts';

/** The working calendar as the allocation log and the core take it: dates `YYYY-MM-DD`, ISO week days. */
export type WorkingCalendar = {
  readonly weekend: readonly number[];
  readonly holidays: readonly string[];
  /** Days moved to work; they win over the other two. */
  readonly workdays: readonly string[];
};

/** The years that `workingCalendar` knows. Beyond the last decree they follow from the law alone. */
export const calendarYears = { first: firstYear, last: lastYear } as const;

/**
 * Kazakhstan's working calendar for the five-day week (Labour Code, articles 84 and 85; Law on Holidays, article 5).
 * @param fromYear first year, included
 * @param toYear last year, included
 * @throws RangeError when the years are not within `calendarYears`
 */
export function workingCalendar(fromYear: number, toYear: number): WorkingCalendar {
  if (!(firstYear <= fromYear && fromYear <= toYear && toYear <= lastYear)) {
    throw new RangeError(`the calendar knows the years ${firstYear} to ${lastYear}, not ${fromYear} to ${toYear}`);
  }
  const within = (date: string): boolean => fromYear <= Number(date.slice(0, 4)) && Number(date.slice(0, 4)) <= toYear;
  const holidays = lawfulHolidays();
  const daysOff = [
    ...holidays.map((holiday) => holiday.date),
    ...substituteDays(holidays),
    ...movedDays.map((moved) => moved.dayOff),
  ];
  return {
    weekend: [6, 7],
    holidays: [...new Set(daysOff)].filter(within).sort(),
    workdays: movedDays
      .map((moved) => moved.workday)
      .filter(within)
      .sort(),
  };
}

/** The package's holidays with the corrections of the override file, by date. */
function lawfulHolidays(): Holiday[] {
  const wrong = new Set(notHolidays.map((day) => day.date));
  const right = holidaysOfPackage.filter((holiday) => !wrong.has(holiday.date));
  return [...right, ...moreHolidays].sort((a, b) => (a.date < b.date ? -1 : 1));
}
