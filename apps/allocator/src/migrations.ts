import { messagingMigrations } from '#messaging';
import type { Migration } from '#storage';

const decisions: Migration = {
  name: 'allocator-0001-decisions',
  async up(trx) {
    await trx.raw(`
      create table log_position (
        only_row boolean primary key default true check (only_row),
        epoch bigint not null, next_offset bigint not null, last_number bigint not null
      );
      insert into log_position (epoch, next_offset, last_number) values (0, 0, 0);
      create table decided (
        log_offset bigint not null, part int not null, digest bytea not null, primary key (log_offset, part)
      );
    `);
  },
};

// Rows of the first form held digests only. They are decided and published again under the same ids, and readers drop
// what they know.
const rows: Migration = {
  name: 'allocator-0002-decided-rows',
  async up(trx) {
    await trx.raw(`
      drop table decided;
      create table decided (
        log_offset bigint not null, part int not null, at_ms bigint not null, chain bytea not null, value bytea not null,
        correlation text, traceparent text, primary key (log_offset, part)
      ) with (autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 200000);
      alter table decided alter value set storage external;
      alter table log_position add chain bytea not null default decode(repeat('00', 32), 'hex'),
        add renewed_at timestamptz not null default '-infinity';
      update log_position set next_offset = 0, last_number = 0;
      create table relay_position (
        only_row boolean primary key default true check (only_row),
        epoch bigint not null, log_offset bigint not null, part int not null
      );
      insert into relay_position (epoch, log_offset, part) values (0, -1, 0);
      create function advance(owner bigint, from_offset bigint, to_offset bigint, newest_number bigint, link bytea)
        returns void language plpgsql as $$
        begin
          update log_position set next_offset = to_offset, last_number = newest_number, chain = link,
            renewed_at = clock_timestamp() where epoch = owner and next_offset = from_offset;
          if not found then
            raise exception 'epoch % does not own the position, or it is not at %', owner, from_offset
              using errcode = 'KZ001';
          end if;
        end $$;
    `);
  },
};

const checkpoints: Migration = {
  name: 'allocator-0003-checkpoints',
  async up(trx) {
    await trx.raw(`
      create table checkpoint (
        number bigint primary key, log_offset bigint not null, at_ms bigint not null, chain bytea not null,
        entries bigint not null, decisions bigint not null, peaks bytea not null, value bytea not null
      );
      create table checkpoint_position (
        only_row boolean primary key default true check (only_row),
        epoch bigint not null, number bigint not null, published bigint not null
      );
      insert into checkpoint_position (epoch, number, published) values (0, 0, 0);
    `);
  },
};

/** All of the allocator's schema; a published step is never edited. */
export const allocatorMigrations: readonly Migration[] = [...messagingMigrations, decisions, rows, checkpoints];
