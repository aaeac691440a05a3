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

/** All of the allocator's schema; a published step is never edited. */
export const allocatorMigrations: readonly Migration[] = [...messagingMigrations, decisions];
