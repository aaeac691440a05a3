import { Failure } from '#runtime';
import type { Database } from '#storage';
import type { DecidedRow } from '../record/decided-row.ts';
import type { DecisionRows, RowPlace } from './decision-rows.ts';

type Row = {
  readonly log_offset: bigint;
  readonly part: number;
  readonly at_ms: bigint;
  readonly chain: Buffer;
  readonly value: Buffer;
  readonly correlation: string | null;
  readonly traceparent: string | null;
};

/** Stored rows in schema `allocator`. One writer stores them in order, so a cursor over their places skips none. */
export class PostgresDecisionRows implements DecisionRows {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async begin(epoch: bigint): Promise<RowPlace> {
    const rows = await this.#query<Row>(
      'update relay_position set epoch = ? where epoch <= ? returning log_offset, part',
      [String(epoch), String(epoch)],
    );
    const row = rows[0];
    if (!row) throw new Failure('allocator-fenced', `a later epoch than ${epoch} publishes`);
    return { logOffset: row.log_offset, part: row.part };
  }

  async after({ logOffset, part }: RowPlace, limit: number): Promise<readonly DecidedRow[]> {
    const rows = await this.#query<Row>(
      `select log_offset, part, at_ms, chain, value, correlation, traceparent from decided
       where (log_offset, part) > (?, ?) order by log_offset, part limit ?`,
      [String(logOffset), part, limit],
    );
    return rows.map(({ log_offset, part, at_ms, ...row }) => ({
      ...row,
      logOffset: log_offset,
      part,
      atMs: Number(at_ms),
    }));
  }

  async published(epoch: bigint, { logOffset, part }: RowPlace): Promise<void> {
    const rows = await this.#query(
      'update relay_position set log_offset = ?, part = ? where epoch = ? returning epoch',
      [String(logOffset), part, String(epoch)],
    );
    if (rows.length === 0) throw new Failure('allocator-fenced', `another relay publishes, epoch ${epoch} is over`);
  }

  async #query<R>(sql: string, bindings: readonly unknown[]): Promise<readonly R[]> {
    try {
      return (await this.#database.raw<{ rows: R[] }>(sql, bindings as never[])).rows;
    } catch (error) {
      throw new Failure('store-unavailable', (error as Error).message, { cause: error });
    }
  }
}
