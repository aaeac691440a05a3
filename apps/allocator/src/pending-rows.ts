import type { DecidedRow } from './record/decided-row.ts';

/** Rows decided here that are not known to be stored, in order. */
export class PendingRows {
  #rows: DecidedRow[] = [];
  #bytes = 0;
  /** The link before the first of them. */
  #linkBefore: Buffer;

  constructor(linkBefore: Buffer) {
    this.#linkBefore = linkBefore;
  }

  get count(): number {
    return this.#rows.length;
  }

  /** Bytes of their values. */
  get bytes(): number {
    return this.#bytes;
  }

  get last(): DecidedRow | undefined {
    return this.#rows.at(-1);
  }

  push(rows: readonly DecidedRow[]): void {
    for (const row of rows) {
      this.#rows.push(row);
      this.#bytes += row.value.length;
    }
  }

  /** Rows of entries before an offset. */
  before(offset: bigint): readonly DecidedRow[] {
    return this.#rows.slice(0, this.#countBefore(offset));
  }

  /** The newest link before an offset. */
  linkBefore(offset: bigint): Buffer {
    return this.#rows[this.#countBefore(offset) - 1]?.chain ?? this.#linkBefore;
  }

  /** Forgets rows of entries before an offset. */
  drop(offset: bigint): void {
    const count = this.#countBefore(offset);
    if (count === 0) return;
    this.#linkBefore = this.#rows[count - 1]!.chain;
    for (const { value } of this.#rows.splice(0, count)) this.#bytes -= value.length;
  }

  #countBefore(offset: bigint): number {
    if (this.#rows.length === 0 || this.#rows.at(-1)!.logOffset < offset) return this.#rows.length;
    let low = 0;
    let high = this.#rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#rows[middle]!.logOffset < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
