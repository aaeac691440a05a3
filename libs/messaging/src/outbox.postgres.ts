import type { Transaction } from '#storage';
import { headersToJson, type Headers } from './headers.ts';

/** A record to publish, as it lies in the outbox. */
export type OutboxRow = {
  readonly topic: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Headers;
};

/**
 * Adds rows in the caller's transaction, in the given order. Before an id is taken, a lock on each topic and key is,
 * and it is held until the transaction ends: so of two transactions with the same key the one that commits first has
 * the lower ids, and the relay may read in the order of ids. Locks are taken in one order, so that two transactions
 * that add many keys at once do not wait for each other.
 * Inside a muted transaction (an operator lets a group read the past again) nothing is added.
 */
export async function insertOutbox(trx: Transaction, rows: readonly OutboxRow[]): Promise<void> {
  await trx.raw(
    `with message as materialized (
       select * from unnest(?::text[], ?::bytea[], ?::bytea[], ?::text[]) with ordinality as m (topic, key, value, headers, n)
       where current_setting('kezek.muted', true) is distinct from 'on'
     ), place as materialized (
       select distinct hashtextextended(current_schema() || ' ' || topic || ' ' || coalesce(encode(key, 'hex'), ''), 0) as place
       from message order by place
     ), taken as materialized (
       select count(pg_advisory_xact_lock(place)::text) as places from (select place from place order by place) as sorted
     )
     insert into outbox (id, topic, key, value, headers)
     select nextval('outbox_id'), topic, key, value, headers::json
     from (select message.* from message, taken where taken.places >= 0 order by n) as ordered`,
    [
      rows.map(({ topic }) => topic),
      rows.map(({ key }) => key),
      rows.map(({ value }) => value),
      rows.map(({ headers }) => headersToJson(headers)),
    ] as never[],
  );
}
