import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hugePages } from '#stack';
import { checkpointKeyText } from '../simulate/checkpoint-key.ts';

/** As shipped. */
export const checkpointEveryDecisions = 1_000;

const root = join(import.meta.dirname, '../..');
const bugStatus = 70;
/** Another took over, or a store was away for too long: the supervisor starts it again. */
const foreseenStatus = 71;
const restartMs = 300;
const askMsMax = 2_000;

export type AllocatorPoolPlan = {
  readonly brokers: readonly string[];
  readonly postgresUrl: string;
  /** Holds the processes' addresses. */
  readonly folder: string;
  /** Where a file for each process keeps what it said. */
  readonly logFolder: string | undefined;
};

type Running = { readonly child: ChildProcess; readonly addressFile: string; readonly ended: Promise<void> };

/**
 * The shipped allocator twice, as processes: in place 0 the one that leads, in place 1 its follower. What dies at its own
 * hand is started again, as a supervisor would; how it died may be a finding.
 */
export class AllocatorPool {
  readonly #plan: AllocatorPoolPlan;
  readonly #env: NodeJS.ProcessEnv;
  readonly #running = new Map<number, Running>();
  readonly findings: string[] = [];
  /** Lives by how they ended. */
  readonly ends: Record<string, number> = {};
  #made = 0;
  #closing = false;

  constructor(plan: AllocatorPoolPlan) {
    this.#plan = plan;
    const key = (): string => randomBytes(32).toString('base64');
    this.#env = {
      ...process.env,
      STACK: 'test',
      KAFKA_BROKERS: plan.brokers.join(','),
      POSTGRES_URL: plan.postgresUrl,
      PERSONAL_DATA_KEYS: JSON.stringify({ current: 'chaos', keys: { chaos: key() }, index: key() }),
      ALLOCATOR_QUERY_TOKEN: randomBytes(18).toString('hex'),
      CHECKPOINT_KEY: checkpointKeyText,
      CHECKPOINT_EVERY_DECISIONS: String(checkpointEveryDecisions),
      ...hugePages,
      LOG_LEVEL: plan.logFolder === undefined ? 'warn' : 'debug',
    };
  }

  start(place: number): void {
    if (this.#running.has(place)) return;
    this.#made += 1;
    const name = `${place === 0 ? 'leader' : 'follower'}-${this.#made}`;
    const addressFile = join(this.#plan.folder, `${name}.address`);
    const role = place === 0 ? 'leader' : 'follower';
    const child = spawn(
      process.execPath,
      ['--enable-source-maps', '--disable-warning=TimeoutNegativeWarning', 'dist/apps/allocator/src/main.js'],
      {
        cwd: root,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...this.#env, ALLOCATOR_ROLE: role, ADDRESS_FILE: addressFile },
      },
    );
    let said = '';
    const hear = (piece: Buffer): void => {
      said = `${said}${piece.toString()}`.slice(-3_000);
      if (this.#plan.logFolder !== undefined) appendFileSync(join(this.#plan.logFolder, `${name}.log`), piece);
    };
    child.stderr.on('data', hear);
    child.stdout.on('data', hear);
    const ended = new Promise<void>((resolve) => {
      // Not `exit`: its last words may still be on their way.
      child.once('close', (status, signal) => {
        this.#running.delete(place);
        this.#note({ name, status, signal, said, listened: existsSync(addressFile) });
        if (signal !== 'SIGKILL' && status !== 0 && !this.#closing) setTimeout(() => this.#revive(place), restartMs);
        resolve();
      });
    });
    this.#running.set(place, { child, addressFile, ended });
  }

  /** `kill -9`; the place stays empty. */
  async kill(place: number): Promise<void> {
    const running = this.#running.get(place);
    running?.child.kill('SIGKILL');
    await running?.ended;
  }

  signal(place: number, signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#running.get(place)?.child.kill(signal);
  }

  /** Where the process is that says it leads; undefined while none says so. */
  async leader(): Promise<number | undefined> {
    for (const [place, { addressFile }] of this.#running) {
      const figures = await ask(addressFile, '/metrics');
      if (figures?.includes('\nkezek_allocator_leading 1\n')) return place;
    }
    return undefined;
  }

  /** Whether the process in a place says it is ready: caught up, and in its group. */
  async isReady(place: number): Promise<boolean> {
    const running = this.#running.get(place);
    return running !== undefined && (await ask(running.addressFile, '/health/ready')) !== undefined;
  }

  async close(): Promise<void> {
    this.#closing = true;
    for (const place of this.#running.keys()) this.signal(place, 'SIGCONT');
    await Promise.all([...this.#running.keys()].map((place) => this.kill(place)));
  }

  #revive(place: number): void {
    if (!this.#closing) this.start(place);
  }

  #note({ name, status, signal, said, listened }: End): void {
    const how = signal ?? `status ${status}${listened ? '' : ' at its start'}`;
    this.ends[how] = (this.ends[how] ?? 0) + 1;
    if (signal === 'SIGKILL' || status === 0) return;
    // A start without its stores ends as it may; whoever has started ends in ways that are foreseen.
    const isForeseen = status === foreseenStatus || (!listened && status !== bugStatus);
    if (!isForeseen || said.includes('history-differs'))
      this.findings.push(`${name} ended with ${how}: ${said.trim()}`);
  }
}

type End = {
  readonly name: string;
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly said: string;
  /** It had come as far as to open its door. */
  readonly listened: boolean;
};

/** What a process says; undefined where it does not answer, or answers that something is wrong. */
async function ask(addressFile: string, path: string): Promise<string | undefined> {
  try {
    const signal = AbortSignal.timeout(askMsMax);
    const response = await fetch(`${readFileSync(addressFile, 'utf8')}${path}`, { signal });
    const text = await response.text();
    return response.ok ? text : undefined;
  } catch {
    return undefined;
  }
}
