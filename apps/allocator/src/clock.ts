/** Time for waiting and retrying; nothing is decided by it. */
export type Clock = {
  /** Milliseconds since some moment; never runs back. */
  nowMs(): number;
  /** Calls back once after `ms`. @returns what calls it off */
  after(ms: number, call: () => void): () => void;
  /** Resolves when other work that is ready has had its turn. */
  turn(): Promise<void>;
};

export const processClock: Clock = {
  nowMs: () => performance.now(),
  after: (ms, call) => {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
  turn: () => new Promise((resolve) => setImmediate(resolve)),
};

/** Resolves after `ms`. */
export const pause = (clock: Clock, ms: number): Promise<void> =>
  new Promise((resolve) => void clock.after(ms, resolve));

/** Wakes one who waits; a ring while nobody waits is not lost. */
export class Bell {
  readonly #clock: Clock;
  #rung = false;
  #wake: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  /** Resolves at the next ring, or after `ms`. @returns whether it was rung */
  async wait(ms: number): Promise<boolean> {
    if (!this.#rung) {
      await new Promise<void>((resolve) => {
        const callOff = this.#clock.after(ms, resolve);
        this.#wake = () => {
          callOff();
          resolve();
        };
      });
      this.#wake = undefined;
    }
    const rung = this.#rung;
    this.#rung = false;
    return rung;
  }
}
