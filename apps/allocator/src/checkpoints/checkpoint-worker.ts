import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Failure, type FailureCode, type Logger } from '#runtime';
import type { RelayPlan } from '../relay/relay-worker.ts';

export type CheckpointPlan = RelayPlan & {
  /** The private key, as text. */
  readonly key: string;
  /** Decisions from one checkpoint to the next. */
  readonly everyDecisions: number;
};

export type FromCheckpoints =
  { readonly published: bigint } | { readonly fatal: string; readonly code: FailureCode | null };

/** The thread of checkpoints, seen from the thread that decides. It has no say in readiness: deciding goes on without. */
export class CheckpointWorker {
  readonly #worker: Worker;
  readonly #ended: Promise<void>;
  #published: bigint | undefined;

  constructor(plan: CheckpointPlan, { fatal, log }: { fatal: (error: Error) => void; log: Logger }) {
    const file = new URL(`./checkpoint-thread${extname(import.meta.url)}`, import.meta.url);
    this.#worker = new Worker(file, { workerData: plan, name: 'checkpoints' });
    this.#worker.on('message', (message: FromCheckpoints) => {
      if ('published' in message) this.#published = message.published;
      else fatal(message.code === null ? new Error(message.fatal) : new Failure(message.code, message.fatal));
    });
    this.#worker.on('error', fatal);
    this.#ended = new Promise((resolve) => {
      this.#worker.once('exit', (status) => {
        if (status !== 0) log.error({ event: 'checkpoints-ended', status });
        resolve();
      });
    });
  }

  /** Number of the last checkpoint that this process has published. */
  get published(): bigint | undefined {
    return this.#published;
  }

  /** Resolves when the thread has ended. */
  async stop(): Promise<void> {
    this.#worker.postMessage('stop');
    await this.#ended;
  }
}
