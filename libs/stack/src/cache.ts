import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isCode, ownRecord, stillRuns, type ProcessRecord } from './process-record.ts';

/** The folder of this user in which fetched things lie, for all checkouts: $XDG_CACHE_HOME/kezek or ~/.cache/kezek. */
export function cacheDirectory(env: NodeJS.ProcessEnv): string {
  return join(env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'kezek');
}

/**
 * Makes a folder once for all checkouts: `fill` works in a folder beside it, which takes its name in one step when it
 * is complete, so a half-filled one is never seen. Of two that want it at the same time one waits.
 */
export async function filledOnce(directory: string, fill: (part: string) => Promise<void>): Promise<void> {
  if (existsSync(directory)) return;
  mkdirSync(dirname(directory), { recursive: true });
  await withLock(`${directory}.lock`, async () => {
    if (existsSync(directory)) return;
    const part = `${directory}.part-${process.pid}`;
    rmSync(part, { recursive: true, force: true });
    mkdirSync(part);
    await fill(part);
    renameSync(part, directory);
  });
}

/** Runs work while no other process holds the lock file. A lock whose holder is gone is taken over. */
export async function withLock<T>(lockFile: string, work: () => Promise<T>): Promise<T> {
  while (!takeLock(lockFile)) await sleep(100);
  try {
    return await work();
  } finally {
    releaseLock(lockFile);
  }
}

/** Gives a lock back that this process took. */
export function releaseLock(lockFile: string): void {
  rmSync(lockFile, { force: true });
}

/** Takes a lock file for this process. @returns false where a living process holds it. */
export function takeLock(lockFile: string): boolean {
  // A link appears with its content or not at all, so a lock never lacks the name of its holder.
  mkdirSync(dirname(lockFile), { recursive: true });
  const own = `${lockFile}.${process.pid}`;
  writeFileSync(own, JSON.stringify(ownRecord()));
  try {
    if (!isHeld(lockFile)) rmSync(lockFile, { force: true });
    linkSync(own, lockFile);
    return true;
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
    return false;
  } finally {
    rmSync(own, { force: true });
  }
}

function isHeld(lockFile: string): boolean {
  const holder = holderOf(lockFile);
  return holder !== undefined && stillRuns(holder);
}

/** @returns who holds a lock file, alive or not; undefined where there is none. */
export function holderOf(lockFile: string): ProcessRecord | undefined {
  try {
    return JSON.parse(readFileSync(lockFile, 'utf8')) as ProcessRecord;
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}
