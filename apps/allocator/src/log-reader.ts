import type { Batch, Line } from '#messaging';
import type { Allocator, LogStep } from './allocator.ts';

/** Takes the log batch by batch, and tells the line how far things are settled. */
export class LogReader {
  readonly #allocator: Allocator;
  #line: Line | undefined;

  constructor(allocator: Allocator) {
    this.#allocator = allocator;
  }

  async read(batch: Batch, line: Line): Promise<void> {
    this.#line = line;
    // The topic's own messages are all that the runtime lets through.
    const stop = await this.#allocator.take(batch as Iterable<unknown> as Iterable<LogStep>);
    // Storing is the leader's; a follower has nothing to wait for.
    if (!this.#allocator.isLeading) line.commit(this.#allocator.nextOffset);
    if (stop) await line.stop(stop.offset, stop.failure);
  }

  /** Everything before this offset is stored. */
  stored(nextOffset: bigint): void {
    this.#line?.commit(nextOffset);
  }
}
