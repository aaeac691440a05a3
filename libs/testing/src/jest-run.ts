import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endLeftovers, endStackByForce, ownRecord, stackFolders, stillRuns, type ProcessRecord } from '#stack';

const prefix = 'kezek-jest-';
const variable = 'KEZEK_JEST_RUN';

/**
 * Opens the folder of this jest run, in which its suites share one broker and one database server, and removes what
 * runs left behind that were killed.
 */
export async function openJestRun(): Promise<void> {
  // Each project that takes part opens the run; the first does it.
  if (process.env[variable] !== undefined) return;
  await Promise.all(runsOfTheDead().map(removeRun));
  // Not in the checkout: Postgres runs as another user where we are root, and must be able to come here.
  const directory = mkdtempSync(join(tmpdir(), prefix));
  chmodSync(directory, 0o711);
  writeFileSync(join(directory, 'jest.json'), JSON.stringify(ownRecord()));
  process.env[variable] = directory;
}

/** Ends what the suites of this run started, and removes its folder. */
export async function closeJestRun(): Promise<void> {
  const directory = process.env[variable];
  delete process.env[variable];
  if (directory !== undefined) await removeRun(directory);
}

/** @throws Error outside of a jest project that opens a run (jest.config.mjs, globalSetup). */
export function jestRunDirectory(): string {
  const directory = process.env[variable];
  if (directory === undefined)
    throw new Error(`${variable} is not set: only integration and e2e suites start services`);
  return directory;
}

/** Remembers a checkout that a suite made, so that its stack ends with the run even where the suite is killed. */
export function rememberCheckout(folder: string): void {
  appendFileSync(join(jestRunDirectory(), 'checkouts'), `${folder}\n`);
}

async function removeRun(directory: string): Promise<void> {
  await endLeftovers(join(directory, 'records'));
  for (const folder of checkoutsOf(directory)) {
    await endStackByForce(stackFolders(folder));
    rmSync(folder, { recursive: true, force: true });
  }
  rmSync(directory, { recursive: true, force: true });
}

function checkoutsOf(directory: string): string[] {
  const file = join(directory, 'checkouts');
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((folder) => folder !== '' && existsSync(folder));
}

function runsOfTheDead(): string[] {
  return readdirSync(tmpdir())
    .filter((name) => name.startsWith(prefix))
    .map((name) => join(tmpdir(), name))
    .filter((directory) => statSync(directory, { throwIfNoEntry: false })?.uid === process.getuid?.())
    .filter((directory) => {
      const file = join(directory, 'jest.json');
      return existsSync(file) && !stillRuns(JSON.parse(readFileSync(file, 'utf8')) as ProcessRecord);
    });
}
