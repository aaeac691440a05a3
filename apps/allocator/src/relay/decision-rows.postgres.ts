import { Failure } from '#runtime';
import type { Database } from '#storage';
import type { DecidedRow } from '../record/decided-row.ts';
import { copyOut } from '../store/copy-out.postgres.ts';
import { copiedColumns, decodeRows } from '../store/copy-rows.ts';
import type { DecisionRows, RowPlace } from './decision-rows.ts';

type Row = { readonly log_offset: bigint; readonly part: number };
type Connection = Parameters<typeof copyOut>[0];
/** What knex has of its pool. */
type Pool = { acquireConnection(): Promise<Connection>; releaseConnection(connection: Connection): void };

const bytesAtFirstMin = 8 * 1024;

/** Stored rows in schema `allocator`. One writer stores them in order, so a cursor over their places skips none. */
export class PostgresDecisionRows implements DecisionRows {
  readonly #database: Database;
  /** Of the last reading: the next is about as large, a row now and a thousand while much is decided. */
  #bytesRead = 0;

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
    // In the binary form: as text, a byte is two digits that both sides spend more on than on the row.
    const text = `copy (select ${copiedColumns} from decided where (log_offset, part) > (${logOffset}, ${part})
      order by log_offset, part limit ${limit}) to stdout (format binary)`;
    const { client } = this.#database as unknown as { client: Pool };
    return reached(async () => {
      const connection = await client.acquireConnection();
      try {
        const bytes = await copyOut(connection, text, Math.max(bytesAtFirstMin, this.#bytesRead));
        this.#bytesRead = bytes.length;
        return decodeRows(bytes);
      } finally {
        client.releaseConnection(connection);
      }
    });
  }

  async published(epoch: bigint, { logOffset, part }: RowPlace): Promise<void> {
    // Not worth a flush: a place that a crash of Postgres sets back has the last rows published again, as any crash does.
    const rows = await this.#query(
      `with unflushed as materialized (select set_config('synchronous_commit', 'off', true))
       update relay_position as known set (log_offset, part) = (
         select log_offset, part from (values (known.log_offset, known.part), (?::bigint, ?::int)) as place (log_offset, part)
         order by log_offset desc, part desc limit 1
       )
       from unflushed where epoch = ? returning epoch`,
      [String(logOffset), part, String(epoch)],
    );
    if (rows.length === 0) throw new Failure('allocator-fenced', `another relay publishes, epoch ${epoch} is over`);
  }

  #query<R>(sql: string, bindings: readonly unknown[]): Promise<readonly R[]> {
    return reached(async () => (await this.#database.raw<{ rows: R[] }>(sql, bindings as never[])).rows);
  }
}

async function reached<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new Failure('store-unavailable', (error as Error).message, { cause: error });
  }
}
