import { Failure, type Logger } from '#runtime';
import { pause, type Clock } from './clock.ts';
import { commitRetryMs } from './limits.ts';
import type { DecisionStore, Step } from './store/decision-store.ts';

export type GroupCommitParts = {
  readonly store: DecisionStore;
  readonly clock: Clock;
  readonly log: Logger;
  readonly epoch: bigint;
  /** All that is decided and not stored; undefined when there is nothing. */
  next(): Step | undefined;
  stored(step: Step): void;
  fatal(error: Error): void;
};

/**
 * Stores what has accumulated whenever the commit before has returned: one transaction at a time, as large as the store
 * is slow. Ends for good when another owns the store.
 */
export class GroupCommit {
  readonly #parts: GroupCommitParts;
  #running: Promise<void> = Promise.resolve();
  #busy = false;
  #stopped = false;

  constructor(parts: GroupCommitParts) {
    this.#parts = parts;
  }

  /** Begins a commit unless one is on its way; that one is followed by another when there is something left. */
  kick(): void {
    if (this.#busy || this.#stopped) return;
    this.#busy = true;
    this.#running = this.#run();
  }

  async drained(): Promise<void> {
    this.kick();
    await this.#running;
  }

  stop(): void {
    this.#stopped = true;
  }

  async #run(): Promise<void> {
    const { next, stored, fatal } = this.#parts;
    try {
      for (let step = next(); step && !this.#stopped; step = next()) {
        await this.#keep(step);
        stored(step);
      }
    } catch (error) {
      this.#stopped = true;
      fatal(error as Error);
    } finally {
      // In the same turn in which nothing was found left: a kick that comes later begins anew.
      this.#busy = false;
    }
  }

  async #keep(step: Step): Promise<void> {
    const { store, epoch, log, clock } = this.#parts;
    for (;;) {
      try {
        return await store.commit(epoch, step);
      } catch (error) {
        log.warn({ event: 'commit-unclear', from: String(step.from), to: String(step.to.nextOffset), err: error });
      }
      if (await this.#isStored(step)) return;
      await pause(clock, commitRetryMs);
    }
  }

  /**
   * After an error nobody knows whether the transaction took place: its answer may be what was lost, and it may even
   * take place later. The position tells, since only the owner of the epoch moves it.
   */
  async #isStored({ from, to }: Step): Promise<boolean> {
    const { store, epoch, clock } = this.#parts;
    for (;;) {
      try {
        const stored = await store.read();
        if (stored.epoch !== epoch)
          throw new Failure('allocator-fenced', `epoch ${stored.epoch} has taken over from epoch ${epoch}`);
        if (stored.nextOffset === to.nextOffset) return true;
        if (stored.nextOffset === from) return false;
        throw new Failure(
          'allocator-fenced',
          `the position is ${stored.nextOffset}, neither ${from} nor ${to.nextOffset}`,
        );
      } catch (error) {
        if (error instanceof Failure && error.recovery === 'stop') throw error;
        await pause(clock, commitRetryMs);
      }
    }
  }
}
