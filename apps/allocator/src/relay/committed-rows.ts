import type { DecidedRow } from '../record/decided-row.ts';
import { isAfter, type RowPlace } from './decision-rows.ts';

/** Rows of one commit, in order. */
export type Commit = {
  /** The last row that was stored before them; undefined where the one who stored them does not know it. */
  readonly after: RowPlace | undefined;
  readonly rows: readonly DecidedRow[];
};

/** A commit as the thread that stored it hands it over. */
export type StoredCommit = Commit & {
  /** The rows in the form of COPY. */
  copied(): Buffer<ArrayBuffer>;
};

/**
 * Rows that were handed over once they were stored, so that publishing need not ask the store for them. They serve only
 * where they follow without a gap on what is published; all of them are given up when too many wait.
 */
export class CommittedRows {
  readonly #bytesMax: number;
  #commits: Commit[] = [];
  #bytes = 0;
  #last: RowPlace | undefined;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  add(commit: Commit): void {
    this.#commits.push(commit);
    this.#bytes += bytesOf(commit);
    this.#last = commit.rows.at(-1);
    if (this.#bytes > this.#bytesMax) this.clear();
  }

  clear(): void {
    this.#commits = [];
    this.#bytes = 0;
    this.#last = undefined;
  }

  /** Whether the newest row handed over is this one: then there is probably nothing behind it in the store, either. */
  endsAt(place: RowPlace): boolean {
    return this.#last !== undefined && isSame(this.#last, place);
  }

  /** Takes the rows that follow on a place, of one commit; undefined where the next ones are not here. */
  takeAfter(place: RowPlace): readonly DecidedRow[] | undefined {
    while (this.#commits[0] && !isAfter(this.#commits[0].rows.at(-1)!, place)) this.#shift();
    const next = this.#commits[0];
    if (!next) return undefined;
    const from = next.rows.findIndex((row) => isAfter(row, place));
    const before = from === 0 ? next.after : next.rows[from - 1];
    if (!before || !isSame(before, place)) return undefined;
    this.#shift();
    return next.rows.slice(from);
  }

  #shift(): void {
    this.#bytes -= bytesOf(this.#commits.shift()!);
  }
}

const isSame = (one: RowPlace, other: RowPlace): boolean =>
  one.logOffset === other.logOffset && one.part === other.part;

const bytesOf = ({ rows }: Commit): number => rows.reduce((sum, { value }) => sum + value.length, 0);
