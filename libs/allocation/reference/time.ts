/**
 * Section 2, "Time": all instants are UTC milliseconds; all calendar arithmetic is in UTC+05:00, fixed, for all dates.
 * A `day` is a local calendar date as a whole number of days since 1970-01-01.
 */
import type { CalendarDays, LocalDate } from '../src/calendar.ts';

export const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const localOffsetMs = 5 * hourMs;

/** `date(instant)`: the local date on which an instant falls. */
export function dayOf(instantMs: number): number {
  return Math.floor((instantMs + localOffsetMs) / dayMs);
}

/** 00:00:00.000 local of a date. */
export function startOfDay(day: number): number {
  return day * dayMs - localOffsetMs;
}

/** §2: "`endOfDay(d)` = 23:59:59.999 local of date d." */
export function endOfDay(day: number): number {
  return startOfDay(day + 1) - 1;
}

/** The day of a date written `YYYY-MM-DD`. */
export function dayOfDate(date: LocalDate): number {
  return Date.parse(`${date}T00:00:00.000Z`) / dayMs;
}

type YearMonthDate = { readonly year: number; readonly month: number; readonly date: number };

const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

function monthLength(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Counted year by year and month by month from 1970-01-01. */
function yearMonthDate(day: number): YearMonthDate {
  let year = 1970;
  let left = day;
  for (; left < 0; left += isLeapYear(year) ? 366 : 365) year -= 1;
  for (; left >= (isLeapYear(year) ? 366 : 365); year += 1) left -= isLeapYear(year) ? 366 : 365;
  let month = 1;
  for (; left >= monthLength(year, month); month += 1) left -= monthLength(year, month);
  return { year, month, date: left + 1 };
}

/** `YYYY-MM-DD`. */
function dateText({ year, month, date }: YearMonthDate): LocalDate {
  const digits = (value: number, count: number): string => String(value).padStart(count, '0');
  return `${digits(year, 4)}-${digits(month, 2)}-${digits(date, 2)}`;
}

export function dateOfDay(day: number): LocalDate {
  return dateText(yearMonthDate(day));
}

export function yearOfDate(date: LocalDate): number {
  return Number(date.slice(0, 4));
}

/** §2: "Adding months or years clamps to the last day of the month." */
export function addMonths(day: number, months: number): number {
  const start = yearMonthDate(day);
  const monthsSinceYearZero = start.year * 12 + (start.month - 1) + months;
  const year = Math.floor(monthsSinceYearZero / 12);
  const month = monthsSinceYearZero - year * 12 + 1;
  return dayOfDate(dateText({ year, month, date: Math.min(start.date, monthLength(year, month)) }));
}

export function addYears(day: number, years: number): number {
  return addMonths(day, years * 12);
}

/** §2: "Working days come from the calendar: weekly days off, `holidays[]`, `workdays[]` (moved days; they win)." */
function isWorkingDay(calendar: CalendarDays, day: number): boolean {
  const date = dateOfDay(day);
  if (calendar.workdays.includes(date)) return true;
  if (calendar.holidays.includes(date)) return false;
  // 1970-01-01 was a Thursday, day 4 of the ISO week.
  const isoWeekday = ((((day + 3) % 7) + 7) % 7) + 1;
  return !calendar.weekend.includes(isoWeekday);
}

/** §2: "`workingDays(d, n)` = endOfDay of the n-th working day strictly after date d." */
export function workingDays(calendar: CalendarDays, day: number, count: number): number {
  let left = count;
  let current = day;
  while (left > 0) {
    current += 1;
    if (isWorkingDay(calendar, current)) left -= 1;
  }
  return endOfDay(current);
}
