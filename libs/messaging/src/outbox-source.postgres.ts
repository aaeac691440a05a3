import type { Database } from '#storage';
import { headersFromJson } from './headers.ts';
import type { RelayRow, RelaySource } from './relay-source.ts';

type Row = Omit<RelayRow, 'headers'> & { readonly headers: Parameters<typeof headersFromJson>[0] };

/** What a relay holds of one reading; a row that is larger comes alone. */
const bytesAtOnceMax = 4 * 1024 * 1024;

/**
 * The outbox of an app's schema. Rows are deleted once published, and each reading begins with the lowest id there is:
 * a cursor over ids would pass by a row whose transaction commits after a later row's.
 */
export function outboxSource(database: Database): RelaySource {
  return {
    name: 'outbox',
    async next(taken, limit) {
      const { rows } = await database.raw<{ rows: Row[] }>(
        `select id, topic, key, value, headers from (
           select *, sum(coalesce(octet_length(value), 0)) over (order by id) - coalesce(octet_length(value), 0) as before
           from (select * from outbox where id <> all(?::bigint[]) order by id limit ?) as first
         ) as summed where before < ? order by id`,
        [taken.map(String), limit, bytesAtOnceMax],
      );
      return rows.map((row) => ({ ...row, headers: headersFromJson(row.headers) }));
    },
    async published(ids) {
      // Not worth a flush: rows that a crash of Postgres brings back are published again, under the same event ids.
      await database.raw(
        `with unflushed as materialized (select set_config('synchronous_commit', 'off', true))
         delete from outbox using unflushed where id = any(?::bigint[])`,
        [ids.map(String)],
      );
    },
  };
}
