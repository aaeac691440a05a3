import type { WorkingCalendar } from '#calendar';
import type { WorkingDays } from './acceptance-day.ts';

/** Working days of a calendar; moved working days win over weekends and holidays. */
export function workingDaysOf({ weekend, holidays, workdays }: WorkingCalendar): WorkingDays {
  const off = new Set(holidays);
  const moved = new Set(workdays);
  return {
    isWorkingDay: (date) => moved.has(date) || !(off.has(date) || weekend.includes(isoWeekDay(date))),
  };
}

const isoWeekDay = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
