import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { topics, type Topic } from '#contracts';
import { decisionDelays } from './allocator-pace.ts';
import { producerRates } from './allocator-producers.ts';
import { completePass, restart, unstoredPass, type Pass } from './allocator-runs.ts';
import { openBenchStores, type BenchStores } from './allocator-stores.ts';
import type { Figure, Goal } from './figure.ts';
import { bareBatches, stockNest } from './messaging-readers.ts';
import { percentile } from './percentile.ts';

const root = join(import.meta.dirname, '../..');
const topic: Topic = topics['kezek.allocation.log'];
const nationalSize = 1_000_000;
const behindSnapshot = 200_000;
const pace = { perSecond: 500, seconds: 20 };
const pacedEntries = 20_000;
const producedRecords = 50_000;

type Round = {
  readonly bare: number;
  readonly stock: number;
  readonly unstored: Pass;
  readonly complete: Pass;
};

/**
 * The allocator end to end beside bare readers of the same records, at national size; then its restart and, on the
 * process that came of it, the time from entry to decision.
 * @param args `--applications N` (default 1 000 000), `--entries N` behind the snapshot (default 200 000), `--rounds N`
 *   (default 3; the round of the median ratio counts)
 */
export async function benchAllocator(
  args: readonly string[],
  progress: (text: string) => void,
): Promise<readonly Figure[]> {
  const applications = numberAfter(args, '--applications', nationalSize);
  const entries = numberAfter(args, '--entries', behindSnapshot);
  const rounds = numberAfter(args, '--rounds', 3);
  build();
  const bench = await openBenchStores({ applications, entries, later: pacedEntries });
  const { log } = bench;
  progress(`written: ${applications} applications, ${entries} entries, ${log.decisions} decisions on them`);
  try {
    const measured: Round[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      const each = await measureRound(bench, entries);
      measured.push(each);
      const { bare, stock, unstored, complete } = each;
      const told = { bare, stock, unstored: unstored.entriesPerSecond, complete: complete.entriesPerSecond };
      progress(`round ${round}, entries/s: ${said(told)}; µs an entry: ${said(complete.microsPerEntry)}`);
    }
    const rates = await producerRates(bench, Math.min(producedRecords, entries));
    const { seconds, allocator } = await restart(bench);
    progress(`ready after ${seconds.toFixed(1)} s`);
    const delays = await decisionDelays(bench, pace).finally(() => allocator.stop());
    return [
      ...speedFigures(measured, log.decisions / entries),
      {
        ...plain('relay: @platformatic/kafka, of kafkajs', rates.platformatic, '1/s'),
        baseline: rates.kafkajs,
      },
      { ...plain('restart, until ready', seconds, 's'), goal: atNationalSize(bench, { of: 'value', atMost: 15 }) },
      plain(`entry to decision at ${pace.perSecond}/s, median`, percentile(delays, 0.5), 'ms'),
      {
        ...plain(`entry to decision at ${pace.perSecond}/s, p99`, percentile(delays, 0.99), 'ms'),
        goal: { of: 'value', atMost: 50 },
      },
    ];
  } finally {
    await bench.close();
  }
}

async function measureRound(bench: BenchStores, entries: number): Promise<Round> {
  const { brokers, log } = bench;
  const reader = { brokers, topic, fromOffset: log.firstOffset };
  // Cold code, of the readers as of the allocator, is not measured: each reads twice.
  await bareBatches({ ...reader, count: Math.floor(entries / 4) });
  return {
    bare: await bareBatches({ ...reader, count: Math.floor(entries / 2) }),
    stock: await stockNest({ ...reader, count: entries }),
    unstored: await unstoredPass(bench),
    // Last: what it stores is there when the restart is measured.
    complete: await completePass(bench),
  };
}

function speedFigures(measured: readonly Round[], decisionsPerEntry: number): readonly Figure[] {
  const complete = ({ complete: { entriesPerSecond } }: Round): number => entriesPerSecond;
  // What stands beside something was measured within a minute of it: the round whose ratio is the median counts.
  const beside = (name: string, of: (round: Round) => number, atLeast: number): Figure => {
    const byRatio = [...measured].sort((x, y) => complete(x) / of(x) - complete(y) / of(y));
    const median = byRatio[Math.floor(byRatio.length / 2)]!;
    const figure = plain(`allocator end to end, of ${name}`, complete(median), '1/s');
    return { ...figure, baseline: of(median), goal: { of: 'ratio', atLeast } };
  };
  const last = measured.at(-1)!.complete.microsPerEntry;
  return [
    beside('bare eachBatch', ({ bare }) => bare, 0.15),
    beside("Nest's stock transport", ({ stock }) => stock, 3),
    beside('the same without Postgres', ({ unstored }) => unstored.entriesPerSecond, 0.8),
    plain('decisions per entry', decisionsPerEntry, ''),
    ...Object.entries(last).map(([name, micros]) => plain(`processor time of an entry: ${name}`, micros, 'µs')),
  ];
}

const plain = (name: string, value: number, unit: string): Figure => ({
  name,
  value,
  unit,
  baseline: null,
  goal: null,
});

/** The goal of the restart is said of a million applications and 200 000 entries. */
const atNationalSize = ({ log }: BenchStores, goal: Goal): Goal | null =>
  log.firstOffset >= nationalSize && log.endOffset - log.firstOffset >= behindSnapshot ? goal : null;

const said = (values: Readonly<Record<string, number>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name} ${value >= 100 ? Math.round(value) : value.toFixed(1)}`)
    .join(', ');

function build(): void {
  const { status } = spawnSync(process.execPath, ['--conditions=source', 'tools/build.ts'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) throw new Error('the apps were not built');
}

function numberAfter(args: readonly string[], option: string, otherwise: number): number {
  const at = args.indexOf(option);
  const number = at < 0 ? otherwise : Number(args[at + 1]);
  if (!Number.isInteger(number) || number < 1) throw new RangeError(`${option} takes a number from 1`);
  return number;
}
