import type { DecidedRow } from '../record/decided-row.ts';
import { encodeRows } from './copy-rows.ts';

/** How far the log is decided and kept. */
export type Position = {
  /** The first log offset nothing is stored for. */
  readonly nextOffset: bigint;
  /** Number of the newest entry decided. */
  readonly lastNumber: bigint;
  /** The newest link of the hash chain before `nextOffset`. */
  readonly chain: Buffer;
};

/** The position as it is stored, and who may move it. */
export type Stored = Position & {
  /** Whoever claimed the store last has it. */
  readonly epoch: bigint;
  /** How long its owner has given no sign, by the store's own clock; infinite once it has said goodbye. */
  readonly silentMs: number;
};

/** What one transaction stores: the rows of all entries in `from` .. `to.nextOffset`. */
export type Step = {
  readonly from: bigint;
  readonly to: Position;
  readonly rows: readonly DecidedRow[];
  /** The rows in the form of COPY, made once for the store and for the relay after it. */
  copied(): Buffer<ArrayBuffer>;
};

/** A step; its rows are brought into another form only where one asks for it. */
export function stepOf(from: bigint, to: Position, rows: readonly DecidedRow[]): Step {
  let copied: Buffer<ArrayBuffer> | undefined;
  return { from, to, rows, copied: () => (copied ??= encodeRows(rows)) };
}

/** A row's place and link, for comparing. */
export type StoredLink = Pick<DecidedRow, 'logOffset' | 'part' | 'chain'>;

/**
 * Where decisions and the place in the log are kept, together. Every method throws Failure 'store-unavailable' when the
 * store does not answer; whether it did what it was told is then unknown.
 */
export type DecisionStore = {
  read(): Promise<Stored>;
  /**
   * Takes the store over, unless another did since `epoch` was read, or its owner gave a sign within `silentMsMin`.
   * Every earlier owner is fenced from then on.
   * @returns the position, under the new epoch; undefined when it was not taken
   */
  claim(epoch: bigint, silentMsMin: number): Promise<Stored | undefined>;
  /** Gives a sign of life. @returns false when the epoch is no longer ours */
  renew(epoch: bigint): Promise<boolean>;
  /** Says goodbye: another need not wait for silence. */
  resign(epoch: bigint): Promise<void>;
  /**
   * Stores rows and position in one transaction, and gives a sign of life.
   * @throws Failure 'allocator-fenced' when the epoch is no longer ours or the position is not at `from`
   */
  commit(epoch: bigint, step: Step): Promise<void>;
  /** Links of the rows with offsets in `from` .. `to` (inclusive), in order; rows may have been pruned. */
  links(from: bigint, to: bigint): Promise<readonly StoredLink[]>;
};
