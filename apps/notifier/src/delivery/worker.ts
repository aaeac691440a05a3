import { InvariantBroken, type Logger } from '#runtime';

export type WorkerOptions = {
  readonly name: string;
  /** One round. @returns true when there may be more to do at once */
  readonly round: () => Promise<boolean>;
  readonly idleMs: number;
  readonly pauseMsMax: number;
  readonly log: Logger;
};

/** Repeats a round until stopped. A round that fails is logged and tried again after a growing pause; a bug stops the process. */
export class Worker {
  private readonly options: WorkerOptions;
  private running: Promise<void> | undefined;
  private stopping = false;
  private wake: (() => void) | undefined;
  private problem: string | undefined;

  constructor(options: WorkerOptions) {
    this.options = options;
  }

  start(): void {
    this.running = this.run();
  }

  /** What went wrong in the last round; undefined when nothing did. */
  get trouble(): string | undefined {
    return this.problem;
  }

  /** Lets the current round finish. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wake?.();
    await this.running;
  }

  private async run(): Promise<void> {
    const { name, round, idleMs, pauseMsMax, log } = this.options;
    let failures = 0;
    while (!this.stopping) {
      try {
        const more = await round();
        failures = 0;
        this.problem = undefined;
        if (!more) await this.pause(idleMs);
      } catch (error) {
        if (error instanceof InvariantBroken) throw error;
        failures += 1;
        this.problem = `${name}: ${(error as Error).message}`;
        log.error({ event: 'worker-failed', worker: name, failures, err: error });
        await this.pause(Math.min(pauseMsMax, idleMs * 2 ** Math.min(failures, 20)));
      }
    }
  }

  private pause(waitMs: number): Promise<void> {
    if (this.stopping) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.wake = undefined;
        resolve();
      };
      const timer = setTimeout(done, waitMs);
      this.wake = done;
    });
  }
}
