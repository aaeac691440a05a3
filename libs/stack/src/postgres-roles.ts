import pg from 'pg';

/** The apps' roles; each owns the schema of its name in each database. */
export const appRoles = ['intake', 'gateway', 'allocator', 'notifier'] as const;
export type AppRole = (typeof appRoles)[number];
export type Role = AppRole | 'postgres';

/**
 * Makes the apps' roles and the database `kezek` with their schemas, where they are not there yet.
 * @param adminUrl address of `postgres` in the database `kezek`.
 */
export async function prepareRoles(adminUrl: string, passwords: Readonly<Record<Role, string>>): Promise<void> {
  const name = new URL(adminUrl).pathname.slice(1);
  await connected(atDatabase(adminUrl, 'postgres'), async (client) => {
    for (const role of appRoles) {
      const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [role]);
      // A password cannot be a parameter of this statement; ours are of base64url letters.
      if (rowCount === 0) await client.query(`create role ${role} login password '${passwords[role]}'`);
    }
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  });
  await prepareSchemas(adminUrl);
}

/** Makes the schemas of a database: one for each role and owned by it, closed to the others; nothing is public. */
export async function prepareSchemas(adminUrl: string): Promise<void> {
  await connected(adminUrl, async (client) => {
    const database = client.escapeIdentifier(new URL(adminUrl).pathname.slice(1));
    await client.query('begin');
    await client.query(`revoke all on database ${database} from public`);
    await client.query('revoke all on schema public from public');
    for (const role of appRoles) {
      await client.query(`grant connect, temporary on database ${database} to ${role}`);
      await client.query(`create schema if not exists ${role} authorization ${role}`);
    }
    await client.query('commit');
  });
}

/** The same server and role, another database. */
export function atDatabase(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}

/** Runs work on a connection of its own and closes it. */
export async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
