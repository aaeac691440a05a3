import { existsSync, readFileSync } from 'node:fs';
import type { Sent } from '#testing';

type Line = Sent & {
  readonly what: 'begins' | 'ends';
  readonly member: string;
  readonly partition: number;
  readonly atMs: number;
};

/**
 * What is wrong with what readers without a database wrote down: a record that nobody finished, a key whose records
 * were first met out of order, and, where it can be asked, a partition that two members were at work on at once.
 */
export function judgeJournal(
  file: string,
  sent: readonly Sent[],
  isCalm: boolean,
): { readonly missing: readonly string[]; readonly spoilt: readonly string[] } {
  const lines = existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Line)
    : [];
  return { missing: unfinished(lines, sent), spoilt: [...disordered(lines), ...(isCalm ? overlaps(lines) : [])] };
}

/** How many of the records were finished at least once. */
export function finishedIn(file: string): number {
  if (!existsSync(file)) return 0;
  const lines = readFileSync(file, 'utf8').match(/"what":"ends".*/g) ?? [];
  return new Set(lines.map((line) => /"key":"\w+","n":\d+/.exec(line)?.[0])).size;
}

function unfinished(lines: readonly Line[], sent: readonly Sent[]): readonly string[] {
  const finished = new Set(lines.filter(({ what }) => what === 'ends').map(({ key, n }) => `${key} ${n}`));
  const missing = sent.filter(({ key, n }) => !finished.has(`${key} ${n}`));
  return missing.length === 0 ? [] : [`${missing.length} watched records were never finished`];
}

function disordered(lines: readonly Line[]): readonly string[] {
  const highest = new Map<string, number>();
  const seen = new Set<string>();
  const wrong: string[] = [];
  for (const { what, key, n } of lines) {
    if (what !== 'begins' || seen.has(`${key} ${n}`)) continue;
    seen.add(`${key} ${n}`);
    if (n !== (highest.get(key) ?? 0) + 1) wrong.push(`watched ${key} ${n} was met after ${highest.get(key) ?? 0}`);
    highest.set(key, n);
  }
  return wrong.slice(0, 3);
}

// A member that was killed leaves a beginning without an end: it is at work no longer.
function overlaps(lines: readonly Line[]): readonly string[] {
  const ends = new Map(lines.filter(({ what }) => what === 'ends').map((line) => [nameOf(line), line.atMs]));
  const busyUntil = new Map<number, { readonly member: string; readonly atMs: number }>();
  const wrong: string[] = [];
  for (const line of lines) {
    const endMs = line.what === 'begins' ? ends.get(nameOf(line)) : undefined;
    if (endMs === undefined) continue;
    const busy = busyUntil.get(line.partition);
    if (busy && busy.member !== line.member && line.atMs < busy.atMs) {
      wrong.push(`${busy.member} and ${line.member} were both at work on partition ${line.partition}`);
    }
    busyUntil.set(line.partition, { member: line.member, atMs: endMs });
  }
  return [...new Set(wrong)].slice(0, 3);
}

const nameOf = ({ member, key, n }: Line): string => `${member} ${key} ${n}`;
