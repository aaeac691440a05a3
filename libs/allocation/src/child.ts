/** What follows from the child's birth date and the planned age: group year, age limit, planned age (p.11, p.16, p.24). */
import { birthDay, placementYear, plannedAge } from './application-record.ts';
import { type ApplicationHandle } from './handles.ts';
import { type AllocationPolicy } from './policy.ts';
import { type Allocation } from './state.ts';
import { addYears, dayFromCivil, startOfDayMs, yearOfDay } from './terms.ts';

/** The year of the queue: set by the department (p.24), else the year of birth. */
export const groupYear = (s: Allocation, a: ApplicationHandle): number =>
  placementYear(s, a) ?? yearOfDay(birthDay(s, a));

/** p.11, p.16(4): the limit is reached at 00:00 of this day. */
export const ageLimitFor = (policy: AllocationPolicy, born: number): number => addYears(born, policy.ageLimitYears);

/** The day from which the planned age is reached; null when none is planned (p.16(6), p.24). */
export function plannedAgeDay(s: Allocation, a: ApplicationHandle): number | null {
  const age = plannedAge(s, a);
  if (age === null) return null;
  const born = birthDay(s, a);
  return s.policy.plannedAgeAt === 'BIRTHDAY' ? addYears(born, age) : dayFromCivil(yearOfDay(born) + age, 1, 1);
}

/** The planned age's day while it lies ahead, else null. */
export function plannedDayAhead(s: Allocation, a: ApplicationHandle): number | null {
  const day = plannedAgeDay(s, a);
  return day !== null && startOfDayMs(day) > s.nowMs ? day : null;
}
