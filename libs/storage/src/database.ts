import knex, { type Knex } from 'knex';
import pg from 'pg';

export type Database = Knex;
export type Transaction = Knex.Transaction;

const int8Oid = 20;
// A bigint column is a bigint: offsets and counters must not turn into text on the way.
pg.types.setTypeParser(int8Oid, (text) => BigInt(text));

export type DatabaseOptions = {
  /** `postgres://role:password@host:port/database` */
  readonly url: string;
  /** Schema of the app, the only one its role may use. */
  readonly schema: string;
  readonly poolMax: number;
  /** Shown in pg_stat_activity. */
  readonly applicationName: string;
};

const unheard = (): void => undefined;

/** Opens a pool whose connections see one schema. Nothing is connected until the first query. */
export function openDatabase({ url, schema, poolMax, applicationName }: DatabaseOptions): Database {
  return knex({
    client: 'pg',
    connection: { connectionString: url, application_name: applicationName, keepAlive: true },
    searchPath: [schema],
    pool: { min: 0, max: poolMax },
    acquireConnectionTimeout: 10_000,
    // knex would print on the console what it throws as well; the caller reports it.
    log: { warn: unheard, error: unheard, deprecate: unheard, debug: unheard },
  });
}
