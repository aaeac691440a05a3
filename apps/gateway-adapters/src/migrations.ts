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
        application_id uuid not null,
        channel text not null,
        message_sealed text not null,
        caused_by jsonb not null,
        asked_at timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        attempts int not null default 0,
        last_problem text,
        next_attempt_at timestamptz not null default clock_timestamp(),
        outcome text,
        completed_at timestamptz
      );
      create index gateway_delivery_due on gateway_delivery (channel, next_attempt_at) where completed_at is null;
      create index gateway_delivery_line on gateway_delivery (application_id, channel, place) where completed_at is null;
    `);
  },
};

/** All of the gateway's schema; a published step is never edited. */
export const gatewayMigrations: readonly Migration[] = [...messagingMigrations, checksAndDeliveries];
