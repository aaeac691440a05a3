import type { Io } from '../kezek/command.ts';

const everyMs = 5_000;

/** Tells on standard error how far long work has come; work of a few seconds says nothing. */
export class Progress {
  readonly #io: Io;
  readonly #what: string;
  readonly #total: number;
  readonly #startedMs = performance.now();
  #toldMs = performance.now();
  #done = 0;

  /** @param what in the plural */
  constructor(io: Io, what: string, total: number) {
    this.#io = io;
    this.#what = what;
    this.#total = total;
  }

  /** One more is done. */
  step(): void {
    this.#done += 1;
    if (this.#done % 256 !== 0) return;
    const nowMs = performance.now();
    if (nowMs - this.#toldMs < everyMs) return;
    this.#toldMs = nowMs;
    const seconds = Math.round((nowMs - this.#startedMs) / 1_000);
    const percent = this.#total === 0 ? '' : ` (${Math.floor((100 * this.#done) / this.#total)} %)`;
    this.#io.err(`${this.#done} ${this.#what}${percent} after ${seconds} s`);
  }
}
