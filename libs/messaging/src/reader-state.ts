/** How far a reader is in one partition. */
export type Place = { readonly nextOffset: bigint; readonly endOffset: bigint; readonly atMs: number };
export type PartitionLag = { readonly partition: string; readonly messages: number; readonly seconds: number };

/** What is known from outside about a reader: when it last polled, what it was given, how far it is. */
export class ReaderState {
  readonly #now: () => number;
  readonly #places = new Map<string, Place>();
  readonly #stopped = new Map<string, string>();
  #polledAtMs: number;
  #assigned: readonly string[] | undefined;

  constructor(now: () => number = Date.now) {
    this.#now = now;
    this.#polledAtMs = now();
  }

  polled(): void {
    this.#polledAtMs = this.#now();
  }

  /** How long nothing was heard of it, ms. */
  silentMs(nowMs: number): number {
    return nowMs - this.#polledAtMs;
  }

  joined(partitions: readonly string[]): void {
    this.polled();
    this.#assigned = partitions;
    for (const known of this.#places.keys()) if (!partitions.includes(known)) this.#places.delete(known);
    for (const known of this.#stopped.keys()) if (!partitions.includes(known)) this.#stopped.delete(known);
  }

  left(): void {
    this.#assigned = undefined;
  }

  isJoined(): boolean {
    return this.#assigned !== undefined;
  }

  isAssigned(partition: string): boolean {
    return this.#assigned?.includes(partition) ?? false;
  }

  fetched(partition: string, place: Place): void {
    this.#places.set(partition, place);
  }

  settled(partition: string, nextOffset: bigint): void {
    const place = this.#places.get(partition);
    this.polled();
    if (place) this.#places.set(partition, { ...place, nextOffset });
  }

  /** A line that waits for an operator, and why; undefined once it goes on. */
  stopped(partition: string, why: string | undefined): void {
    if (why === undefined) this.#stopped.delete(partition);
    else this.#stopped.set(partition, why);
  }

  stops(): readonly string[] {
    return [...this.#stopped].map(([partition, why]) => `${partition} is stopped: ${why}`);
  }

  lag(): readonly PartitionLag[] {
    return [...this.#places].map(([partition, { nextOffset, endOffset, atMs }]) => {
      const messages = Number(endOffset - nextOffset);
      return { partition, messages, seconds: messages > 0 ? Math.max(0, (this.#now() - atMs) / 1_000) : 0 };
    });
  }
}
