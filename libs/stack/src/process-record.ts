import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Which process a record means: its id, and when the system says it started. A process id alone is reused; the pair,
 * with the boot in it, is not.
 */
export type ProcessRecord = { readonly pid: number; readonly start: string };

/**
 * Shell text that writes a record of its own process to file descriptor 3 and then becomes the command given to it.
 * The child writes before it runs, so no kill of the launcher falls between a start and its record.
 */
export const recordAndBecome =
  '{ echo $$; if [ -r /proc/$$/stat ]; then cat /proc/sys/kernel/random/boot_id /proc/$$/stat; ' +
  'else ps -o lstart= -p $$; fi; } >&3; exec 3>&-; exec "$@"';

/** @returns the record in that text, or undefined where the text is cut short: its process never ran the command. */
export function parseProcessRecord(text: string): ProcessRecord | undefined {
  const [pidLine = '', second = '', third = ''] = text.split('\n').map((line) => line.trim());
  if (!/^\d+$/.test(pidLine) || second === '') return undefined;
  const pid = Number(pidLine);
  if (!/^[0-9a-f-]{36}$/.test(second)) return { pid, start: second };
  const ticks = startTicks(third);
  return ticks === undefined ? undefined : { pid, start: `${second}:${ticks}` };
}

/** @returns the record of a process that runs now, or undefined where none does (a zombie runs no more). */
export function recordOfRunning(pid: number): ProcessRecord | undefined {
  if (process.platform !== 'linux') return recordByPs(pid);
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const ticks = startTicks(stat);
    if (ticks === undefined || /\) [ZX] /.test(stat)) return undefined;
    return { pid, start: `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${ticks}` };
  } catch (error) {
    if (isCode(error, 'ENOENT') || isCode(error, 'ESRCH')) return undefined;
    throw error;
  }
}

/** The record of this process. */
export function ownRecord(): ProcessRecord {
  const record = recordOfRunning(process.pid);
  if (record === undefined) throw new Error('the record of our own process cannot be read');
  return record;
}

/** Whether the very process of the record still runs, and not another that was given its number. */
export function stillRuns(record: ProcessRecord): boolean {
  return recordOfRunning(record.pid)?.start === record.start;
}

/**
 * Ends the very process of a record: each signal in turn, and a wait after each, until it is gone.
 * @returns false where it outlived all of them.
 */
export async function endProcess(
  record: ProcessRecord,
  steps: readonly { readonly signal: NodeJS.Signals; readonly waitMsMax: number }[],
): Promise<boolean> {
  for (const { signal, waitMsMax } of steps) {
    if (!stillRuns(record)) return true;
    sendSignal(record.pid, signal);
    const giveUpAtMs = performance.now() + waitMsMax;
    while (performance.now() < giveUpAtMs && stillRuns(record)) await sleep(20);
  }
  return !stillRuns(record);
}

/** Sends a signal; a process that is already gone is no error. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!isCode(error, 'ESRCH')) throw error;
  }
}

/** Whether a caught value is a system error of that code. Not by instanceof: under jest, Node's errors are of another realm. */
export function isCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}

/** Field 22 of /proc/PID/stat. The command in field 2 may hold spaces and brackets, so the count starts after it. */
function startTicks(stat: string): string | undefined {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}

function recordByPs(pid: number): ProcessRecord | undefined {
  try {
    const [state = '', ...start] = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' })
      .trim()
      .split(/\s+/);
    return state === '' || state.startsWith('Z') ? undefined : { pid, start: start.join(' ') };
  } catch (error) {
    // ps ends with status 1 where no such process is.
    if (typeof error === 'object' && error !== null && 'status' in error && error.status === 1) return undefined;
    throw error;
  }
}
