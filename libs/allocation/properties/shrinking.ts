/** Makes a log that shows a difference as short as dropping entries can make it. */
import type { LogEntry } from '../src/messages.ts';
import { firstDifference, type Beginning, type Difference } from './comparison.ts';

export type Shrunk = { readonly entries: readonly LogEntry[]; readonly difference: Difference };

/** Drops ever smaller pieces while the two still differ in the same way (decisions, queues, a stop). */
export function shrink(beginning: Beginning, entries: readonly LogEntry[], difference: Difference): Shrunk {
  let best: Shrunk = { entries: entries.slice(0, difference.place + 1), difference };
  for (let size = Math.max(1, best.entries.length >> 1); ; size = size >> 1) {
    for (let start = best.entries.length - size; start >= 0; start -= size) {
      const fewer = [...best.entries.slice(0, start), ...best.entries.slice(start + size)];
      const still = firstDifference(beginning, fewer);
      if (still?.what === difference.what) best = { entries: fewer.slice(0, still.place + 1), difference: still };
    }
    if (size <= 1) break;
  }
  return withSmallerEntries(beginning, best);
}

/** Fewer seats in a bulletin and fewer preschools in an application. */
function withSmallerEntries(beginning: Beginning, given: Shrunk): Shrunk {
  let best = given;
  for (let place = 0; place < best.entries.length; place += 1) {
    for (let attempt = smaller(best.entries[place]); attempt.length > 0;) {
      const candidate = attempt.shift();
      if (candidate === undefined) break;
      const entries = best.entries.map((entry, i) => (i === place ? candidate : entry));
      const still = firstDifference(beginning, entries);
      if (still?.what !== best.difference.what) continue;
      best = { entries: entries.slice(0, still.place + 1), difference: still };
      attempt = smaller(best.entries[place]);
    }
  }
  return best;
}

function smaller(entry: LogEntry | undefined): LogEntry[] {
  const without = <T>(list: readonly T[]): T[][] =>
    list.length < 2 ? [] : list.map((_, dropped) => list.filter((__, i) => i !== dropped));
  if (entry?.type === 'VacanciesPublished') {
    return without(entry.vacancies).map((vacancies) => ({ ...entry, vacancies }));
  }
  if (entry?.type === 'ApplicationQueued' || entry?.type === 'EntriesChanged') {
    return without(entry.entries).map((entries) => ({ ...entry, entries }));
  }
  return [];
}
