import { messagingMigrations } from '#messaging';
import type { Migration } from '#storage';

const applications: Migration = {
  name: 'intake-0001-applications',
  async up(trx) {
    await trx.raw(`
      create table scripted_clock (only_row boolean primary key default true check (only_row), at timestamptz not null);
      create function hub_now() returns timestamptz language sql volatile as
        $$ select date_trunc('milliseconds', coalesce((select at from scripted_clock), clock_timestamp())) $$;

      create table allocation_clock (
        only_row boolean primary key default true check (only_row),
        last_number bigint not null, last_at timestamptz not null
      );
      insert into allocation_clock (last_number, last_at) values (0, 'epoch');

      create table preschool (
        id text primary key, name_kk text not null, name_ru text not null, address text not null,
        closed boolean not null default false
      );
      create table setting (name text primary key, digest text not null);

      create table application (
        id uuid primary key,
        number text not null unique,
        applicant_id uuid not null,
        applicant_index text not null,
        child_index text not null,
        applicant_iin_sealed text not null,
        child_iin_sealed text not null,
        birth_date_sealed text not null,
        phone_sealed text not null,
        language text not null,
        benefit text,
        category text,
        planned_age int,
        wanted jsonb not null,
        state text not null,
        grounds jsonb not null default '[]',
        received_at timestamptz not null,
        accepted_on date not null,
        choose_by timestamptz,
        queued_at timestamptz,
        ended_reason text,
        version int not null default 0
      );
      create unique index one_active_application_per_child on application (child_index)
        where state not in ('REFUSED', 'ARCHIVED', 'ENROLLED');
      create index application_applicant on application (applicant_index);
      create index application_choice on application (choose_by) where state = 'AWAITING_CHOICE';

      create table verification (
        id uuid primary key, application_id uuid not null references application, check_kind text not null,
        result text, reason_sealed text, birth_date_sealed text,
        requested_at timestamptz not null, completed_at timestamptz, delayed_since timestamptz, delay_told boolean not null default false
      );
      create index verification_application on verification (application_id);

      create table idempotency (
        scope text not null, key text not null, request_digest text not null, status int not null, body jsonb not null,
        created_at timestamptz not null default clock_timestamp(), primary key (scope, key)
      );
      create index idempotency_created on idempotency (created_at);
    `);
  },
};

const seatsAndStatus: Migration = {
  name: 'intake-0002-seats-and-status',
  async up(trx) {
    await trx.raw(`
      create table bulletin (
        id uuid primary key, number text not null, published_at timestamptz not null, seats int not null
      );
      create table vacancy (
        id uuid primary key, bulletin_id uuid not null references bulletin, place int not null, preschool_id text not null,
        seat jsonb not null, state text not null default 'PUBLISHED'
      );
      create index vacancy_bulletin on vacancy (bulletin_id, place);

      create table entry_status (
        application_id uuid not null, preschool_id text not null, state text not null, reason text,
        until timestamptz, changed_at timestamptz not null, primary key (application_id, preschool_id)
      );
      create table offer_status (
        vacancy_id uuid not null, application_id uuid not null, preschool_id text not null, state text not null,
        answer_by timestamptz, changed_at timestamptz not null, primary key (vacancy_id, application_id)
      );
      create index offer_application on offer_status (application_id);
      create table referral_status (
        application_id uuid not null, vacancy_id uuid not null, preschool_id text not null, state text not null,
        issued_at timestamptz not null, valid_until timestamptz, cancellable_until timestamptz, sign_by timestamptz,
        primary key (application_id, vacancy_id, issued_at)
      );
      create table timeline (
        id bigint generated always as identity primary key, application_id uuid not null,
        at timestamptz not null, kind text not null, details jsonb not null
      );
      create index timeline_application on timeline (application_id, id);
    `);
  },
};

const phoneMayFollow: Migration = {
  name: 'intake-0003-phone-may-follow',
  async up(trx) {
    await trx.raw('alter table application alter column phone_sealed drop not null');
  },
};

/** All of intake's schema; a published step is never edited. */
export const intakeMigrations: readonly Migration[] = [
  ...messagingMigrations,
  applications,
  seatsAndStatus,
  phoneMayFollow,
];
