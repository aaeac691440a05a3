import type { HubContainers } from './hub-containers.ts';

/** Roles and schemas as in deploy/postgres/roles.sh, for an environment whose images come alone. */
export async function prepareDatabase(hub: HubContainers): Promise<void> {
  const { postgres, ...roles } = hub.plan.secrets.passwords;
  const statements = [
    'revoke all on database kezek from public',
    'revoke all on schema public from public',
    // Our passwords are hexadecimal, so they need no quoting.
    ...Object.entries(roles).flatMap(([role, password]) => [
      `create role ${role} login password '${password}'`,
      `grant connect, temporary on database kezek to ${role}`,
      `create schema ${role} authorization ${role}`,
    ]),
  ];
  const psql = ['psql', '-v', 'ON_ERROR_STOP=1', '-q', '-h', '127.0.0.1', '-U', 'postgres', '-d', 'kezek'];
  await hub.run('postgres', [...psql, ...statements.flatMap((statement) => ['-c', statement])], {
    PGPASSWORD: postgres,
  });
}
