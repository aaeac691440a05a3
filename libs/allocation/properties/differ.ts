/** `npm run seeds`: the core and the plain reading of the rules on many random histories, decision by decision. */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { firstDifference, type Beginning } from './comparison.ts';
import { historyOfSeed } from './history.ts';
import { shrink, type Shrunk } from './shrinking.ts';
import { features, type Feature } from './temper.ts';
import { logLine } from './wire.ts';

const options = {
  help: { type: 'boolean', default: false },
  seeds: { type: 'string', default: '1000' },
  from: { type: 'string', default: '1' },
  steps: { type: 'string', default: '160' },
  mask: { type: 'string', default: '' },
  crowd: { type: 'string' },
  seconds: { type: 'string' },
  all: { type: 'boolean', default: false },
  json: { type: 'string' },
} as const;

const usage = `
Usage: npm run seeds -- [--seeds N] [--from SEED] [--seconds N] [--steps N] [--crowd N] [--mask FEATURE,...] [--all] [--json FILE]

Runs the core and the plain reading of the rules (libs/allocation/reference) on random histories and shows where they differ first,
on a history shortened to what the difference needs.

  --seeds N      how many histories (default 1000)
  --from SEED    the first (default 1)
  --seconds N    stops after so long, with what was done until then
  --steps N      length of a history (default 160)
  --crowd N      so many live applications, for long queues
  --mask NAMES   leaves features out: ${features.join(', ')}
  --all          goes on after the first difference, which alone is shortened and shown
  --json FILE    writes the shortened log there, ready for kezek replay

Exit status: 0 all agree, 1 some differ, 2 wrong arguments.
`;

const { values } = orUsage(() => parseArgs({ options }));
if (values.help) {
  process.stdout.write(usage);
  process.exit(0);
}
const { count, from, steps, crowd, secondsMost, masked } = orUsage(() => ({
  count: wholeNumber('seeds'),
  from: wholeNumber('from'),
  steps: wholeNumber('steps'),
  crowd: values.crowd === undefined ? undefined : wholeNumber('crowd'),
  secondsMost: values.seconds === undefined ? Infinity : wholeNumber('seconds'),
  masked: new Set(
    values.mask
      .split(',')
      .filter((name) => name !== '')
      .map(featureNamed),
  ),
}));

function orUsage<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n${usage}`);
    process.exit(2);
  }
}

function wholeNumber(name: 'seeds' | 'from' | 'steps' | 'crowd' | 'seconds'): number {
  const value = Number(values[name]);
  if (!Number.isInteger(value) || value < 0) throw new Error(`--${name} is to be a whole number`);
  return value;
}

function featureNamed(name: string): Feature {
  const feature = features.find((one) => one === name);
  if (feature === undefined) throw new Error(`there is no feature ${name}; there are ${features.join(', ')}`);
  return feature;
}

let entriesSeen = 0;
let decisionsSeen = 0;
const differing: number[] = [];
const startedAt = Date.now();
let tried = 0;
for (let seed = from; seed < from + count && secondsSpent() < secondsMost; seed += 1) {
  tried += 1;
  const history = historyOfSeed(seed, steps, masked, crowd);
  entriesSeen += history.entries.length;
  decisionsSeen += history.decided.reduce((sum, decisions) => sum + decisions.length, 0);
  const difference = firstDifference(history, history.entries);
  if (difference === null) continue;
  differing.push(seed);
  if (differing.length === 1) report(seed, history, shrink(history, history.entries, difference));
  if (!values.all) break;
}
const told = differing.length === 0 ? 'all agree' : `${differing.length} differ: ${differing.slice(0, 20).join(' ')}`;
print(
  `seeds ${from}..${from + tried - 1}: ${told}; ${entriesSeen} entries, ${decisionsSeen} decisions, ${secondsSpent().toFixed(1)} s`,
);
process.exitCode = differing.length === 0 ? 0 : 1;

function secondsSpent(): number {
  return (Date.now() - startedAt) / 1000;
}

function report(seed: number, beginning: Beginning, { entries, difference }: Shrunk): void {
  print(`seed ${seed}: ${difference.what} differ at entry ${difference.place} of the log shortened to:`);
  print(`policy ${JSON.stringify(beginning.policy)}`);
  print(`calendar ${JSON.stringify(beginning.calendar)}`);
  for (const [place, entry] of entries.entries()) print(`${place} ${logLine(entry)}`);
  print(`core:\n  ${difference.byCore.join('\n  ')}`);
  print(`reference:\n  ${difference.byReference.join('\n  ')}`);
  if (values.json !== undefined) writeFileSync(values.json, entries.map((entry) => `${logLine(entry)}\n`).join(''));
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
