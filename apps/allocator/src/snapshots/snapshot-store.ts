import type { DeciderState } from '../record/log-decider.ts';

/** Where states are kept so that a start need not decide the whole log again. Losing all of them costs time only. */
export type SnapshotStore = {
  /** Keeps a state, named by its offset; the oldest are dropped. The caller may go on deciding once this has returned a promise. */
  save(state: DeciderState): Promise<void>;
  /**
   * The newest state whose next offset is at most `offset`: what is not known to be stored must be decided anew.
   * A damaged one is passed over.
   */
  newestUpTo(offset: bigint): Promise<DeciderState | undefined>;
};
