import { Failure } from '#runtime';
import type { Database } from '#storage';
import { copiedColumns } from './copy-rows.ts';
import { copyIn } from './copy-in.postgres.ts';
import type { DecisionStore, Step, Stored, StoredLink } from './decision-store.ts';

type PositionRow = {
  readonly epoch: bigint;
  readonly next_offset: bigint;
  readonly last_number: bigint;
  readonly chain: Buffer;
  readonly silent_ms: number;
};
type RawClient = Parameters<typeof copyIn>[0] & {
  on(event: 'error' | 'end', listener: () => void): void;
  end(): Promise<void>;
  readonly connection: { readonly stream: { destroy(): void } };
};

const fencedState = 'KZ001';
const silentMs = `extract(epoch from clock_timestamp() - renewed_at) * 1000`;
const positionColumns = `epoch, next_offset, last_number, chain, (${silentMs})::float8 as silent_ms`;

/**
 * Decisions and position in schema `allocator`. Commits go through one connection of their own, since there is never
 * more than one; a commit that takes too long loses that connection, and its outcome is unknown.
 */
export class PostgresDecisionStore implements DecisionStore {
  readonly #database: Database;
  readonly #commitMsMax: number;
  #writer: Promise<RawClient> | undefined;

  constructor(database: Database, { commitMsMax }: { readonly commitMsMax: number }) {
    this.#database = database;
    this.#commitMsMax = commitMsMax;
  }

  async read(): Promise<Stored> {
    return storedOf(await this.#one(`select ${positionColumns} from log_position`, []));
  }

  async claim(epoch: bigint, silentMsMin: number): Promise<Stored | undefined> {
    const rows = await this.#all<PositionRow>(
      `update log_position set epoch = epoch + 1, renewed_at = clock_timestamp()
       where epoch = ? and ${silentMs} >= ? returning ${positionColumns}`,
      [String(epoch), silentMsMin],
    );
    return rows[0] && storedOf(rows[0]);
  }

  async renew(epoch: bigint): Promise<boolean> {
    const sql = 'update log_position set renewed_at = clock_timestamp() where epoch = ? returning epoch';
    return (await this.#all(sql, [String(epoch)])).length === 1;
  }

  async resign(epoch: bigint): Promise<void> {
    const sql = `update log_position set renewed_at = '-infinity' where epoch = ? returning epoch`;
    await this.#all(sql, [String(epoch)]);
  }

  async commit(epoch: bigint, { from, to, rows, copied }: Step): Promise<void> {
    const writer = await this.#connected();
    // One simple query is one transaction, and one round trip; what stands in it is numbers and hexadecimal digits.
    const advance = `select advance(${epoch}, ${from}, ${to.nextOffset}, ${to.lastNumber}, '\\x${to.chain.toString('hex')}')`;
    const overdue = setTimeout(() => writer.connection.stream.destroy(), this.#commitMsMax);
    try {
      if (rows.length === 0) await this.#plain(writer, advance);
      else await copyIn(writer, `${advance}; copy decided (${copiedColumns}) from stdin (format binary)`, copied());
    } catch (error) {
      throw failureOf(error);
    } finally {
      clearTimeout(overdue);
    }
  }

  async links(from: bigint, to: bigint): Promise<readonly StoredLink[]> {
    const rows = await this.#all<{ log_offset: bigint; part: number; chain: Buffer }>(
      'select log_offset, part, chain from decided where log_offset between ? and ? order by log_offset, part',
      [String(from), String(to)],
    );
    return rows.map(({ log_offset, part, chain }) => ({ logOffset: log_offset, part, chain }));
  }

  /** Closes the connection of the commits. */
  async close(): Promise<void> {
    const writer = await this.#writer?.catch(() => undefined);
    await writer?.end().catch(() => undefined);
  }

  async #plain(writer: RawClient, text: string): Promise<void> {
    await (writer.query(text as never) as Promise<unknown>);
  }

  #connected(): Promise<RawClient> {
    this.#writer ??= this.#connect().catch((error: unknown) => {
      this.#writer = undefined;
      throw failureOf(error);
    });
    return this.#writer;
  }

  async #connect(): Promise<RawClient> {
    const { client } = this.#database as unknown as { client: { acquireRawConnection(): Promise<RawClient> } };
    const writer = await client.acquireRawConnection();
    const lost = (): void => {
      this.#writer = undefined;
    };
    writer.on('error', lost);
    writer.on('end', lost);
    return writer;
  }

  async #all<Row>(sql: string, bindings: readonly unknown[]): Promise<readonly Row[]> {
    try {
      return (await this.#database.raw<{ rows: Row[] }>(sql, bindings as never[])).rows;
    } catch (error) {
      throw failureOf(error);
    }
  }

  async #one(sql: string, bindings: readonly unknown[]): Promise<PositionRow> {
    return (await this.#all<PositionRow>(sql, bindings))[0]!;
  }
}

const storedOf = (row: PositionRow): Stored => ({
  epoch: row.epoch,
  nextOffset: row.next_offset,
  lastNumber: row.last_number,
  chain: row.chain,
  silentMs: row.silent_ms,
});

function failureOf(error: unknown): Failure {
  const { code, message } = error as { code?: string; message: string };
  if (code === fencedState) return new Failure('allocator-fenced', message, { cause: error });
  return new Failure('store-unavailable', message, { cause: error });
}
