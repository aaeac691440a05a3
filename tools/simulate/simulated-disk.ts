import type { DeciderState } from '../../apps/allocator/src/record/log-decider.ts';
import { snapshotPieces, stateOfSnapshot } from '../../apps/allocator/src/snapshots/snapshot-bytes.ts';
import type { SnapshotStore } from '../../apps/allocator/src/snapshots/snapshot-store.ts';
import type { Incarnation } from './incarnation.ts';

/** Snapshots on one machine: they outlive its processes, and one that was being written when its process died is torn. */
export class SimulatedDisk {
  readonly #snapshots = new Map<bigint, Buffer>();

  storeOf(caller: Incarnation): SnapshotStore {
    const { dice } = caller.world;
    return {
      save: async (state: DeciderState) => {
        const pieces = [...snapshotPieces(state, 1_000)];
        const written: Uint8Array[] = [];
        const torn = caller.world.strikes('torn-snapshot', 0.05);
        for (const piece of pieces.slice(0, torn ? -1 : undefined)) written.push(piece);
        await caller.pause(5 + dice.share() * 200);
        this.#snapshots.set(state.nextOffset, Buffer.concat(written));
      },
      newestUpTo: async (offset) => {
        await caller.pause(dice.share() * 20);
        const found = [...this.#snapshots].filter(([at]) => at <= offset).sort(([one], [other]) => Number(other - one));
        for (const [, bytes] of found) {
          const state = stateOfSnapshot(bytes);
          if (state) return state;
        }
        return undefined;
      },
    };
  }
}
