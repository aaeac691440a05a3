import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { stackFolders } from '#stack';
import { readArguments } from '../arguments.ts';
import { buildApps, runTool } from '../build.ts';
import { runChecks } from '../checks.ts';
import type { Command, Io } from '../command.ts';
import { prepareContainers } from '../containers.ts';
import { totalsOf, type JestReport, type Totals } from '../jest-totals.ts';
import { seconds } from '../stack-display.ts';

const usage = `
Usage: ./kezek test [--checks] [--unit] [--integration] [--e2e] [--containers] [--long] [PATTERN...]

Runs what a developer and CI run: contracts, formatting, form, types, arrows, dead code; then the suites.
With none of the first five options all of it runs. The last line counts the tests. Where no Docker engine
answers and none can be started, the containers fail with the reason: name the parts that shall run.

  --checks        what is looked at without running anything
  --unit          suites named .spec.ts: no I/O
  --integration   suites named .db.spec.ts and .kafka.spec.ts: a real Postgres, a real Kafka
  --e2e           suites named .stack.spec.ts: whole stacks
  --containers    suites named .container.spec.ts: the hub in containers; then the messaging suites once more, with
                  Kafka and Postgres in containers (policies and reading; all of them with --long or by PATTERN);
                  makes a Docker engine answer where it can
  --long          soaks and thousands of seeds too; they print their figures
  PATTERN         only suites whose path has this in it; then no checks
`;

const parts = ['unit', 'integration', 'e2e', 'container', 'stores in containers'] as const;
type Part = (typeof parts)[number];
/** What a pattern looks in where no part is named: none of these needs more than this checkout. */
const patternParts: readonly Part[] = ['unit', 'integration', 'e2e'];

const suffixOf: Readonly<Record<Part, RegExp>> = {
  unit: /(?<!\.(db|kafka|stack|container))\.spec\.ts$/,
  integration: /\.(db|kafka)\.spec\.ts$/,
  e2e: /\.stack\.spec\.ts$/,
  container: /\.container\.spec\.ts$/,
  'stores in containers': /\/libs\/messaging\/.*\.kafka\.spec\.ts$/,
};
/** What of the stores in containers runs each time; all of it has run with stores as processes before. */
const alsoShort = /\/(policies|transport|unreadable)\.kafka\.spec\.ts$/;
const isInContainers = (part: Part): boolean => part === 'container' || part === 'stores in containers';

const flag = { type: 'boolean', default: false } as const;

export const command: Command = {
  name: 'test',
  summary: 'run everything a developer and CI run',
  usage,
  run: async (args, io) => {
    const options = { checks: flag, unit: flag, integration: flag, e2e: flag, containers: flag, long: flag };
    const { values, positionals } = readArguments(args, options, Infinity);
    const startedAtMs = performance.now();
    const chosen = parts.filter((part) => (isInContainers(part) ? values.containers : values[part as 'unit']));
    const everything = chosen.length === 0 && !values.checks && positionals.length === 0;
    const failedChecks = everything || values.checks ? await runChecks(io) : [];
    const totals: Totals[] = [];
    let preparing: Promise<string | undefined> | undefined;
    const containersReady = (): Promise<string | undefined> => (preparing ??= prepareContainers(io));
    const wanted = everything ? parts : chosen.length === 0 && !values.checks ? patternParts : chosen;
    for (const part of wanted) {
      const partStartedAtMs = performance.now();
      totals.push(await runPart(part, positionals, { long: values.long, io, containersReady }));
      io.out(`  ${part} suites took ${seconds(performance.now() - partStartedAtMs)}`);
    }
    const passed = sum(totals.map((each) => each.passed));
    const failed = sum(totals.map((each) => each.failed)) + failedChecks.length;
    if (failedChecks.length === 0 && !values.checks && passed + failed === 0) {
      io.out(`FAILED: no suite has ${positionals.join(' or ')} in its path`);
      return 1;
    }
    totals.flatMap((each) => each.troubles).forEach((trouble) => io.out(`FAILED: ${trouble}`));
    if (failedChecks.length > 0) io.out(`FAILED: ${failedChecks.join(', ')}`);
    io.out(`Took ${seconds(performance.now() - startedAtMs)}.`);
    io.out(`${passed} passed, ${failed} failed`);
    return failed === 0 ? 0 : 1;
  },
};

type Run = {
  readonly long: boolean;
  readonly io: Io;
  /** Makes engine and images be there, once. @returns what is in the way */
  containersReady(): Promise<string | undefined>;
};

async function runPart(part: Part, patterns: readonly string[], { long, io, containersReady }: Run): Promise<Totals> {
  const files = specFiles(io.root).filter((file) => suffixOf[part].test(file));
  const isShort = part === 'stores in containers' && !long;
  const wanted = files.filter((file) =>
    patterns.length === 0 ? !isShort || alsoShort.test(file) : patterns.some((pattern) => file.includes(pattern)),
  );
  if (patterns.length > 0 && wanted.length === 0) return { passed: 0, failed: 0, troubles: [] };
  io.out(`  suites: ${part} (${wanted.length})`);
  if (part === 'e2e') await buildApps(io);
  if (isInContainers(part)) {
    const trouble = await containersReady();
    if (trouble !== undefined) return { passed: 0, failed: 1, troubles: [trouble] };
  }
  const { base } = stackFolders(io.root);
  mkdirSync(base, { recursive: true });
  const folder = mkdtempSync(join(base, 'jest-'));
  try {
    const report = join(folder, 'report.json');
    const inContainers = part === 'stores in containers';
    // Jest's own patterns would find more than the part has.
    const files = inContainers ? wanted : patterns;
    await runTool(io, ['node_modules/jest/bin/jest.js', ...jestArguments(part, report), '--', ...files], {
      NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
      KEZEK_LONG: long ? '1' : '',
      KEZEK_TEST_STORES: inContainers ? 'containers' : '',
    });
    return totalsOf(existsSync(report) ? (JSON.parse(readFileSync(report, 'utf8')) as JestReport) : undefined, wanted);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function jestArguments(part: Part, report: string): string[] {
  const project = part === 'stores in containers' ? 'integration' : part;
  const common = ['--selectProjects', project, '--json', `--outputFile=${report}`, '--passWithNoTests=false'];
  // In a process of its own a suite that ends its process takes no other with it.
  if (project === 'integration') return [...common, '--workerIdleMemoryLimit=1GB', '--maxWorkers=2'];
  // Whole stacks side by side would starve each other on two cores.
  return project === 'unit' ? common : [...common, '--runInBand'];
}

/** Every suite of the checkout, whatever jest makes of it. */
function specFiles(root: string): string[] {
  return ['apps', 'libs', 'tools', 'e2e']
    .map((folder) => join(root, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)))
    .filter((file) => file.endsWith('.spec.ts') && !file.includes('/node_modules/'));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
