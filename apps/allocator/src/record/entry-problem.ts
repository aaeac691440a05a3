import type { LogRecord } from './translation.ts';

/** Days of the dates that `YYYY-MM-DD` can write: years 1 to 9999. */
const firstDay = -719_162;
const lastDay = 2_932_896;
const weekDays = 7;
/** No term of the Rules comes near it, in days, hours, months or years; counting working days takes a step for each. */
const policyNumberMax = 100_000;

/**
 * What makes a record no log entry (section 7 of docs/allocation.md), though its bytes are of its schema: it would break the
 * core, and the line could not be released behind it.
 * @returns what is wrong, in words
 */
export function entryProblem({ name, value }: LogRecord): string | undefined {
  if (value.atMs < 0) return 'its time lies before 1970';
  switch (name) {
    case 'ApplicationQueued':
    case 'ChildChanged':
      return isDay(value.birthDate) ? undefined : 'its birth date is no date';
    case 'VacanciesPublished':
      if (value.vacancies.some(({ birthYears }) => birthYears.length === 0)) return 'a seat of it is for no birth year';
      return value.vacancies.every(({ temporaryUntil }) => temporaryUntil === null || isDay(temporaryUntil))
        ? undefined
        : 'the last day of a temporary seat is no date';
    case 'CalendarChanged': {
      const { weekend, holidays, workdays } = value.calendar;
      if (new Set(weekend).size === weekDays || !weekend.every((day) => day >= 1 && day <= weekDays))
        return 'its week has no working day, or days that are none';
      return [...holidays, ...workdays].every(isDay) ? undefined : 'a day of its calendar is no date';
    }
    case 'PolicyChanged': {
      const numbers = Object.values(value.policy).filter((setting) => typeof setting === 'number');
      return numbers.every((number) => number >= 1 && number <= policyNumberMax)
        ? undefined
        : `a number of its policy is not one of 1 to ${policyNumberMax}`;
    }
    default:
      return undefined;
  }
}

const isDay = (day: number): boolean => day >= firstDay && day <= lastDay;
