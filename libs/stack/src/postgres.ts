import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { keptOrFreePort } from './ports.ts';
import { dataPlace, postgresPrograms, postgresUser, type SystemUser } from './postgres-place.ts';
import { prepareRoles, type Role } from './postgres-roles.ts';
import { startService, type Service, type ServiceEvent } from './service.ts';

export type PostgresPlan = {
  /** Holds its data, its passwords and its log. An existing one is used as it is. */
  readonly directory: string;
  /** Where it listens on the loopback interface; without it, the port this directory had before, or a free one. */
  readonly port?: number;
  /** False (for tests only) gives up the disk's word for speed: a crash of the machine may lose everything. Default true. */
  readonly durable?: boolean;
  readonly restarts?: boolean;
  /** Where the record of its process and its log lie; default in the directory. */
  readonly recordFile?: string;
  readonly logFile?: string;
  readonly outlivesUs?: boolean;
  readonly report?: (event: ServiceEvent) => void;
  /** Aborting it ends the start. */
  readonly giveUp?: AbortSignal;
};

export type Postgres = Service & {
  readonly port: number;
  readonly logFile: string;
  /** Address of a role of the database `kezek`, with its password. */
  urlOf(role: Role): string;
};

type Secrets = { readonly port: number; readonly passwords: Readonly<Record<Role, string>> };

const databaseName = 'kezek';
const readyMsMax = 60_000;
const stopMsMax = 15_000;

/**
 * Starts PostgreSQL on 127.0.0.1 only, with the database `kezek`: one role and one schema per app, each closed to the
 * others (postgres-roles.ts).
 * @throws Error with the tail of its log where it does not serve within a minute.
 */
export async function startPostgres(plan: PostgresPlan): Promise<Postgres> {
  mkdirSync(plan.directory, { recursive: true });
  const user = postgresUser();
  const programs = await postgresPrograms(user);
  const secrets = await secretsOf(plan);
  const data = dataPlace(join(plan.directory, 'data'), user);
  await initialiseOnce(programs, data, secrets.passwords.postgres, user);
  const logFile = plan.logFile ?? join(plan.directory, 'postgres.log');
  const urlOf = (role: Role) =>
    `postgres://${role}:${secrets.passwords[role]}@127.0.0.1:${secrets.port}/${databaseName}`;
  const service = await startService(
    {
      name: 'postgres',
      command: {
        file: join(programs, 'bin', 'postgres'),
        args: ['-D', data, ...settings(secrets.port, plan.durable ?? true).flatMap((setting) => ['-c', setting])],
        env: postgresEnvironment(),
        cwd: '/',
        ...(user === undefined ? {} : { user }),
      },
      files: { log: logFile, record: plan.recordFile ?? join(plan.directory, 'postgres.pid') },
      isReady: () => answers(urlOf('postgres').replace(`/${databaseName}`, '/postgres')),
      readyMsMax,
      // Fast shutdown: SIGTERM would wait for every client to leave.
      stopSignal: 'SIGINT',
      stopMsMax,
      restarts: plan.restarts ?? false,
      outlivesUs: plan.outlivesUs ?? false,
    },
    plan.report,
    plan.giveUp,
  );
  await prepareRoles(urlOf('postgres'), secrets.passwords);
  return { ...service, port: secrets.port, logFile, urlOf };
}

function settings(port: number, durable: boolean): string[] {
  return [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    // A socket file would need a folder, and its path is limited to a hundred characters.
    'unix_socket_directories=',
    'max_connections=200',
    'shared_buffers=128MB',
    'log_timezone=UTC',
    'timezone=UTC',
    ...(durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
  ];
}

async function initialiseOnce(programs: string, data: string, password: string, user: SystemUser | undefined) {
  if (existsSync(join(data, 'PG_VERSION'))) return;
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const passwordFile = join(data, '..', `.initial-password-${randomBytes(6).toString('hex')}`);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user !== undefined) [data, passwordFile].forEach((path) => chownSync(path, user.uid, user.gid));
  // The same order of text on every machine, and upper and lower case of Kazakh letters without a locale of the system.
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--encoding=UTF8'];
  const access = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  try {
    await promisify(execFile)(join(programs, 'bin', 'initdb'), ['-D', data, '--no-sync', ...locale, ...access], {
      cwd: '/',
      env: postgresEnvironment(),
      timeout: readyMsMax,
      ...user,
    });
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** The port and the passwords of this directory, kept: what connected before a restart connects after it. */
async function secretsOf(plan: PostgresPlan): Promise<Secrets> {
  const file = join(plan.directory, 'secrets.json');
  const before = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Secrets) : undefined;
  const port = plan.port ?? (await keptOrFreePort(before?.port));
  const secrets: Secrets = { port, passwords: before?.passwords ?? newPasswords() };
  writeFileSync(file, `${JSON.stringify(secrets, undefined, 2)}\n`, { mode: 0o600 });
  return secrets;
}

function newPasswords(): Secrets['passwords'] {
  const password = () => randomBytes(18).toString('base64url');
  return {
    postgres: password(),
    intake: password(),
    gateway: password(),
    allocator: password(),
    notifier: password(),
  };
}

/** No PG variable of the developer's shell, and no locale but the server's own. */
function postgresEnvironment(): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' };
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
  // A server that stops while we ask says so on the connection too.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } finally {
    await client.end().catch(() => undefined);
  }
}
