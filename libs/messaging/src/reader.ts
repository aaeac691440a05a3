import { ReaderSession, type ReaderPlan } from './reader-session.ts';

// A broker that has just started says for a moment that its coordinator is loading.
const restartFirstMs = 50;
const restartMaxMs = 5_000;
// A session that lasted this long was well: the next failure starts again with the shortest wait.
const wellAfterMs = 30_000;

/** Keeps one consumer group member alive: each life is a session, and after its end comes another. */
export class Reader {
  readonly #plan: ReaderPlan;
  #session: ReaderSession | undefined;
  #running: Promise<void> | undefined;
  #stopping = false;
  #wake: () => void = () => undefined;

  constructor(plan: ReaderPlan) {
    this.#plan = plan;
  }

  get group(): string {
    return this.#plan.group;
  }

  get state(): ReaderPlan['state'] {
    return this.#plan.state;
  }

  start(): void {
    this.#running ??= this.#live();
  }

  /** Looks again where to begin in a partition, if it is ours. */
  beginAgain(partition: { readonly topic: string; readonly partition: number }): void {
    this.#session?.beginAgain(partition);
  }

  /** Finishes the current records, within the drain time, and leaves the group. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#session?.end('stopped');
    this.#wake();
    await this.#running;
  }

  async #live(): Promise<void> {
    const { log, group } = this.#plan;
    let restarts = 0;
    while (!this.#stopping) {
      const startedMs = Date.now();
      const reason = await this.#oneLife();
      this.#plan.state.left();
      if (this.#stopping) break;
      restarts = Date.now() - startedMs > wellAfterMs ? 1 : restarts + 1;
      const waitMs = Math.min(restartMaxMs, restartFirstMs * 2 ** Math.min(restarts - 1, 10));
      log.warn({ event: 'reader-restarts', group, reason, waitMs });
      await this.#sleep(waitMs);
    }
  }

  async #oneLife(): Promise<string> {
    this.#session = new ReaderSession(this.#plan);
    try {
      return await this.#session.run();
    } catch (error) {
      return (error as Error).message;
    }
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
