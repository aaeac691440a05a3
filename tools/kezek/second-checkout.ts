import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { rememberCheckout } from '#testing';

const root = join(import.meta.dirname, '../..');
const notCopied = ['node_modules', 'dist', '.git', '.kezek', 'coverage', 'reports', '.stryker-tmp'];

export type Launched = { readonly process: ChildProcess; said(): string; readonly ended: Promise<number | null> };

/**
 * The same sources in another folder, with the same installed packages: a stack of suites does not meet the
 * developer's own, and dies with its folder.
 */
export class SecondCheckout {
  readonly folder: string;

  /** @param parent a folder below which it lies */
  constructor(parent = tmpdir()) {
    this.folder = realpathSync(mkdtempSync(join(parent, 'kezek-checkout-')));
    rememberCheckout(this.folder);
    for (const name of readdirSync(root).filter((each) => !notCopied.includes(each))) {
      cpSync(join(root, name), join(this.folder, name), { recursive: true, preserveTimestamps: true });
    }
    symlinkSync(join(root, 'node_modules'), join(this.folder, 'node_modules'));
    // Never may it install anything: it would do so in the packages of the checkout under test.
    const lock = readFileSync(join(this.folder, 'package-lock.json'));
    mkdirSync(join(this.folder, '.kezek'));
    writeFileSync(join(this.folder, '.kezek/installed'), execFileSync('cksum', { input: lock }));
  }

  /** Path of its launcher. */
  get kezek(): string {
    return join(this.folder, 'kezek');
  }

  /** Starts ./kezek there. */
  launch(...args: string[]): Launched {
    const child = spawn(this.kezek, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const pieces: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => pieces.push(String(piece)));
    const ended = once(child, 'close').then(([status]) => status as number | null);
    return { process: child, said: () => pieces.join(''), ended };
  }

  /** Runs ./kezek there to its end. */
  async run(...args: string[]): Promise<{ readonly status: number | null; readonly said: string }> {
    const { ended, said } = this.launch(...args);
    const status = await ended;
    return { status, said: said() };
  }

  /** Process id of a service, by the record it wrote of itself; undefined while it is between two. */
  pidOf(service: string): number | undefined {
    const record = join(this.folder, '.kezek/records', `${service}.pid`);
    const [pid = ''] = existsSync(record) ? readFileSync(record, 'utf8').split('\n') : [];
    return pid === '' ? undefined : Number(pid);
  }

  /** Command lines of its processes that run: its folder is in them, or their number in its records. */
  processes(): string[] {
    const records = join(this.folder, '.kezek/records');
    const recorded = existsSync(records)
      ? readdirSync(records).map((file) => String(this.pidOf(basename(file, '.pid'))))
      : [];
    return readdirSync('/proc')
      .filter((pid) => /^\d+$/.test(pid))
      .map((pid) => ({ pid, command: commandOf(pid) }))
      .filter(({ command }) => command !== '')
      .filter(({ pid, command }) => command.includes(basename(this.folder)) || recorded.includes(pid))
      .map(({ command }) => command);
  }

  /** Stops what runs there and removes it. */
  async remove(): Promise<void> {
    await this.run('down', '--erase');
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Waits until a launched command has said something. @throws Error with all it said where it ends before */
export async function untilSaid(launched: Launched, words: string): Promise<void> {
  let ended = false;
  void launched.ended.then(() => (ended = true));
  while (!launched.said().includes(words)) {
    if (ended) throw new Error(`it ended before it said "${words}":\n${launched.said()}`);
    await sleep(20);
  }
}

/** The command line of a process; empty where it is gone by now. */
function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return '';
    throw error;
  }
}
