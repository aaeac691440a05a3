import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  appRoles,
  atDatabase,
  connected,
  prepareSchemas,
  startPostgres,
  withLock,
  type Postgres,
  type Role,
} from '#stack';
import { startContainerDatabase, storesAreContainers } from './container-stores.ts';
import { jestRunDirectory } from './jest-run.ts';

export type TestDatabase = {
  /** Its address for a role: an app's (which owns the schema of its name), or `postgres`, which may do everything. */
  urlOf(role: Role): string;
  /** Drops it, whoever is still connected. */
  stop(): Promise<void>;
};

/**
 * A fresh database for one suite, with the apps' roles and empty schemas, on the server that all suites of a jest run
 * share; the first that asks starts the server (1 s), the end of the run stops it. The server does not wait for the disk.
 */
export async function startDatabase(): Promise<TestDatabase> {
  const urls = await sharedServer();
  const name = `test_${randomBytes(8).toString('hex')}`;
  const urlOf = (role: Role) => atDatabase(urls[role], name);
  await connected(atDatabase(urls.postgres, 'postgres'), (client) => client.query(`create database ${name}`));
  await prepareSchemas(urlOf('postgres'));
  return {
    urlOf,
    stop: async () => {
      await connected(atDatabase(urls.postgres, 'postgres'), (client) =>
        client.query(`drop database ${name} with (force)`),
      );
    },
  };
}

/**
 * A server for one suite alone, durable as a stack's, which may kill it, stop it and start it again (`restart` keeps
 * its port and its data). The suite stops it in its afterAll.
 */
export async function startOwnDatabaseServer(): Promise<
  Pick<Postgres, 'urlOf' | 'pid' | 'stop' | 'kill'> & { restart(): Promise<void> }
> {
  if (storesAreContainers()) return startContainerDatabase();
  const name = `postgres-${randomUUID()}`;
  const plan = { directory: join(jestRunDirectory(), name), recordFile: recordFile(name), outlivesUs: true };
  let postgres = await startPostgres(plan);
  return {
    urlOf: postgres.urlOf,
    pid: () => postgres.pid(),
    stop: () => postgres.stop(),
    kill: () => postgres.kill(),
    restart: async () => {
      await postgres.stop();
      postgres = await startPostgres(plan);
    },
  };
}

type Urls = Readonly<Record<Role, string>>;

function sharedServer(): Promise<Urls> {
  const directory = join(jestRunDirectory(), 'database');
  return withLock(`${directory}.lock`, async () => {
    const file = join(directory, 'urls.json');
    if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Urls;
    const plan = { directory, durable: false, recordFile: recordFile('postgres'), outlivesUs: true };
    const { urlOf } = await startPostgres(plan);
    const urls = Object.fromEntries([...appRoles, 'postgres' as const].map((role) => [role, urlOf(role)])) as Urls;
    writeFileSync(file, JSON.stringify(urls), { mode: 0o600 });
    return urls;
  });
}

function recordFile(name: string): string {
  return join(jestRunDirectory(), 'records', `${name}.pid`);
}
