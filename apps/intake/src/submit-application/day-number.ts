const dayMs = 86_400_000;

/** Days since 1970-01-01 of a date `YYYY-MM-DD`, the wire form of Avro's date. */
export const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / dayMs;
