import { existsSync, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { readPrivateKey } from '#audit';
import { topics, type Topic } from '#contracts';
import type { Operator } from '#messaging';
import { openKeyring, type Keyring } from '#personal-data';
import { openLogger, type Logger } from '#runtime';
import { readStackState, stackFolders } from '#stack';
import { openDatabase, type Database } from '#storage';
import { UsageError, type Io } from '../kezek/command.ts';

/** The apps with a database of their own, and the role and schema of each. */
const schemaOfApp = {
  intake: 'intake',
  'gateway-adapters': 'gateway',
  allocator: 'allocator',
  notifier: 'notifier',
} as const;
export type AppWithDatabase = keyof typeof schemaOfApp;
const apps = Object.keys(schemaOfApp) as AppWithDatabase[];

type Addresses = {
  readonly brokers: readonly string[];
  readonly urlOf: (schema: string) => string | undefined;
  readonly keys: string | undefined;
  readonly checkpointKey: string | undefined;
};

/** What an operator's command works with: the broker, the apps' databases, and the keys where they are at hand. */
export type Desk = {
  readonly brokers: readonly string[];
  readonly log: Logger;
  /** The public key of checkpoints, where a stack of this checkout runs. */
  readonly checkpointKey: string | undefined;
  /** Each app whose database can be reached from here. */
  readonly databases: ReadonlyMap<AppWithDatabase, Database>;
  /** @throws NotHere when the app's database has no address */
  databaseOf(app: string): Database;
  /** @throws NotHere when the keys of personal data are not given */
  keyring(): Keyring;
};

/** What the command needs is not running or has no address: exit status 3. */
export class NotHere extends Error {
  override readonly name = 'NotHere';
}

/** Opens a desk for one command and closes it afterwards. */
export async function atDesk(io: Io, work: (desk: Desk) => Promise<number>): Promise<number> {
  const databases = new Map<AppWithDatabase, Database>();
  try {
    const { brokers, urlOf, keys, checkpointKey } = addressesOf(io);
    for (const app of apps) {
      const schema = schemaOfApp[app];
      const url = urlOf(schema);
      if (url === undefined) continue;
      databases.set(app, openDatabase({ url, schema, poolMax: 2, applicationName: 'kezek-operator' }));
    }
    return await work({
      brokers,
      checkpointKey,
      log: openLogger('operator', io.env['LOG_LEVEL'] ?? 'silent'),
      databases,
      databaseOf: (app) => {
        const database = databases.get(app as AppWithDatabase);
        if (!database) throw new NotHere(`the database of ${app} has no address here`);
        return database;
      },
      keyring: () => {
        if (keys === undefined) throw new NotHere('PERSONAL_DATA_KEYS is not set, and no stack of this checkout runs');
        return openKeyring(keys);
      },
    });
  } catch (error) {
    if (!(error instanceof NotHere)) throw error;
    io.err(error.message);
    return 3;
  } finally {
    await Promise.all([...databases.values()].map((database) => database.destroy()));
  }
}

// The environment wins, so that the same commands work on a stack that somebody else keeps.
function addressesOf(io: Io): Addresses {
  const brokers = io.env['KAFKA_BROKERS'];
  const keys = io.env['PERSONAL_DATA_KEYS'];
  if (brokers !== undefined && brokers !== '') {
    const urlOf = (schema: string): string | undefined => io.env[`POSTGRES_URL_${schema.toUpperCase()}`];
    return { brokers: brokers.split(','), keys, urlOf, checkpointKey: undefined };
  }
  const folders = stackFolders(io.root);
  const state = readStackState(folders.stateFile);
  const kafka = state?.services.find(({ name }) => name === 'kafka');
  if (state === undefined || kafka === undefined) {
    throw new NotHere('No stack of this checkout runs; KAFKA_BROKERS and POSTGRES_URL_… name another.');
  }
  const data = folders.dataOf(state.name);
  const roles = readJson<{ port: number; passwords: Record<string, string> }>(join(data, 'postgres', 'secrets.json'));
  const secrets = readJson<{ personalDataKeys: string; checkpointKey?: string }>(join(data, 'secrets.json'));
  return {
    brokers: kafka.url.replace(/^\w+:\/\//, '').split(','),
    urlOf: (schema) => roles && `postgres://${schema}:${roles.passwords[schema]}@127.0.0.1:${roles.port}/kezek`,
    keys: keys ?? secrets?.personalDataKeys,
    checkpointKey: secrets?.checkpointKey && readPrivateKey(secrets.checkpointKey).publicKey.text,
  };
}

function readJson<T>(file: string): T | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined;
}

/** The app a consumer group belongs to: groups are `<app>.<topic>`. */
export function appOfGroup(group: string): AppWithDatabase {
  const app = apps.find((name) => group.startsWith(`${name}.`));
  if (!app) throw new UsageError(`the group ${group} belongs to none of ${apps.join(', ')}`);
  return app;
}

/** @throws UsageError that names the nearest topics */
export function topicNamed(name: string | undefined): Topic {
  if (name === undefined) throw new UsageError('a topic is missing');
  const topic = Object.values(topics).find((each) => each.name === name || each.name === `kezek.${name}`);
  if (!topic) throw new UsageError(`there is no topic ${name}; kezek topics lists them`);
  return topic;
}

/** Who acts, and why. @throws UsageError without a reason */
export function operatorOf({ person, reason }: { person?: string | undefined; reason?: string | undefined }): Operator {
  if (reason === undefined || reason.trim() === '') throw new UsageError('--reason is missing: it is kept');
  return { person: person ?? userInfo().username, reason };
}
