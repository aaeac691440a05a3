import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '#runtime';
import type { DeciderState } from '../record/log-decider.ts';
import { snapshotPieces, stateOfSnapshot } from './snapshot-bytes.ts';
import type { SnapshotStore } from './snapshot-store.ts';

const nameForm = /^snapshot-(\d{20})\.bin$/;
const pieceBytes = 4 * 1024 * 1024;

/** Snapshots as files of one folder, named by their offset. */
export class SnapshotFiles implements SnapshotStore {
  readonly #folder: string;
  readonly #keptMax: number;
  readonly #log: Logger;

  constructor({ folder, keptMax, log }: { readonly folder: string; readonly keptMax: number; readonly log: Logger }) {
    this.#folder = folder;
    this.#keptMax = keptMax;
    this.#log = log;
  }

  async save(state: DeciderState): Promise<void> {
    // The state is copied before the first await: deciding goes on while the copy is written.
    const pieces = snapshotPieces(state, pieceBytes);
    await mkdir(this.#folder, { recursive: true });
    const path = join(this.#folder, `snapshot-${String(state.nextOffset).padStart(20, '0')}.bin`);
    const file = await open(`${path}.${process.pid}.new`, 'w');
    try {
      for (const piece of pieces) await file.writeFile(piece);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(`${path}.${process.pid}.new`, path);
    const folder = await open(this.#folder, 'r');
    await folder.sync().finally(() => folder.close());
    for (const { name } of (await this.#found()).slice(this.#keptMax)) await rm(join(this.#folder, name));
  }

  async newestUpTo(offset: bigint): Promise<DeciderState | undefined> {
    for (const { name, nextOffset } of await this.#found()) {
      if (nextOffset > offset) continue;
      const state = this.#stateOf(name, await readFile(join(this.#folder, name)));
      if (state) return state;
    }
    return undefined;
  }

  // A whole one that cannot be loaded is of another version of the service: without it the log is decided from further back.
  #stateOf(name: string, bytes: Buffer): DeciderState | undefined {
    try {
      const state = stateOfSnapshot(bytes);
      if (!state) this.#log.warn({ event: 'snapshot-damaged', name });
      return state;
    } catch (error) {
      this.#log.warn({ event: 'snapshot-of-another-version', name, err: error });
      return undefined;
    }
  }

  /** The newest first. */
  async #found(): Promise<readonly { readonly name: string; readonly nextOffset: bigint }[]> {
    const names = await readdir(this.#folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    return names
      .flatMap((name) => {
        const digits = nameForm.exec(name)?.[1];
        return digits === undefined ? [] : [{ name, nextOffset: BigInt(digits) }];
      })
      .sort((one, other) => Number(other.nextOffset - one.nextOffset));
  }
}
