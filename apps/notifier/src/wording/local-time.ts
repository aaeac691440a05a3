/** Kazakhstan has one time, UTC+05:00, all year (allocation.md, section 2). */
export const localOffsetMs = 5 * 3_600_000;
export const dayMs = 86_400_000;

/** `09.06.2026` */
export function localDate(atMs: number): string {
  return dateText(new Date(atMs + localOffsetMs));
}

/** `09.06.2026 23:59` */
export function localMinute(atMs: number): string {
  return `${localDate(atMs)} ${new Date(atMs + localOffsetMs).toISOString().slice(11, 16)}`;
}

/** `09.06.2026 14:05:09.123`: an order time is told to the millisecond (p.10). */
export function localMillisecond(atMs: number): string {
  return `${localDate(atMs)} ${new Date(atMs + localOffsetMs).toISOString().slice(11, 23)}`;
}

/** A day of the calendar, counted from 1970-01-01, as `09.06.2026`. */
export function calendarDate(day: number): string {
  return dateText(new Date(day * dayMs));
}

function dateText(date: Date): string {
  const [year, month, day] = date.toISOString().slice(0, 10).split('-');
  return `${day}.${month}.${year}`;
}
