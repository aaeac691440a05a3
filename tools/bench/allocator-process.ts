import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { hugePages } from '#stack';

const root = join(import.meta.dirname, '../..');
const pollMs = 10;
const startMsMax = 120_000;

export type ProcessPlan = {
  readonly brokers: readonly string[];
  readonly postgresUrl: string;
  readonly snapshotFolder: string;
  /** Holds its address. */
  readonly folder: string;
  /** What is run; the shipped service unless told otherwise. */
  readonly script?: string | undefined;
};

/** How far a process has come, by its own figures; -1 where it does not know. */
export type Progress = { readonly decided: number; readonly stored: number; readonly published: number };

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The allocator as a process of its own, asked from outside. */
export class AllocatorProcess {
  readonly #child: ChildProcess;
  readonly #addressFile: string;
  readonly #ended: Promise<void>;
  #said = '';
  #hasEnded = false;

  constructor({ brokers, postgresUrl, snapshotFolder, folder, script }: ProcessPlan) {
    this.#addressFile = join(folder, 'address');
    rmSync(this.#addressFile, { force: true });
    const key = (): string => randomBytes(32).toString('base64');
    const env = {
      ...process.env,
      ...hugePages,
      STACK: 'test',
      KAFKA_BROKERS: brokers.join(','),
      POSTGRES_URL: postgresUrl,
      PERSONAL_DATA_KEYS: JSON.stringify({ current: 'bench', keys: { bench: key() }, index: key() }),
      ALLOCATOR_QUERY_TOKEN: randomBytes(18).toString('hex'),
      SNAPSHOT_DIRECTORY: snapshotFolder,
      ADDRESS_FILE: this.#addressFile,
      LOG_LEVEL: 'warn',
    };
    const options = (process.env['ALLOCATOR_NODE_OPTIONS'] ?? '').split(' ').filter((option) => option !== '');
    const args = ['--enable-source-maps', '--disable-warning=TimeoutNegativeWarning', ...options];
    const file = script === undefined ? join(root, 'dist/apps/allocator/src/main.js') : script;
    const sources = script === undefined ? [] : ['--conditions=source'];
    this.#child = spawn(process.execPath, [...sources, ...args, file], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const hear = (piece: Buffer): void => void (this.#said = `${this.#said}${piece.toString()}`.slice(-4_000));
    this.#child.stdout!.on('data', hear);
    this.#child.stderr!.on('data', hear);
    this.#ended = new Promise((resolve) => {
      this.#child.once('exit', () => {
        this.#hasEnded = true;
        resolve();
      });
    });
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /** Resolves once it is ready to be sent requests: caught up with all that is stored, and in its group. */
  async ready(): Promise<void> {
    await this.#until(async () => (await this.#get('/health/ready')).status === 200);
  }

  async progress(): Promise<Progress> {
    const response = await this.#get('/metrics');
    const text = await response.text();
    const figure = (name: string): number =>
      Number(new RegExp(`^kezek_allocator_${name} (\\S+)$`, 'm').exec(text)?.[1] ?? -1);
    return {
      decided: figure('decided_offset'),
      stored: figure('stored_offset'),
      published: figure('published_offset'),
    };
  }

  async listening(): Promise<void> {
    await this.#until(async () => existsSync(this.#addressFile));
  }

  /** SIGTERM, and waits for its end. */
  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    await this.#ended;
  }

  async #get(path: string): Promise<{ readonly status: number; text(): Promise<string> }> {
    return fetch(`${readFileSync(this.#addressFile, 'utf8')}${path}`);
  }

  async #until(condition: () => Promise<boolean>): Promise<void> {
    const giveUpAtMs = performance.now() + startMsMax;
    while (!(await condition().catch(() => false))) {
      if (this.#hasEnded) throw new Error(`the allocator ended: ${this.#said}`);
      if (performance.now() > giveUpAtMs) throw new Error(`not ready after ${startMsMax} ms: ${this.#said}`);
      await pause(pollMs);
    }
  }
}
