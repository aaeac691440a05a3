import { digestBytes } from '#audit';
import { Failure } from '#runtime';
import type { Database } from '#storage';
import type { RowPlace } from '../relay/decision-rows.ts';
import type { CheckpointState, CoveredRow } from './checkpoint-maker.ts';
import type { CheckpointStore, StoredCheckpoint } from './checkpoint-store.ts';

type StateRow = {
  readonly number: bigint;
  readonly log_offset: bigint;
  readonly at_ms: bigint;
  readonly chain: Buffer;
  readonly entries: bigint;
  readonly decisions: bigint;
  readonly peaks: Buffer;
};
type CoveredRowColumns = {
  readonly log_offset: bigint;
  readonly part: number;
  readonly at_ms: bigint;
  readonly chain: Buffer;
  readonly value: Buffer;
};

/** Checkpoints in schema `allocator`. */
export class PostgresCheckpointStore implements CheckpointStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async begin(epoch: bigint): Promise<CheckpointState | undefined> {
    const owned = await this.#query('update checkpoint_position set epoch = ? where epoch <= ? returning epoch', [
      String(epoch),
      String(epoch),
    ]);
    if (owned.length === 0) throw new Failure('allocator-fenced', `a later epoch than ${epoch} makes checkpoints`);
    const rows = await this.#query<StateRow>(
      `select number, log_offset, at_ms, chain, entries, decisions, peaks from checkpoint
       order by number desc limit 1`,
      [],
    );
    return rows[0] && stateOf(rows[0]);
  }

  async rowsAfter({ logOffset, part }: RowPlace, limit: number): Promise<readonly CoveredRow[]> {
    const rows = await this.#query<CoveredRowColumns>(
      `select log_offset, part, at_ms, chain, value from decided
       where (log_offset, part) > (?, ?) and (log_offset, part) <= (select log_offset, part from relay_position)
       order by log_offset, part limit ?`,
      [String(logOffset), part, limit],
    );
    return rows.map(({ log_offset, at_ms, ...row }) => ({ ...row, logOffset: log_offset, atMs: Number(at_ms) }));
  }

  async add(epoch: bigint, { number, logOffset, atMs, chain, tree }: CheckpointState, value: Buffer): Promise<void> {
    const peaks = Buffer.concat(tree.peaks);
    const added = await this.#query(
      `with owner as (
         update checkpoint_position set number = number + 1 where epoch = ? and number = ? returning number
       )
       insert into checkpoint (number, log_offset, at_ms, chain, entries, decisions, peaks, value)
       select number, ?::bigint, ?::bigint, ?::bytea, ?::bigint, ?::bigint, ?::bytea, ?::bytea from owner
       returning number`,
      [String(epoch), String(number - 1n), String(logOffset), atMs, chain, tree.entries, tree.decisions, peaks, value],
    );
    if (added.length === 0) throw await this.#refusal(epoch, number);
  }

  async #refusal(epoch: bigint, number: bigint): Promise<Failure> {
    const [owner] = await this.#query<{ epoch: bigint; number: bigint }>(
      'select epoch, number from checkpoint_position',
      [],
    );
    if (owner?.epoch === epoch && owner.number >= number)
      return new Failure('store-unavailable', `checkpoint ${number} is there: an earlier try took effect late`);
    return new Failure('allocator-fenced', `checkpoint ${number} is not the next one of epoch ${epoch}`);
  }

  async unpublished(limit: number): Promise<readonly StoredCheckpoint[]> {
    const rows = await this.#query<{ number: bigint; at_ms: bigint; value: Buffer }>(
      `select number, at_ms, value from checkpoint
       where number > (select published from checkpoint_position) order by number limit ?`,
      [limit],
    );
    return rows.map(({ number, at_ms, value }) => ({ number, atMs: Number(at_ms), value }));
  }

  async published(epoch: bigint, number: bigint): Promise<void> {
    const rows = await this.#query(
      'update checkpoint_position set published = greatest(published, ?::bigint) where epoch = ? returning epoch',
      [String(number), String(epoch)],
    );
    if (rows.length === 0) throw new Failure('allocator-fenced', `epoch ${epoch} makes no checkpoints any more`);
  }

  async #query<R>(sql: string, bindings: readonly unknown[]): Promise<readonly R[]> {
    try {
      return (await this.#database.raw<{ rows: R[] }>(sql, bindings as never[])).rows;
    } catch (error) {
      throw new Failure('store-unavailable', (error as Error).message, { cause: error });
    }
  }
}

const stateOf = ({ number, log_offset, at_ms, chain, entries, decisions, peaks }: StateRow): CheckpointState => ({
  number,
  logOffset: log_offset,
  atMs: Number(at_ms),
  chain,
  tree: {
    entries: Number(entries),
    decisions: Number(decisions),
    peaks: Array.from({ length: peaks.length / digestBytes }, (_, place) =>
      peaks.subarray(place * digestBytes, (place + 1) * digestBytes),
    ),
  },
});
