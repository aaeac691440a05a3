#!/bin/bash
# Run by the postgres image when its data is made: a role and a schema of the same name for each app, closed to the
# others. The embedded stack does the same in libs/stack/src/postgres-roles.ts; the container suite compares the two.
set -euo pipefail
. /run/secrets/postgres_roles # one line each: NAME_PASSWORD=letters and digits
psql=(psql -v ON_ERROR_STOP=1 --no-psqlrc --quiet --username "$POSTGRES_USER" --dbname "$POSTGRES_DB")
"${psql[@]}" -v database="$POSTGRES_DB" <<'SQL'
revoke all on database :"database" from public;
revoke all on schema public from public;
SQL
for role in intake gateway allocator notifier; do
  password=${role^^}_PASSWORD
  "${psql[@]}" -v database="$POSTGRES_DB" -v role="$role" -v password="${!password}" <<'SQL'
create role :"role" login password :'password';
grant connect, temporary on database :"database" to :"role";
create schema :"role" authorization :"role";
SQL
done
