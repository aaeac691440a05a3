import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { recordAndBecome } from './process-record.ts';

/** A log longer than this is set aside as `NAME.previous` when its process starts again. */
const logBytesMax = 16 * 1024 * 1024;

export type Command = {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** As whom it runs, where not as ourselves. */
  readonly user?: { readonly uid: number; readonly gid: number };
};

export type Launched = {
  readonly pid: number;
  /** Settles when the process is gone, with what ended it in words. */
  readonly ended: Promise<string>;
  /** What ended it, once it is gone: from then on its number may be another's. */
  end(): string | undefined;
  /** From now on our event loop waits for it. */
  hold(): void;
};

/**
 * Starts a process in a session of its own (a Ctrl-C in the terminal reaches only the launcher, which stops things in
 * order), with its output appended to a log file and its record (process-record.ts) in another. It holds no pipe to
 * us, so it survives us; where it is meant to (`outlivesUs`) our event loop does not wait for it.
 */
export function launch(
  command: Command,
  files: { readonly log: string; readonly record: string },
  outlivesUs: boolean,
): Launched {
  mkdirSync(dirname(files.log), { recursive: true });
  mkdirSync(dirname(files.record), { recursive: true });
  if (existsSync(files.log) && statSync(files.log).size > logBytesMax) renameSync(files.log, `${files.log}.previous`);
  const log = openSync(files.log, 'a');
  const record = openSync(files.record, 'w', 0o600);
  try {
    const child = spawn('/bin/sh', ['-c', recordAndBecome, 'kezek', command.file, ...command.args], {
      cwd: command.cwd,
      env: command.env,
      detached: true,
      stdio: ['ignore', log, log, record],
      ...command.user,
    });
    let end: string | undefined;
    const ended = endOf(child).then((words) => {
      rmSync(files.record, { force: true });
      end = words;
      return words;
    });
    if (outlivesUs) child.unref();
    if (child.pid === undefined) throw new Error(`${command.file} could not be started`);
    return { pid: child.pid, ended, end: () => end, hold: () => child.ref() };
  } finally {
    closeSync(log);
    closeSync(record);
  }
}

/** @returns the last lines of a log, for a person who must see why something did not start. */
export function tailOf(logFile: string, linesMax = 30): string {
  if (!existsSync(logFile)) return '(no log was written)';
  const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n');
  return lines.slice(-linesMax).join('\n');
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal === null ? `exit status ${code}` : signal));
  });
}
