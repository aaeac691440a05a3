import { dayMs, localOffsetMs } from '../wording/local-time.ts';

const hourMs = 3_600_000;

/** When the provider opens on a day of the calendar counted from 1970-01-01 (p.5: results after hours are issued then). */
export function openingMs(day: number, openingHour: number): number {
  return day * dayMs + openingHour * hourMs - localOffsetMs;
}
