import type { Logger } from '#runtime';
import type { DeciderState } from '../record/log-decider.ts';
import type { SnapshotStore } from './snapshot-store.ts';

/** Saves the state from time to time, by the number of entries, one at a time. */
export class Snapshots {
  readonly #store: SnapshotStore;
  readonly #everyEntries: bigint;
  readonly #log: Logger;
  #lastOffset: bigint;
  #saving: Promise<void> | undefined;

  constructor(store: SnapshotStore, plan: { everyEntries: number; from: bigint; log: Logger }) {
    this.#store = store;
    this.#everyEntries = BigInt(plan.everyEntries);
    this.#lastOffset = plan.from;
    this.#log = plan.log;
  }

  /** To be told between entries: begins a snapshot when it is time for one. */
  decided(nextOffset: bigint, state: () => DeciderState): void {
    if (this.#saving || nextOffset - this.#lastOffset < this.#everyEntries) return;
    this.#lastOffset = nextOffset;
    this.#saving = this.#save(state());
  }

  /** Resolves when none is being written. */
  async done(): Promise<void> {
    await this.#saving;
  }

  async #save(state: DeciderState): Promise<void> {
    const { nextOffset } = state;
    try {
      await this.#store.save(state);
      this.#log.info({ event: 'snapshot-saved', nextOffset: String(nextOffset) });
    } catch (error) {
      // Without it the next start takes longer, and that is all.
      this.#log.error({ event: 'snapshot-not-saved', nextOffset: String(nextOffset), err: error });
    } finally {
      this.#saving = undefined;
    }
  }
}
