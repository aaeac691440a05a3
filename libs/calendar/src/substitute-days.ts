/** Article 5 of the Law on Holidays: when a holiday falls on a day off, the next working day after the holiday is a day off. */
import type { Holiday } from './holiday.ts';

const dayMs = 86_400_000;

export const dateAfter = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);

/** The five-day week, Saturday and Sunday off. */
export const isWeekend = (date: string): boolean => [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());

/**
 * One day off more for each state holiday on a weekend, in the order of the holidays; two in a row give two different days
 * (21 and 22 March 2026 gave 24 and 25 March, because the 23rd was a holiday itself).
 * @param holidays by date
 */
export function substituteDays(holidays: readonly Holiday[]): string[] {
  const off = new Set(holidays.map((holiday) => holiday.date));
  const given: string[] = [];
  for (const { date, kind } of holidays) {
    if (kind !== 'STATE' || !isWeekend(date)) continue;
    let next = dateAfter(date, 1);
    while (isWeekend(next) || off.has(next)) next = dateAfter(next, 1);
    off.add(next);
    given.push(next);
  }
  return given;
}
