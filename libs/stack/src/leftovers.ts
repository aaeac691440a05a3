import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { holderOf } from './cache.ts';
import { removeStackData } from './stack-data.ts';
import type { StackFolders } from './stack-folders.ts';
import { endProcess, parseProcessRecord, stillRuns } from './process-record.ts';

/** SIGINT ends Kafka and an app in order and Postgres at once; what ignores it is ended by force. */
const steps = [
  { signal: 'SIGINT', waitMsMax: 8_000 },
  { signal: 'SIGKILL', waitMsMax: 5_000 },
] as const;

/**
 * Ends every process whose record lies in a folder (`NAME.pid`) and that still runs: what a launcher left behind that
 * was killed. A process that merely took an old number is not touched.
 * @returns the names of those it ended. @throws Error naming one that could not be ended.
 */
export async function endLeftovers(recordsDirectory: string): Promise<readonly string[]> {
  if (!existsSync(recordsDirectory)) return [];
  const files = readdirSync(recordsDirectory).filter((file) => file.endsWith('.pid'));
  const ended = await Promise.all(files.map((file) => endLeftover(join(recordsDirectory, file))));
  return ended.filter((name) => name !== undefined);
}

/** Ends the launcher of a checkout without asking it, what it started, and removes its data: for a suite that died. */
export async function endStackByForce(folders: StackFolders): Promise<void> {
  const launcher = holderOf(folders.lockFile);
  if (launcher !== undefined) await endProcess(launcher, [{ signal: 'SIGKILL', waitMsMax: 5_000 }]);
  await endLeftovers(folders.records);
  ['work', 'demo'].forEach((name) => removeStackData(folders, name));
}

async function endLeftover(recordFile: string): Promise<string | undefined> {
  const name = basename(recordFile, '.pid');
  // Another that clears up at the same time may have been faster.
  const text = existsSync(recordFile) ? readFileSync(recordFile, 'utf8') : '';
  const record = parseProcessRecord(text);
  const ran = record !== undefined && stillRuns(record);
  if (ran && !(await endProcess(record, steps))) throw new Error(`${name} (process ${record.pid}) cannot be ended`);
  rmSync(recordFile, { force: true });
  return ran ? name : undefined;
}
