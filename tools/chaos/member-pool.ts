import { spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServicePlan } from './service.ts';

const root = join(import.meta.dirname, '../..');
const killedByUs = new Set(['SIGKILL']);
const bugStatus = 70;

type Running = { readonly child: ChildProcess; readonly ended: Promise<void>; readonly started: Promise<void> };

/** The processes of one service, by place. A place that is empty for other reasons than ours is a finding. */
export class MemberPool {
  readonly #planOf: (member: string) => ServicePlan;
  readonly #app: string;
  readonly #logFolder: string | undefined;
  readonly #running = new Map<number, Running>();
  readonly findings: string[] = [];
  #made = 0;
  #closing = false;

  /** @param logFolder where a file for each process keeps what it said */
  constructor(app: string, planOf: (member: string) => ServicePlan, logFolder: string | undefined) {
    this.#app = app;
    this.#logFolder = logFolder;
    this.#planOf = planOf;
  }

  /** Starts a process in a place; one that dies at its own hand is started again, as a supervisor would. */
  start(place: number): Promise<void> {
    this.#made += 1;
    const member = `${this.#app}-${place}-${this.#made}`;
    const child = spawn(
      join(root, 'tools/node'),
      [join(root, 'tools/chaos/service-process.ts'), JSON.stringify(this.#planOf(member))],
      {
        cwd: root,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: this.#logFolder === undefined ? process.env : { ...process.env, TEST_LOG_LEVEL: 'debug' },
      },
    );
    let said = '';
    const hear = (piece: Buffer): void => {
      said = `${said}${piece.toString()}`.slice(-2_000);
      if (this.#logFolder !== undefined) appendFileSync(join(this.#logFolder, `${member}.log`), piece);
    };
    child.stderr.on('data', hear);
    child.stdout.on('data', hear);
    const ended = new Promise<void>((resolve) => {
      child.once('exit', (code, signal) => {
        if (this.#running.get(place)?.child === child) this.#running.delete(place);
        if (code !== 0 && !killedByUs.has(signal ?? '')) {
          const how = code === bugStatus ? 'stopped for a bug' : `ended with ${signal ?? code}`;
          this.findings.push(`${member} ${how}: ${said.trim()}`);
          if (!this.#closing) void this.start(place);
        }
        resolve();
      });
    });
    const started = Promise.race([new Promise<void>((resolve) => child.stdout.once('data', () => resolve())), ended]);
    this.#running.set(place, { child, ended, started });
    return started;
  }

  /** `kill -9`; the place stays empty. */
  async kill(place: number): Promise<void> {
    const running = this.#running.get(place);
    running?.child.kill('SIGKILL');
    await running?.ended;
  }

  /** SIGTERM, and waits for its end. */
  async stop(place: number): Promise<void> {
    const running = this.#running.get(place);
    running?.child.kill('SIGTERM');
    await running?.ended;
  }

  signal(place: number, signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#running.get(place)?.child.kill(signal);
  }

  async close(): Promise<void> {
    this.#closing = true;
    for (const { child } of this.#running.values()) child.kill('SIGCONT');
    await Promise.all([...this.#running.keys()].map((place) => this.kill(place)));
  }
}
