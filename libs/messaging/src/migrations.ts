import type { Migration } from '#storage';

/** Tables of the runtime, in the app's own schema. Each app lists them before its own migrations. */
export const messagingMigrations: readonly Migration[] = [
  {
    name: 'messaging-0001-outbox',
    async up(trx) {
      await trx.raw(`create table outbox (
        id bigint primary key,
        topic text not null,
        key bytea,
        value bytea,
        headers json not null,
        added_at timestamptz not null default clock_timestamp()
      ) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000,
              autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 20000,
              autovacuum_vacuum_cost_delay = 0)`);
      await trx.raw('create sequence outbox_id as bigint owned by outbox.id');
      await trx.raw(`create function outbox_wake() returns trigger language plpgsql as $$
        begin
          perform pg_notify('outbox ' || tg_table_schema, '');
          return null;
        end $$`);
      await trx.raw(
        'create trigger outbox_wake after insert on outbox for each statement execute function outbox_wake()',
      );
    },
  },
  {
    name: 'messaging-0002-inbox',
    async up(trx) {
      await trx.raw(`create table inbox (
        topic text not null,
        partition integer not null,
        kafka_offset bigint not null,
        part integer not null,
        event_id text,
        outcome text not null check (outcome in ('handled', 'parked', 'retrying', 'dead', 'released',
                                             'redriving', 'dropped')),
        attempt integer not null,
        handled_at timestamptz not null default clock_timestamp(),
        primary key (topic, partition, kafka_offset, part)
      )`);
      await trx.raw('create unique index inbox_event on inbox (topic, event_id, part)');
      await trx.raw('create index inbox_handled_at on inbox using brin (handled_at)');
    },
  },
  {
    name: 'messaging-0003-parked',
    async up(trx) {
      await trx.raw(`create table parked_key (
        topic text not null,
        key bytea not null,
        error_class text not null,
        error_message text not null,
        attempts integer not null,
        first_failed_at timestamptz not null default clock_timestamp(),
        last_failed_at timestamptz not null default clock_timestamp(),
        release_requested_at timestamptz,
        release_person text,
        release_reason text,
        release_head text check (release_head in ('again', 'drop')),
        primary key (topic, key)
      )`);
      await trx.raw(`create table parked_record (
        id bigint generated always as identity primary key,
        topic text not null,
        key bytea not null,
        partition integer not null,
        kafka_offset bigint not null,
        part integer not null,
        record_key bytea,
        value bytea,
        headers json not null,
        timestamp_ms bigint not null,
        parked_at timestamptz not null default clock_timestamp(),
        foreign key (topic, key) references parked_key (topic, key),
        unique (topic, partition, kafka_offset, part)
      )`);
      await trx.raw('create index parked_record_order on parked_record (topic, key, id)');
    },
  },
  {
    name: 'messaging-0004-stopped-line',
    async up(trx) {
      await trx.raw(`create table stopped_line (
        topic text not null,
        partition integer not null,
        kafka_offset bigint not null,
        key bytea,
        value bytea,
        headers json not null,
        error_class text not null,
        error_message text not null,
        stopped_at timestamptz not null default clock_timestamp(),
        released_at timestamptz,
        released_by text,
        release_reason text,
        primary key (topic, partition, kafka_offset)
      )`);
    },
  },
  {
    name: 'messaging-0005-operator-action',
    async up(trx) {
      await trx.raw(`create table operator_action (
        id bigint generated always as identity primary key,
        at timestamptz not null default clock_timestamp(),
        person text not null,
        reason text not null,
        action text not null,
        subject jsonb not null
      )`);
    },
  },
  {
    name: 'messaging-0006-replay',
    async up(trx) {
      await trx.raw(`create table replay (
        id bigint generated always as identity primary key,
        group_name text not null,
        topic text not null,
        partition integer not null,
        next_offset bigint not null,
        until_offset bigint not null,
        state text not null default 'asked' check (state in ('asked', 'running', 'done', 'failed')),
        error text,
        asked_at timestamptz not null default clock_timestamp()
      )`);
      await trx.raw(
        `create unique index replay_under_way on replay (group_name, topic, partition) where state in ('asked', 'running')`,
      );
    },
  },
];
