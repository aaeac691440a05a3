/** Milliseconds by which the log's times may disagree with the broker's stamps. */
export type ClockTolerance = {
  /** An entry's `at` ahead of its append time. */
  readonly aheadMsMax: number;
  /** An append time before that of the record before. */
  readonly backwardsMsMax: number;
};

/**
 * Holds a record's times against the broker's stamp. A writer whose clock has gone wrong would make every term of the
 * country fire at once, and what fired cannot be taken back.
 * @param beforeMs append time of the record before; undefined for the first
 * @returns what is wrong, in words
 */
export function clockProblem(
  { atMs, appendedAtMs }: { readonly atMs: number; readonly appendedAtMs: number },
  beforeMs: number | undefined,
  { aheadMsMax, backwardsMsMax }: ClockTolerance,
): string | undefined {
  if (atMs - appendedAtMs > aheadMsMax)
    return `its time is ${atMs - appendedAtMs} ms ahead of the broker's (${aheadMsMax} ms are allowed)`;
  if (beforeMs !== undefined && beforeMs - appendedAtMs > backwardsMsMax)
    return `the broker stamped it ${beforeMs - appendedAtMs} ms before the record ahead of it (${backwardsMsMax} ms are allowed)`;
  return undefined;
}
