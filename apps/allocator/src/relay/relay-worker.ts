import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Failure, type FailureCode, type HealthCheck, type Logger } from '#runtime';
import { relayFailingMsMax } from '../limits.ts';
import type { StoredCommit } from './committed-rows.ts';
import type { RelayOutcome } from './decision-relay.ts';
import type { RowPlace } from './decision-rows.ts';

export type RelayPlan = {
  readonly postgresUrl: string;
  readonly brokers: readonly string[];
  readonly logLevel: string;
  readonly epoch: bigint;
};

/** Rows travel in the form of COPY. */
export type ToRelay = 'stop' | { readonly after: RowPlace | undefined; readonly rows: ArrayBuffer };
export type FromRelay = RelayOutcome | { readonly fatal: string; readonly code: FailureCode | null };

/** The relay's thread, seen from the thread that decides. */
export class RelayWorker {
  readonly #worker: Worker;
  readonly #ended: Promise<void>;
  #published: RowPlace | undefined;
  #failing: { readonly sinceMs: number; readonly problem: string } | undefined;

  constructor(plan: RelayPlan, { fatal, log }: { fatal: (error: Error) => void; log: Logger }) {
    // Sources carry .ts, what is built carries .js; Node is asked for the one this file is.
    const file = new URL(`./relay-thread${extname(import.meta.url)}`, import.meta.url);
    this.#worker = new Worker(file, { workerData: plan, name: 'relay' });
    this.#worker.on('message', (message: FromRelay) => {
      if ('published' in message) {
        this.#published = message.published;
        this.#failing = undefined;
      } else if ('well' in message) {
        this.#failing = undefined;
      } else if ('problem' in message) {
        this.#failing = { sinceMs: this.#failing?.sinceMs ?? performance.now(), problem: message.problem };
      } else fatal(message.code === null ? new Error(message.fatal) : new Failure(message.code, message.fatal));
    });
    this.#worker.on('error', fatal);
    this.#ended = new Promise((resolve) => {
      this.#worker.once('exit', (status) => {
        if (status !== 0) log.error({ event: 'relay-ended', status });
        resolve();
      });
    });
  }

  readonly ready: HealthCheck = {
    name: 'relay',
    problem: () => {
      if (!this.#failing) return undefined;
      const failingMs = Math.round(performance.now() - this.#failing.sinceMs);
      return failingMs > relayFailingMsMax
        ? `nothing published for ${failingMs} ms: ${this.#failing.problem}`
        : undefined;
    },
  };

  /** The last row this relay has published. */
  get published(): RowPlace | undefined {
    return this.#published;
  }

  /** These rows have just been stored; their bytes are given away. */
  committed({ after, copied }: StoredCommit): void {
    const { buffer } = copied();
    this.#worker.postMessage({ after, rows: buffer } satisfies ToRelay, [buffer]);
  }

  /** Resolves after the send at hand, when the thread has ended. */
  async stop(): Promise<void> {
    this.#worker.postMessage('stop' satisfies ToRelay);
    await this.#ended;
  }
}
