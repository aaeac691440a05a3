/** A calendar date, `YYYY-MM-DD`, in local time (UTC+05:00). */
export type LocalDate = string;

/** The working calendar as a value: the wire form of the calendar file (section 7 of docs/allocation.md). */
export type CalendarDays = {
  /** ISO week days off, 1 = Monday … 7 = Sunday. */
  readonly weekend: readonly number[];
  readonly holidays: readonly LocalDate[];
  /** Days moved to work; they win over the other two. */
  readonly workdays: readonly LocalDate[];
};

export const plainWeek: CalendarDays = { weekend: [6, 7], holidays: [], workdays: [] };
