import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hugePages } from '#stack';
import type { CoreMeasures } from './core-size.ts';
import { type Figure, type Goal } from './figure.ts';
import { type Bulletins } from './national-mix.ts';

const defaultSizes = [10_000, 100_000, 1_000_000];
/** The part of a year that is measured: offers lapse and suspensions end in it. */
const defaultShare = 0.1;
const goalsAt = 1_000_000;

export type CoreBenchOptions = {
  readonly sizes: readonly number[];
  readonly share: number;
  readonly bulletins: Bulletins;
};

/**
 * The core over the national mix, at several sizes; each beside the smallest of the same run. Times are processor time of
 * the deciding thread.
 * @param args `--sizes 10000,1000000`, `--share 0.1` (part of a year), `--bulletins settled|even` (see national-mix.ts)
 */
export function benchCore(args: readonly string[], progress: (text: string) => void): Promise<readonly Figure[]> {
  const valueOf = (option: string): string | undefined => args[args.indexOf(option) + 1 || args.length];
  const bulletins = valueOf('--bulletins') ?? 'settled';
  if (bulletins !== 'settled' && bulletins !== 'even') throw new Error('--bulletins is settled or even');
  const options: CoreBenchOptions = {
    sizes: valueOf('--sizes')?.split(',').map(Number) ?? defaultSizes,
    share: Number(valueOf('--share') ?? defaultShare),
    bulletins,
  };
  return Promise.resolve(figuresOf(options, progress));
}

function figuresOf({ sizes, share, bulletins }: CoreBenchOptions, progress: (text: string) => void): Figure[] {
  const folder = mkdtempSync(join(tmpdir(), 'kezek-bench-'));
  try {
    const measure = (size: number, pages: Pages): CoreMeasures => {
      progress(`measuring ${size} applications, bulletins ${bulletins}, ${pages} pages`);
      return measureSize(size, { share, bulletins, folder, pages });
    };
    const measured = sizes.map((size) => measure(size, 'huge'));
    const figures = measured.flatMap((measures) => figuresAt(measures, measured[0]!));
    const largest = measured.at(-1)!;
    return [...figures, ...figuresOfPages(largest, measure(largest.size, 'ordinary'))];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What the allocator is shipped with, and what a process has that does not ask for more. */
type Pages = 'huge' | 'ordinary';

function measureSize(
  size: number,
  { share, bulletins, folder, pages }: { share: number; bulletins: Bulletins; folder: string; pages: Pages },
): CoreMeasures {
  const script = join(import.meta.dirname, 'core-size.ts');
  const args = [
    '--conditions=source',
    '--max-old-space-size=8192',
    script,
    String(size),
    String(share),
    bulletins,
    folder,
  ];
  const env = { ...process.env, ...(pages === 'huge' ? hugePages : { GLIBC_TUNABLES: '' }) };
  const run = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 26, env });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout) as CoreMeasures;
}

function figuresOfPages(huge: CoreMeasures, ordinary: CoreMeasures): Figure[] {
  const beside = (name: string, value: number, baseline: number): Figure => ({
    name: `${huge.size} applications: ${name}, of ordinary pages`,
    value,
    unit: '/s',
    baseline,
    goal: null,
  });
  return [
    beside('log entries decided', huge.entriesPerSecond, ordinary.entriesPerSecond),
    beside('the same without output', huge.silentEntriesPerSecond, ordinary.silentEntriesPerSecond),
  ];
}

/** The goals of issue 4 are said of a million applications. */
function figuresAt(m: CoreMeasures, smallest: CoreMeasures): Figure[] {
  const at = `${m.size} applications: `;
  const goal = (set: Goal): Goal | null => (m.size === goalsAt ? set : null);
  const own = (name: string, value: number, unit: string, set: Goal | null = null): Figure => ({
    name: at + name,
    value,
    unit,
    baseline: null,
    goal: set === null ? null : goal(set),
  });
  const beside = (name: string, of: (measures: CoreMeasures) => number, unit: string, set: Goal | null): Figure => ({
    ...own(name, of(m), unit, set),
    baseline: m === smallest ? null : of(smallest),
  });
  return [
    own('log entries decided', m.entriesPerSecond, '/s', { of: 'value', atLeast: 300_000 }),
    own('the same without output', m.silentEntriesPerSecond, '/s'),
    own('decisions', m.decisionsPerSecond, '/s'),
    beside('cost per entry', (one) => 1e6 / one.entriesPerSecond, 'µs', { of: 'ratio', atMost: 1.5 }),
    beside('cost per decision', (one) => 1e6 / one.decisionsPerSecond, 'µs', null),
    own('decisions per entry', m.decisionsPerEntry, ''),
    own('share of time in timers', m.timersShare, ''),
    own('timers that fired, per entry', m.timersPerEntry, ''),
    own('worst single entry', m.worstEntryMs, 'ms'),
    own('midnight of 1 January', m.newYearMs, 'ms'),
    own('decisions of that midnight', m.newYearDecisions, ''),
    own('applications queued (preload)', m.preloadPerSecond, '/s'),
    own('position query', m.positionMicros, 'µs', { of: 'value', atMost: 5 }),
    own('bulletin of 25 000 seats', m.bulletinMs, 'ms', { of: 'value', atMost: 250 }),
    own('bulletin of 10 000 seats', m.smallerBulletinMs, 'ms'),
    own('snapshot written', m.snapshotWriteSeconds, 's', { of: 'value', atMost: 5 }),
    own('snapshot loaded', m.snapshotLoadSeconds, 's', { of: 'value', atMost: 5 }),
    own('snapshot', m.snapshotMegabytes, 'MB'),
    own('resident memory', m.residentMegabytes, 'MB', { of: 'value', atMost: 600 }),
    own('memory per live entry', (m.residentMegabytes * 2 ** 20) / m.liveEntries, 'B'),
    own('rejected', m.rejected, ''),
    own('seconds on the wall per second of processor', m.waiting, ''),
  ];
}
