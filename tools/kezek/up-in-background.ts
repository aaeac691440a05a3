import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readStackState, stackFolders } from '#stack';
import { nodeOptions } from './build.ts';
import type { Io } from './command.ts';
import { followFile } from './follow-file.ts';

/** What `up` says last in the foreground; in the background there is no Ctrl-C. */
export const ctrlCStopsIt = 'Ctrl-C stops it.';

/**
 * Runs `up` in a process of its own, which outlives us, and shows what it says until the stack runs.
 * @returns the exit status: 0 once it runs
 */
export async function upInBackground(args: readonly string[], io: Io): Promise<number> {
  const folders = stackFolders(io.root);
  mkdirSync(folders.logs, { recursive: true });
  const logFile = folders.logOf('launcher');
  const log = openSync(logFile, 'w');
  const child = spawn(process.execPath, [...nodeOptions, join(io.root, 'tools/kezek/main.ts'), 'up', ...args], {
    cwd: io.root,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  let ended: number | undefined;
  child.once('exit', (status) => (ended = status ?? 1));
  const shown = followFile(logFile, 0, (line) => line !== ctrlCStopsIt && io.out(line));
  const runs = () => {
    const state = readStackState(folders.stateFile);
    return state?.launcher.pid === child.pid && state?.phase === 'running';
  };
  while (ended === undefined && !runs()) await sleep(100);
  await shown.stop();
  if (ended !== undefined) return ended === 0 ? 1 : ended;
  child.unref();
  return 0;
}
