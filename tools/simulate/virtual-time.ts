type Event = { readonly atMs: number; readonly order: number; run: (() => void) | undefined };

/** A clock that stands still while anything is done, and jumps to whatever is due next. */
export class VirtualTime {
  #nowMs = 0;
  #order = 0;
  readonly #heap: Event[] = [];

  get nowMs(): number {
    return this.#nowMs;
  }

  /** Runs something after `ms`. @returns what calls it off */
  after(ms: number, run: () => void): () => void {
    const event: Event = { atMs: this.#nowMs + Math.max(0, ms), order: (this.#order += 1), run };
    this.#heap.push(event);
    this.#rise(this.#heap.length - 1);
    return () => {
      event.run = undefined;
    };
  }

  /** Runs what is due, one at a time and each to its end, until `isOver` or the time is up. */
  async runUntil(endMs: number, isOver: () => boolean): Promise<void> {
    while (this.#heap.length > 0 && !isOver()) {
      const event = this.#take();
      if (event.atMs > endMs) return;
      if (!event.run) continue;
      this.#nowMs = event.atMs;
      event.run();
      // Every promise that this settled runs to its next wait before anything else happens.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  #take(): Event {
    const first = this.#heap[0]!;
    const last = this.#heap.pop()!;
    if (this.#heap.length > 0) {
      this.#heap[0] = last;
      this.#sink(0);
    }
    return first;
  }

  #rise(place: number): void {
    for (let at = place; at > 0;) {
      const parent = (at - 1) >> 1;
      if (!this.#isBefore(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #sink(place: number): void {
    for (let at = place; ;) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < this.#heap.length && this.#isBefore(child, least)) least = child;
      }
      if (least === at) return;
      this.#swap(at, least);
      at = least;
    }
  }

  #isBefore(one: number, other: number): boolean {
    const [a, b] = [this.#heap[one]!, this.#heap[other]!];
    return a.atMs !== b.atMs ? a.atMs < b.atMs : a.order < b.order;
  }

  #swap(one: number, other: number): void {
    [this.#heap[one], this.#heap[other]] = [this.#heap[other]!, this.#heap[one]!];
  }
}
