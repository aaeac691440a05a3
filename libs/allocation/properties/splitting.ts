/** Splitting time differently: invariant 9 of section 9. */
import type { LogEntry } from '../src/messages.ts';

/**
 * The same log with a `ClockAdvanced` before every entry, at that entry's instant, but not before a `DeadlinesExtended`.
 * `origins[i]` is the place of entry i in the log given; null for an extra tick.
 */
export function splitByTicks(entries: readonly LogEntry[]): { entries: LogEntry[]; origins: (number | null)[] } {
  const split: LogEntry[] = [];
  const origins: (number | null)[] = [];
  entries.forEach((entry, place) => {
    if (entry.type !== 'DeadlinesExtended') {
      split.push({ type: 'ClockAdvanced', atMs: entry.atMs });
      origins.push(null);
    }
    split.push(entry);
    origins.push(place);
  });
  return { entries: split, origins };
}
