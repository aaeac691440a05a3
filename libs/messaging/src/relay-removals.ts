/**
 * Rows that are on Kafka and not yet out of the table. Those behind them need not wait for the removal, they are only left
 * out when the next are read.
 */
export class Removals {
  readonly #remove: (ids: readonly bigint[]) => Promise<void>;
  #underWay: readonly bigint[] = [];
  #waiting: readonly bigint[] = [];
  #removing: Promise<void> = Promise.resolve();
  #failure: { readonly error: unknown } | undefined;

  constructor(remove: (ids: readonly bigint[]) => Promise<void>) {
    this.#remove = remove;
  }

  /** Those that a reading may still find in the table. */
  get ids(): readonly bigint[] {
    return [...this.#underWay, ...this.#waiting];
  }

  /** Removes these with all that came while the removal before was under way. */
  add(ids: readonly bigint[]): void {
    this.#waiting = [...this.#waiting, ...ids];
    if (this.#underWay.length === 0) this.#removing = this.#removeWaiting();
  }

  /** Resolves once no more than `rowsMax` are left. @throws what a removal failed with, then or before */
  async downTo(rowsMax: number): Promise<void> {
    if (this.#underWay.length + this.#waiting.length > rowsMax) await this.#removing;
    if (this.#failure) throw this.#failure.error;
  }

  async #removeWaiting(): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        this.#underWay = this.#waiting;
        this.#waiting = [];
        await this.#remove(this.#underWay);
      }
      this.#underWay = [];
    } catch (error) {
      this.#failure = { error };
    }
  }
}
