import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Figure } from './figure.ts';
import { logName, snapshotName } from './replay-log.ts';
import { residentMegabytes } from './resident.ts';

const defaultLines = 1_000_000;
const slowBytesPerSecond = 40_000_000;
const lookEveryMs = 20;
const root = join(import.meta.dirname, '../..');
const nodeArgs = ['--conditions=source', '--disable-warning=ExperimentalWarning'];

/**
 * `./kezek replay` on a generated log: its speed beside parsing and printing the same lines alone, and its memory beside
 * that of the live state at the end, into a reader that takes everything at once and into one that takes 40 MB/s.
 * @param args `--lines 1000000`
 */
export async function benchReplay(
  args: readonly string[],
  progress: (text: string) => void,
): Promise<readonly Figure[]> {
  const lines = Number(args[args.indexOf('--lines') + 1 || args.length] ?? defaultLines);
  const folder = mkdtempSync(join(tmpdir(), 'kezek-bench-'));
  try {
    progress(`writing a log of ${lines} lines`);
    const writer = join(import.meta.dirname, 'replay-log.ts');
    const written = spawnSync(process.execPath, [...nodeArgs, writer, String(lines), folder], { encoding: 'utf8' });
    if (written.status !== 0) throw new Error(written.stderr);
    const liveMegabytes = residentMegabytes(join(folder, snapshotName));
    const log = join(folder, logName);
    progress('parsing and printing it alone');
    const alone = await run(process.execPath, [...nodeArgs, join(import.meta.dirname, 'parse-print.ts')], log, null);
    progress('replaying it');
    const fast = await run(join(root, 'kezek'), ['replay'], log, null);
    progress('replaying it into a slow pipe');
    const slow = await run(join(root, 'kezek'), ['replay'], log, slowBytesPerSecond);
    return figures(lines, liveMegabytes, alone, fast, slow);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

type Run = {
  readonly seconds: number;
  /** Of processor time: what a run takes, also when others want the processor. */
  readonly processorSeconds: number;
  readonly outputBytes: number;
  readonly peakMegabytes: number;
};

/** Runs a command from a file into a pipe that is read at most so fast. */
async function run(
  command: string,
  args: readonly string[],
  input: string,
  bytesPerSecond: number | null,
): Promise<Run> {
  const stdin = openSync(input, 'r');
  const since = performance.now();
  const child = spawn(command, args, { cwd: root, stdio: [stdin, 'pipe', 'inherit'] });
  closeSync(stdin);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  let peakMegabytes = 0;
  let processorSeconds = 0;
  const watch = setInterval(() => {
    peakMegabytes = Math.max(peakMegabytes, peakOf(child.pid!));
    processorSeconds = Math.max(processorSeconds, processorSecondsOf(child.pid!));
  }, lookEveryMs);
  let outputBytes = 0;
  for await (const data of child.stdout!) {
    outputBytes += (data as Buffer).length;
    if (bytesPerSecond === null) continue;
    const early = (outputBytes / bytesPerSecond) * 1000 - (performance.now() - since);
    if (early > 1) await sleep(early);
  }
  const status = await ended;
  clearInterval(watch);
  if (status !== 0) throw new Error(`${command} ended with ${status}`);
  return { seconds: (performance.now() - since) / 1000, processorSeconds, outputBytes, peakMegabytes };
}

/** The most memory a process was resident with so far, as Linux tells it; 0 when it has gone. */
const peakOf = (pid: number): number => Number(/^VmHWM:\s*(\d+) kB$/m.exec(told(pid, 'status'))?.[1] ?? 0) / 1024;

/** Linux counts in hundredths of a second; the two numbers stand behind the name and eleven others. */
function processorSecondsOf(pid: number): number {
  const fields = /\) (.*)/.exec(told(pid, 'stat'))?.[1]?.split(' ') ?? [];
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / 100;
}

function told(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

function figures(lines: number, liveMegabytes: number, alone: Run, fast: Run, slow: Run): Figure[] {
  const beyond = (name: string, { peakMegabytes }: Run): Figure => ({
    name: `memory beyond the live state, ${name}`,
    value: peakMegabytes - liveMegabytes,
    unit: 'MB',
    baseline: null,
    goal: { of: 'value', atMost: 150 },
  });
  const plain = (name: string, value: number, unit: string, baseline: number | null = null): Figure => ({
    name,
    value,
    unit,
    baseline,
    goal: null,
  });
  return [
    plain(
      'lines replayed a second of processor, beside parsing and printing them alone',
      lines / fast.processorSeconds,
      '/s',
      lines / alone.processorSeconds,
    ),
    plain('lines replayed a second on the wall', lines / fast.seconds, '/s', lines / alone.seconds),
    plain('decisions written', fast.outputBytes / 1e6, 'MB'),
    plain('decisions written a second of processor', fast.outputBytes / 1e6 / fast.processorSeconds, 'MB/s'),
    plain('lines replayed into a pipe of 40 MB/s', lines / slow.seconds, '/s', lines / fast.seconds),
    plain('live state at the end', liveMegabytes, 'MB'),
    plain('peak memory, fast reader', fast.peakMegabytes, 'MB', liveMegabytes),
    plain('peak memory, slow reader', slow.peakMegabytes, 'MB', liveMegabytes),
    beyond('fast reader', fast),
    beyond('slow reader', slow),
    plain('peak memory of parsing and printing alone', alone.peakMegabytes, 'MB'),
  ];
}
