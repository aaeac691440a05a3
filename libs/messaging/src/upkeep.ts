import type { Logger } from '#runtime';

/** Runs work again and again until stopped; what it throws is logged, and it is tried at the next turn. */
export class Upkeep {
  readonly #name: string;
  readonly #everyMs: number;
  readonly #log: Logger;
  readonly #work: (mayContinue: () => boolean) => Promise<void>;
  #stopped = false;
  #timer: NodeJS.Timeout | undefined;
  #turn: Promise<void> = Promise.resolve();

  constructor(name: string, everyMs: number, log: Logger, work: (mayContinue: () => boolean) => Promise<void>) {
    this.#name = name;
    this.#everyMs = everyMs;
    this.#log = log;
    this.#work = work;
  }

  start(): void {
    this.#timer = setTimeout(() => {
      this.#turn = this.#oneTurn();
    }, this.#everyMs);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#turn;
  }

  async #oneTurn(): Promise<void> {
    try {
      await this.#work(() => !this.#stopped);
    } catch (error) {
      this.#log.warn({ event: 'upkeep-failed', work: this.#name, err: error });
    }
    if (!this.#stopped) this.start();
  }
}
