import { localDateOf } from './age-gate.ts';

/** Working days and hours of a provider (p.5): local time, minutes from midnight. */
export type WorkingHours = { readonly fromMinute: number; readonly toMinute: number };
/** Days on which the provider works. */
export type WorkingDays = { isWorkingDay(date: string): boolean };

export const defaultWorkingHours: WorkingHours = { fromMinute: 9 * 60, toMinute: 18 * 60 + 30 };

const dayMs = 86_400_000;
const hubOffsetMs = 5 * 3_600_000;

/**
 * The day of acceptance (p.5): the day of receipt within working hours, else the next working day. The order time stays
 * the real millisecond.
 * @returns local date, `YYYY-MM-DD`
 */
export function acceptanceDay(
  receivedAtMs: number,
  days: WorkingDays,
  hours: WorkingHours = defaultWorkingHours,
): string {
  const localMs = receivedAtMs + hubOffsetMs;
  const minute = (localMs % dayMs) / 60_000;
  const today = localDateOf(receivedAtMs);
  if (days.isWorkingDay(today) && minute < hours.toMinute) return today;
  let next = receivedAtMs;
  do {
    next += dayMs;
  } while (!days.isWorkingDay(localDateOf(next)));
  return localDateOf(next);
}
