/** `npm run simulate -- [--seeds N] [--from SEED] [--plant NAME]`: the allocator under troubles, judged from outside. */
import { parseArgs } from 'node:util';
import { plants, plantBug } from './plants.ts';
import type { Simulated } from './simulate.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
    plant: { type: 'string' },
    'until-wrong': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
if (values.plant !== undefined) {
  if (!plants.some(({ name }) => name === values.plant)) {
    process.stderr.write(
      `There is no bug "${values.plant}"; there are ${plants.map(({ name }) => name).join(', ')}.\n`,
    );
    process.exit(2);
  }
  plantBug(values.plant);
}
const { simulate } = await import('./simulate.ts');
const first = Number(values.from);
const count = Number(values.seeds);
const startedMs = performance.now();
const runs: Simulated[] = [];
for (let seed = first; seed < first + count; seed += 1) {
  const run = await simulate(seed);
  runs.push(run);
  if (run.wrong.length > 0) {
    process.stderr.write(`seed ${seed}: ${run.wrong.slice(0, 3).join('; ')}\n`);
    if (values['until-wrong']) break;
  }
}
report(runs, (performance.now() - startedMs) / 1_000);
process.exit(runs.some(({ wrong }) => wrong.length > 0) ? 1 : 0);

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
