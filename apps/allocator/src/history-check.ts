import { Failure } from '#runtime';
import type { PendingRows } from './pending-rows.ts';
import type { LogDecider } from './record/log-decider.ts';
import type { DecisionStore, Position } from './store/decision-store.ts';

type Parts = {
  readonly decider: LogDecider;
  readonly store: DecisionStore;
  readonly pending: PendingRows;
  readonly rowsComparedMax: number;
};

/**
 * Compares what is decided here with what is stored. Links of the hash chain are compared, each of which stands for all
 * rows before it; rows that agree are forgotten.
 */
export class HistoryCheck {
  readonly #parts: Parts;
  /** Known to be stored and not compared yet; the newer one follows when the first is done. */
  #target: Position | undefined;
  #newer: Position | undefined;
  #comparedTo: bigint;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#comparedTo = parts.decider.nextOffset;
  }

  /** True while something stored waits to be decided here, or to be compared. */
  isOpen(): boolean {
    return this.#target !== undefined;
  }

  /**
   * @throws Failure 'history-differs' as `proceed`, and where the store has gone back (a restored backup, a standby that
   * lagged): rows that it has lost are forgotten here, and would never be stored again
   */
  async expect(stored: Position): Promise<void> {
    if (stored.nextOffset < this.#comparedTo) {
      const what = `the store ends before offset ${stored.nextOffset}, though it had reached ${this.#comparedTo}`;
      throw new Failure('history-differs', what);
    }
    if (this.#target) this.#newer = stored;
    else this.#target = stored;
    await this.proceed();
  }

  /**
   * Compares as far as this process has decided.
   * @throws Failure 'history-differs' with the first differing offset
   */
  async proceed(): Promise<void> {
    const { decider, pending, rowsComparedMax } = this.#parts;
    for (let target = this.#target; target && decider.nextOffset >= target.nextOffset; target = this.#target) {
      const { nextOffset, chain } = target;
      if (!pending.linkBefore(nextOffset).equals(chain)) await this.#tellDifference(nextOffset);
      this.#agreed(nextOffset);
      this.#target = this.#newer;
      this.#newer = undefined;
    }
    if (this.#target && pending.count > rowsComparedMax) await this.#compareRows();
  }

  // On the way to a position that is still far: so that millions of rows need not be held.
  async #compareRows(): Promise<void> {
    const { decider, store, pending } = this.#parts;
    const to = decider.nextOffset;
    const last = pending.last!;
    const stored = (await store.links(last.logOffset, last.logOffset)).at(-1);
    // No row: it was pruned, and the link at the end stands for it.
    if (stored && !(stored.part === last.part && stored.chain.equals(last.chain))) await this.#tellDifference(to);
    this.#agreed(to);
  }

  #agreed(offset: bigint): void {
    if (offset > this.#comparedTo) this.#comparedTo = offset;
    this.#parts.pending.drop(offset);
  }

  async #tellDifference(to: bigint): Promise<never> {
    const { store, pending } = this.#parts;
    const stored = await store.links(this.#comparedTo, to - 1n);
    const decided = pending.before(to);
    const at = decided.findIndex(({ logOffset, part, chain }, index) => {
      const row = stored[index];
      return !row || row.logOffset !== logOffset || row.part !== part || !row.chain.equals(chain);
    });
    const ours = (at < 0 ? undefined : decided[at])?.logOffset;
    const theirs = stored[at < 0 ? decided.length : at]?.logOffset;
    const first = [ours, theirs].filter((offset) => offset !== undefined).sort((one, other) => Number(one - other))[0];
    throw new Failure(
      'history-differs',
      first === undefined
        ? `the log before offset ${to} is not the one that was decided`
        : `the decision on log offset ${first} is not the stored one`,
    );
  }
}
