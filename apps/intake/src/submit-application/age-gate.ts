/** A date as year, month, day of the local calendar. */
type CivilDate = { readonly year: number; readonly month: number; readonly day: number };

const hubOffsetMs = 5 * 3_600_000;

/** The local date (UTC+05:00) of an instant. */
export function localDateOf(atMs: number): string {
  return new Date(atMs + hubOffsetMs).toISOString().slice(0, 10);
}

const parse = (date: string): CivilDate => {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  return { year, month, day };
};

/**
 * May this child be queued today (p.11)? It must not be over six at the end of the calendar year, nor six already.
 * Children with a PMPC conclusion are exempt; the caller does not ask for them.
 * @param birthDate `YYYY-MM-DD`
 * @param today local date, `YYYY-MM-DD`
 * @returns what stands in the way, or undefined
 */
export function ageProblem(
  birthDate: string,
  today: string,
): 'not-born-yet' | 'over-six-this-year' | 'six-already' | undefined {
  if (birthDate > today) return 'not-born-yet';
  const born = parse(birthDate);
  const now = parse(today);
  if (now.year - born.year > 6) return 'over-six-this-year';
  const sixthBirthdayPassed =
    now.year - born.year === 6 &&
    (now.month > born.month || (now.month === born.month && now.day >= clampedDay(born, now.year)));
  return sixthBirthdayPassed ? 'six-already' : undefined;
}

/** 29 February is kept on the 28th in years that have none. */
function clampedDay(born: CivilDate, year: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return born.month === 2 && born.day === 29 && !leap ? 28 : born.day;
}
