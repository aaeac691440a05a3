import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { allocatorFaultKinds } from './allocator-faults.ts';
import { buildApps, playAllocator, type PlayedAllocator } from './allocator-play.ts';
import { numberOption } from './number-option.ts';

const usage = `
Usage: npm run chaos -- allocator [--faults N] [--seeds N] [--from SEED] [--logs FOLDER] [--json]

The shipped allocator, a leader and a follower, decides a country's entries on a real broker and a real database while
its processes, its relay, Kafka and Postgres are killed (kill -9) and frozen (SIGSTOP) as the seed draws. Then the judge
of the simulation compares the topics with a plain replay: no input lost, none decided twice, output in the order of the
input, decided as the replay decides, one writer at a time; and a follower takes over within ten seconds.

  --faults N     how many faults a seed has (default 10; 200 take about half an hour)
  --seeds N      how many seeds (default 1), each on fresh stores
  --from SEED    the first (default 1)
  --logs FOLDER  keeps there what each process said
  --built        runs what is in dist as it is, without building it first
  --json         the summary as one line

Faults: ${allocatorFaultKinds.join(', ')}.
Exit status: 0 nothing wrong, 1 otherwise, 2 wrong arguments.
`;

/** `npm run chaos -- allocator`; ends the process. */
export async function main(args: readonly string[]): Promise<never> {
  const values = readArgs(args);
  if (values.help) {
    process.stdout.write(usage);
    process.exit(0);
  }
  const [faults, seeds, first] = [
    numberOf('--faults', values.faults),
    numberOf('--seeds', values.seeds),
    numberOf('--from', values.from),
  ];
  if (values.logs !== undefined) mkdirSync(values.logs, { recursive: true });
  if (!values.built) buildApps();
  const played: PlayedAllocator[] = [];
  for (let seed = first; seed < first + seeds; seed += 1) {
    const each = await playAllocator(seed, {
      faults,
      logFolder: values.logs,
      progress: (text) => process.stderr.write(`seed ${seed}, ${text}\n`),
    });
    played.push(each);
    for (const what of each.wrong) process.stderr.write(`seed ${seed} WRONG: ${what}\n`);
  }
  const summary = summaryOf(played);
  if (values.json) process.stdout.write(`${JSON.stringify(summary)}\n`);
  else
    for (const [name, value] of Object.entries(summary)) {
      process.stdout.write(`${name}: ${typeof value === 'object' ? JSON.stringify(value) : value}\n`);
    }
  process.exit(summary.failedSeeds.length > 0 ? 1 : 0);
}

function summaryOf(played: readonly PlayedAllocator[]) {
  const sum = (of: (one: PlayedAllocator) => number): number => played.reduce((total, one) => total + of(one), 0);
  const takeoversMs = played.flatMap((one) => one.takeoversMs).sort((x, y) => x - y);
  return {
    seeds: played.length,
    failedSeeds: played.filter(({ wrong }) => wrong.length > 0).map(({ seed }) => seed),
    faults: sum(({ faults }) => faults.length),
    ofWhich: countOf(played.flatMap(({ faults }) => faults).map((kind) => [kind, 1])),
    entries: sum(({ entries }) => entries),
    logRecords: sum(({ logRecords }) => logRecords),
    decidedRecords: sum(({ decidedRecords }) => decidedRecords),
    publishedAgain: sum(({ repeats }) => repeats),
    checkpoints: sum(({ checkpoints }) => checkpoints),
    releases: sum(({ releases }) => releases),
    ownersOfTheStore: sum(({ epochs }) => epochs),
    takeovers: takeoversMs.length,
    takeoverMsMedian: Math.round(takeoversMs[Math.floor(takeoversMs.length / 2)] ?? 0),
    takeoverMsMax: Math.round(takeoversMs.at(-1) ?? 0),
    ends: countOf(played.flatMap(({ ends }) => Object.entries(ends))),
    seconds: Math.round(sum(({ seconds }) => seconds)),
  };
}

function countOf(counted: readonly (readonly [string, number])[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const [name, times] of counted) counts[name] = (counts[name] ?? 0) + times;
  return Object.fromEntries(Object.entries(counts).sort());
}

function readArgs(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        faults: { type: 'string', default: '10' },
        seeds: { type: 'string', default: '1' },
        from: { type: 'string', default: '1' },
        logs: { type: 'string' },
        built: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return fail((error as Error).message);
  }
}

function fail(text: string): never {
  process.stderr.write(`${text}\n${usage}`);
  process.exit(2);
}

function numberOf(option: string, text: string): number {
  return numberOption(text) ?? fail(`${option} takes a whole number from 1.`);
}
