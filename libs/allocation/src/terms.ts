/**
 * Dates and deadlines (section 2). A day is a whole number: days since 1970-01-01 in local time, UTC+05:00 for all dates.
 * Every deadline of the Rules but two (the reminder, the cancellation) is the last millisecond of a day.
 */
import type { CalendarDays, LocalDate } from './calendar.ts';
import { invariant } from './invariant.ts';

export const dayMs = 86_400_000;
export const hourMs = 3_600_000;
const offsetMs = 5 * hourMs;

/** The local day of an instant. */
export const dayOf = (ms: number): number => Math.floor((ms + offsetMs) / dayMs);

/** 00:00 local of a day. */
export const startOfDayMs = (day: number): number => day * dayMs - offsetMs;

/** 23:59:59.999 local of a day. */
export const endOfDayMs = (day: number): number => startOfDayMs(day + 1) - 1;

type Civil = { readonly year: number; readonly month: number; readonly day: number };

/** Day number of a date of the proleptic Gregorian calendar. Years are counted from March, so that 29 February ends one. */
export function dayFromCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = (((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) | 0) + day - 1;
  const dayOfEra = yearOfEra * 365 + (yearOfEra >> 2) - ((yearOfEra / 100) | 0) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/**
 * Months since the year 0 x 32 + day of the month: a date in one number, for dates are taken apart by the million. Below
 * an era all numbers are small and positive, so `| 0` is their floor.
 */
function packedDate(day: number): number {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const leaps = ((dayOfEra / 1460) | 0) - ((dayOfEra / 36_524) | 0) + ((dayOfEra / 146_096) | 0);
  const yearOfEra = ((dayOfEra - leaps) / 365) | 0;
  const dayOfYear = dayOfEra - (365 * yearOfEra + (yearOfEra >> 2) - ((yearOfEra / 100) | 0));
  const monthFromMarch = ((5 * dayOfYear + 2) / 153) | 0;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return (year * 12 + month - 1) * 32 + dayOfYear - (((153 * monthFromMarch + 2) / 5) | 0) + 1;
}

/** The date of a day number. */
export function civilFromDay(dayNumber: number): Civil {
  const month = monthOf(dayNumber);
  const year = yearOfDay(dayNumber);
  return { year, month: month - year * 12 + 1, day: packedDate(dayNumber) & 31 };
}

/** Day number of `YYYY-MM-DD`; the form is checked at the border. */
export const dayFromDate = (date: LocalDate): number =>
  dayFromCivil(twoDigits(date, 0) * 100 + twoDigits(date, 2), twoDigits(date, 5), twoDigits(date, 8));

const zero = 48;
const twoDigits = (date: LocalDate, at: number): number =>
  (date.charCodeAt(at) - zero) * 10 + date.charCodeAt(at + 1) - zero;

/** `YYYY-MM-DD` of a day number. */
export function dateFromDay(dayNumber: number): LocalDate {
  const { year, month, day } = civilFromDay(dayNumber);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Months since the year 0. */
export const monthOf = (dayNumber: number): number => packedDate(dayNumber) >> 5;

export const yearOfDay = (day: number): number => Math.floor(monthOf(day) / 12);

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export const daysInMonth = (year: number, month: number): number =>
  month === 2 && isLeap(year) ? 29 : monthLengths[month - 1]!;

/** Adds months and clamps to the last day of the month: 31 March + 11 months = 28 or 29 February. */
export function addMonths(dayNumber: number, months: number): number {
  const packed = packedDate(dayNumber);
  const count = (packed >> 5) + months;
  const targetYear = Math.floor(count / 12);
  const targetMonth = count - targetYear * 12 + 1;
  return dayFromCivil(targetYear, targetMonth, Math.min(packed & 31, daysInMonth(targetYear, targetMonth)));
}

/** Adds years; 29 February + 6 years = 28 February. */
export const addYears = (day: number, years: number): number => addMonths(day, 12 * years);

/** ISO week day, 1 = Monday … 7 = Sunday; 1970-01-01 was a Thursday. */
export const weekday = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

/** The calendar made ready to count by. */
export type WorkingCalendar = {
  readonly days: CalendarDays;
  readonly weekend: ReadonlySet<number>;
  readonly holidays: ReadonlySet<number>;
  readonly workdays: ReadonlySet<number>;
  readonly lastWorkday: number;
  /** What was counted before: thousands of deadlines are counted from one day. */
  readonly counted: Map<number, number>;
};

export function workingCalendar(days: CalendarDays): WorkingCalendar {
  const workdays = days.workdays.map(dayFromDate);
  return {
    days,
    weekend: new Set(days.weekend),
    holidays: new Set(days.holidays.map(dayFromDate)),
    workdays: new Set(workdays),
    lastWorkday: workdays.reduce((last, day) => Math.max(last, day), -Infinity),
    counted: new Map(),
  };
}

/** Weekly days off and holidays do not work; moved days win over both. */
export const isWorkingDay = (calendar: WorkingCalendar, day: number): boolean =>
  calendar.workdays.has(day) || !(calendar.weekend.has(weekday(day)) || calendar.holidays.has(day));

/**
 * The n-th working day strictly after `day`; the deadline is the end of it.
 * @throws InvariantBroken when a calendar without a weekly working day has too few moved days
 */
export function workingDayAfter(calendar: WorkingCalendar, day: number, n: number): number {
  const question = n * daysApart + day;
  let answer = calendar.counted.get(question);
  if (answer === undefined) {
    if (calendar.counted.size === countedMax) calendar.counted.clear();
    answer = countWorkingDays(calendar, day, n);
    calendar.counted.set(question, answer);
  }
  return answer;
}

/** More than there are days in the years 0 to 9999. */
const daysApart = 2 ** 23;
const countedMax = 1000;

function countWorkingDays(calendar: WorkingCalendar, day: number, n: number): number {
  // A week has a working day, so n of them and all holidays are behind us by then.
  const searchEnd = Math.max(day, calendar.lastWorkday) + 7 * (n + calendar.holidays.size + 1);
  let found = 0;
  for (let next = day + 1; next <= searchEnd; next++) {
    if (isWorkingDay(calendar, next) && ++found === n) return next;
  }
  invariant(false, 'a calendar has working days');
}
