const dayMs = 86_400_000;
const hubOffsetMs = 5 * 3_600_000;

/** 23:59:59.999 local (UTC+05:00) of the day `daysAhead` days after the day of `atMs`, as ms. */
export function endOfLocalDay(atMs: number, daysAhead: number): number {
  const localDay = Math.floor((atMs + hubOffsetMs) / dayMs);
  return (localDay + daysAhead + 1) * dayMs - 1 - hubOffsetMs;
}
