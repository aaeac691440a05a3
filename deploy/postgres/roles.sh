#!/bin/bash
# Run once by the postgres image on an empty database: one role and one schema per app, each closed to the others.
# The embedded stack does the same in libs/stack/src/postgres-roles.ts.
set -euo pipefail

psql -v ON_ERROR_STOP=1 --username postgres --dbname "$POSTGRES_DB" <<SQL
revoke all on database "$POSTGRES_DB" from public;
revoke all on schema public from public;
SQL
for role in intake gateway allocator notifier; do
  variable="${role^^}_PASSWORD"
  psql -v ON_ERROR_STOP=1 -v password="${!variable}" --username postgres --dbname "$POSTGRES_DB" <<SQL
create role $role login password :'password';
grant connect, temporary on database "$POSTGRES_DB" to $role;
create schema $role authorization $role;
SQL
done
