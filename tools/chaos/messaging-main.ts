import { mkdirSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { numberOption } from './number-option.ts';
import { fileOf, plantedBugs, spoilt } from './planted-bugs.ts';
import { Chaos, type Played } from './play.ts';

/** How many seeds may look for a planted bug. */
const seedsForBug = 5;

const usage = `
Usage: npm run chaos -- messaging [--seeds N] [--from SEED] [--plant NAME] [--logs FOLDER] [--json]

Two services of two processes each, on a real broker and a real database behind proxies, send records to each other and
back while members, broker, database and network fail as the seed draws. Then a judge that knows nothing of the runtime
compares what was asked with the effects: none lost, none twice, the order of each key kept.

  --seeds N      how many seeds (default 10)
  --from SEED    the first (default 1); a failing seed is named, and run again with --from SEED --seeds 1
  --plant NAME   the services run with a bug: ${plantedBugs.map(({ name }) => name).join(', ')};
                 from the seed known to find it on, up to ${seedsForBug} until one does: the machine's timing has a say,
                 too. The exit status is 0 when it is found
  --logs FOLDER  keeps there what each process said
  --json         the summary as one line

Exit status: 0 nothing wrong (with --plant: the bug was found), 1 otherwise, 2 wrong arguments.
`;

/** `npm run chaos -- messaging [--seeds N] [--from SEED] [--plant NAME] [--json]`; ends the process. */
export async function main(args: readonly string[]): Promise<never> {
  const values = readArgs(args);
  if (values.help) {
    process.stdout.write(usage);
    process.exit(0);
  }
  const bug = plantedBugs.find(({ name }) => name === values.plant);
  if (values.plant !== undefined && !bug) fail(`There is no bug "${values.plant}".`);
  const first = numberOf('--from', values.from ?? String(bug?.seed ?? 1));
  const count = numberOf('--seeds', values.seeds ?? String(bug ? seedsForBug : 10));

  // A bug that cannot be planted ends every process, which would look like a finding.
  if (bug) spoilt(bug, readFileSync(fileOf(bug), 'utf8'));
  if (values.logs !== undefined) mkdirSync(values.logs, { recursive: true });

  const played = await playAll(first, count, { plant: values.plant, logFolder: values.logs });
  const summary = summaryOf(played);
  if (values.json) process.stdout.write(`${JSON.stringify(summary)}\n`);
  else
    for (const [name, value] of Object.entries(summary)) {
      process.stdout.write(`${name}: ${typeof value === 'object' ? JSON.stringify(value) : value}\n`);
    }
  process.exit(summary.failedSeeds.length > 0 === (values.plant !== undefined) ? 0 : 1);
}

async function playAll(
  first: number,
  count: number,
  options: Parameters<Chaos['play']>[1],
): Promise<readonly Played[]> {
  const chaos = await Chaos.open();
  const played: Played[] = [];
  for (let seed = first; seed < first + count; seed += 1) {
    const each = await chaos.play(seed, options);
    played.push(each);
    const { faults, records, released, wrong, seconds } = each;
    process.stderr.write(
      `seed ${seed}: ${records} records, ${released} releases, ${faults.join(', ')}; ${seconds.toFixed(0)} s\n`,
    );
    for (const what of wrong) process.stderr.write(`seed ${seed} WRONG: ${what}\n`);
    if (options?.plant !== undefined && wrong.length > 0) break;
  }
  await chaos.close();
  return played;
}

function summaryOf(played: readonly Played[]) {
  const faults: Record<string, number> = {};
  for (const kind of played.flatMap((each) => each.faults)) faults[kind] = (faults[kind] ?? 0) + 1;
  return {
    seeds: played.length,
    failedSeeds: played.filter(({ wrong }) => wrong.length > 0).map(({ seed }) => seed),
    records: played.reduce((sum, { records }) => sum + records, 0),
    releases: played.reduce((sum, { released }) => sum + released, 0),
    faults: Object.values(faults).reduce((sum, times) => sum + times, 0),
    ofWhich: Object.fromEntries(Object.entries(faults).sort()),
    seconds: Math.round(played.reduce((sum, { seconds }) => sum + seconds, 0)),
  };
}

function fail(text: string): never {
  process.stderr.write(`${text}\n${usage}`);
  process.exit(2);
}

function readArgs(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        seeds: { type: 'string' },
        from: { type: 'string' },
        plant: { type: 'string' },
        logs: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return fail((error as Error).message);
  }
}

function numberOf(option: string, text: string): number {
  return numberOption(text) ?? fail(`${option} takes a whole number from 1.`);
}
