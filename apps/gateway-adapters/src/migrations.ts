import { messagingMigrations } from '#messaging';
import type { Migration } from '#storage';

const checksAndDeliveries: Migration = {
  name: 'gateway-0001-checks-and-deliveries',
  async up(trx) {
    await trx.raw(`
      create table verification_check (
        id uuid primary key,
        application_id uuid not null,
        kind text not null,
        benefit_sealed text,
        applicant_iin_sealed text not null,
        child_iin_sealed text not null,
        source text not null,
        caused_by jsonb not null,
        asked_at timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        attempts int not null default 0,
        answers_refused int not null default 0,
        first_failed_at timestamptz,
        last_problem text,
        next_attempt_at timestamptz not null default clock_timestamp(),
        result text,
        completed_at timestamptz
      );
      comment on column verification_check.next_attempt_at is 'while a worker has the row: the end of its lease';
      comment on column verification_check.answers_refused is 'answers that were no answer; each makes new message ids';
      create index verification_check_due on verification_check (source, next_attempt_at) where completed_at is null;

      create table gateway_delivery (
        id uuid primary key,
        place bigint generated always as identity,
        line_id uuid not null,
        channel text not null,
        message_sealed text not null,
        caused_by jsonb not null,
        asked_at timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        attempts int not null default 0,
        last_problem text,
        next_attempt_at timestamptz not null default clock_timestamp(),
        outcome text,
        gateway_message_id text,
        gateway_state text,
        completed_at timestamptz
      );
      comment on column gateway_delivery.line_id is 'the application, or a dialogue without one: order is kept within it';
      create index gateway_delivery_gateway_message on gateway_delivery (gateway_message_id);
      create index gateway_delivery_due on gateway_delivery (channel, next_attempt_at) where completed_at is null;
      create index gateway_delivery_line on gateway_delivery (line_id, channel, place) where completed_at is null;
    `);
  },
};

const exchanges: Migration = {
  name: 'gateway-0002-evidence-and-inbound',
  async up(trx) {
    await trx.raw(`
      create table evidence_head (
        only_row boolean primary key default true check (only_row), number bigint not null, hash text not null
      );
      insert into evidence_head (number, hash) values (0, repeat('0', 64));
      create table evidence (
        number bigint primary key,
        previous_hash text not null,
        hash text not null,
        at_ms bigint not null,
        exchange_id uuid not null,
        direction text not null,
        part text not null,
        peer text not null,
        service_id text not null,
        message_id text not null,
        correlation_id text,
        outcome text not null,
        fingerprint text,
        signature text,
        body_digest text not null,
        body_bytes int not null,
        body_sealed text,
        beginning_sealed text
      );
      create index evidence_exchange on evidence (exchange_id);
      create index evidence_message on evidence (message_id);
      comment on column evidence.beginning_sealed is 'of a message that a stranger sent and that is too long to keep';

      create table inbound_message (
        peer text not null,
        sender_id text not null,
        service_id text not null,
        message_id text not null,
        digest text not null,
        answer_sealed text not null,
        received_at timestamptz not null default clock_timestamp(),
        primary key (peer, sender_id, service_id, message_id)
      );
      create index inbound_message_age on inbound_message (received_at);

      create table portal_dialogue (
        id uuid primary key,
        peer text not null,
        service_id text not null,
        correlation_id text not null,
        request_number text not null,
        application_id uuid,
        opened_at timestamptz not null default clock_timestamp(),
        closed_at timestamptz,
        unique (peer, correlation_id)
      );
      create index portal_dialogue_application on portal_dialogue (application_id);
    `);
  },
};

const questionsWithoutChild: Migration = {
  name: 'gateway-0003-questions-without-child',
  async up(trx) {
    await trx.raw('alter table verification_check alter column child_iin_sealed drop not null');
  },
};

const endsOfDialogues: Migration = {
  name: 'gateway-0004-ends-of-dialogues',
  async up(trx) {
    await trx.raw('alter table portal_dialogue add column ended_by text');
  },
};

/** All of the gateway's schema; a published step is never edited. */
export const gatewayMigrations: readonly Migration[] = [
  ...messagingMigrations,
  checksAndDeliveries,
  exchanges,
  questionsWithoutChild,
  endsOfDialogues,
];
