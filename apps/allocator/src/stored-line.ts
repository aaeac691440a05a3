import type { Line } from '#messaging';
import type { Allocator } from './allocator.ts';

/** Tells the line being read how far things are settled: on the leader what is stored, on a follower what is decided. */
export class StoredLine {
  #line: Line | undefined;

  follow(line: Line): void {
    this.#line = line;
  }

  /** Storing is the leader's; a follower has nothing to wait for. */
  decided(allocator: Allocator): void {
    if (!allocator.isLeading) this.#line?.commit(allocator.nextOffset);
  }

  stored(nextOffset: bigint): void {
    this.#line?.commit(nextOffset);
  }
}
