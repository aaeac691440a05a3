/** `npm run simulate -- [--seeds N] [--from SEED] [--plant NAME]`: the allocator under troubles, judged from outside. */
import { parseArgs } from 'node:util';
import { plants, plantBug } from './plants.ts';
import type { Simulated } from './simulate.ts';

const usage = `
Usage: npm run simulate -- [--seeds N] [--from SEED] [--plant NAME] [--until-wrong] [--json]

The allocator's shipped code over a simulated Kafka, Postgres and disk, with a clock of its own, in one process. A seed
draws what is asked and what goes wrong between any two steps: crashes, repeats, a second leader, slow commits, lost
connections, a full disk. A judge from outside then compares what was published with a plain replay of the log.

  --seeds N      how many seeds (default 200)
  --from SEED    the first (default 1); a failing seed is named and plays again, the same, with --from SEED --seeds 1
  --plant NAME   with a bug in the shell: ${plants.map(({ name }) => name).join(', ')}
  --until-wrong  ends at the first seed that finds something
  --json         the summary as one line

Exit status: 0 nothing wrong, 1 otherwise (as it must be with --plant), 2 wrong arguments.
`;

const fail = (text: string): never => {
  process.stderr.write(`${text}\n${usage}`);
  process.exit(2);
};
const values = readOptions();
if (values.help) {
  process.stdout.write(usage);
  process.exit(0);
}
const first = numberOf('--from', values.from);
const count = numberOf('--seeds', values.seeds);
if (values.plant !== undefined) {
  if (!plants.some(({ name }) => name === values.plant)) fail(`There is no bug "${values.plant}".`);
  plantBug(values.plant);
}
const { simulate } = await import('./simulate.ts');
/** How often long work says where it is. */
const progressEverySeeds = 500;
const startedMs = performance.now();
const runs: Simulated[] = [];
for (let seed = first; seed < first + count; seed += 1) {
  const run = await simulate(seed);
  runs.push(run);
  if (run.wrong.length > 0) {
    process.stderr.write(`seed ${seed}: ${run.wrong.slice(0, 3).join('; ')}\n`);
    if (values['until-wrong']) break;
  }
  if (runs.length % progressEverySeeds === 0) process.stderr.write(`${runs.length} of ${count} seeds\n`);
}
report(runs, (performance.now() - startedMs) / 1_000);
process.exit(runs.some(({ wrong }) => wrong.length > 0) ? 1 : 0);

function readOptions() {
  try {
    return parseArgs({
      options: {
        seeds: { type: 'string', default: '200' },
        from: { type: 'string', default: '1' },
        plant: { type: 'string' },
        'until-wrong': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return fail((error as Error).message);
  }
}

function numberOf(option: string, text: string): number {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : fail(`${option} takes a whole number from 1.`);
}

function report(done: readonly Simulated[], seconds: number): void {
  const sum = (of: (run: Simulated) => number): number => done.reduce((total, run) => total + of(run), 0);
  const faults = new Map<string, number>();
  for (const run of done) for (const [kind, times] of run.faults) faults.set(kind, (faults.get(kind) ?? 0) + times);
  const failed = done.filter(({ wrong }) => wrong.length > 0).map(({ seed }) => seed);
  const summary = {
    seeds: done.length,
    failed: failed.length,
    failedSeeds: failed.slice(0, 20),
    faults: [...faults.values()].reduce((total, times) => total + times, 0),
    ofWhich: Object.fromEntries([...faults].sort()),
    simulatedHours: Number((sum(({ simulatedMs }) => simulatedMs) / 3_600_000).toFixed(2)),
    recordsPublished: sum(({ records }) => records),
    publishedAgain: sum(({ repeats }) => repeats),
    checkpoints: sum(({ checkpoints }) => checkpoints),
    ownersOfTheStore: sum(({ epochs }) => epochs),
    seconds: Math.round(seconds),
  };
  if (values.json) return void process.stdout.write(`${JSON.stringify(summary)}\n`);
  for (const [name, value] of Object.entries(summary)) {
    process.stdout.write(`${name}: ${typeof value === 'object' ? JSON.stringify(value) : value}\n`);
  }
}
