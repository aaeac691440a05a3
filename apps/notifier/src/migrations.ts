import { messagingMigrations } from '#messaging';
import type { Migration } from '#storage';

const names: Migration = {
  name: 'notifier-0001-names',
  async up(trx) {
    await trx.raw(`
      create table application (
        id uuid primary key,
        applicant_id uuid,
        number text,
        opens_at timestamptz,
        next_place int not null default 1,
        check ((applicant_id is null) = (number is null))
      );
      create table contact (
        applicant_id uuid primary key, phone_sealed text not null, language text not null check (language in ('kk', 'ru')),
        changed_at timestamptz not null
      );
      create table preschool (id text primary key, name_kk text not null, name_ru text not null);
      create table seat (
        id uuid primary key, preschool_id text not null, language text not null, group_name text not null,
        birth_years int[] not null, regime_hours text not null, temporary_until_day int
      );
      create table offer (
        application_id uuid not null, vacancy_id uuid not null, answer_by timestamptz not null,
        primary key (application_id, vacancy_id)
      );
    `);
  },
};

const deliveries: Migration = {
  name: 'notifier-0002-deliveries',
  async up(trx) {
    await trx.raw(`
      create table delivery (
        id uuid primary key,
        application_id uuid not null references application,
        place int not null,
        channel text not null check (channel in ('SMS', 'CABINET', 'MONITORING')),
        notice text not null,
        saying jsonb,
        decided_at timestamptz not null,
        answer_by timestamptz,
        at_opening boolean not null,
        ready_at timestamptz not null,
        due_at timestamptz not null,
        retry_at timestamptz not null default '-infinity',
        claimed_until timestamptz not null default '-infinity',
        state text not null default 'PENDING' check (state in ('PENDING', 'HANDED', 'DELIVERED', 'REFUSED')),
        attempts int not null default 0,
        sms_message_id text,
        destination_sealed text,
        reason text,
        cause jsonb not null,
        created_at timestamptz not null,
        handed_at timestamptz,
        ended_at timestamptz,
        unique (application_id, channel, place)
      );
      create index delivery_line on delivery (application_id, channel, place) where state = 'PENDING';
      create index delivery_sms on delivery (answer_by, due_at) where state = 'PENDING' and channel = 'SMS';
      create index delivery_gateway on delivery (due_at) where state = 'PENDING' and channel <> 'SMS';
      create index delivery_receipt on delivery (sms_message_id) where sms_message_id is not null;
      create index delivery_handed on delivery (handed_at) where state = 'HANDED';
      create index delivery_ended on delivery (ended_at) where ended_at is not null;
    `);
  },
};

const orderTimes: Migration = {
  name: 'notifier-0003-order-times',
  async up(trx) {
    await trx.raw(`
      alter table application add column received_at timestamptz;
      update application set received_at = delivery.decided_at from delivery
        where delivery.application_id = application.id and delivery.notice = 'N01';
    `);
  },
};

const heads: Migration = {
  name: 'notifier-0004-heads',
  async up(trx) {
    // The first of each line carries a mark: a backlog of a night must not be searched for them at every claim.
    await trx.raw(`
      alter table delivery add column head boolean not null default false;
      update delivery set head = true where state = 'PENDING' and place = (
        select min(place) from delivery as other where other.application_id = delivery.application_id
          and other.channel = delivery.channel and other.state = 'PENDING'
      );
      drop index delivery_sms;
      create index delivery_sms on delivery (answer_by, due_at, id) where state = 'PENDING' and channel = 'SMS' and head;
      drop index delivery_gateway;
      create index delivery_gateway on delivery (due_at) where state = 'PENDING' and channel <> 'SMS' and head;
    `);
  },
};

/** All of the notifier's schema; a published step is never edited. */
export const notifierMigrations: readonly Migration[] = [...messagingMigrations, names, deliveries, orderTimes, heads];
