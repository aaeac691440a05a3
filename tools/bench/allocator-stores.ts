import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureTopics } from '#messaging';
import { migrate, openDatabase, type Database } from '#storage';
import { closeJestRun, openJestRun, startOwnBroker, startOwnDatabaseServer, testLog } from '#testing';
import { allocatorMigrations } from '../../apps/allocator/src/migrations.ts';
import type { LogPlan, WrittenLog } from './allocator-log.ts';

/** A broker and a durable database of the bench's own, with a country's log on the topic. */
export type BenchStores = {
  readonly brokers: readonly string[];
  readonly postgresUrl: string;
  readonly database: Database;
  readonly folder: string;
  readonly snapshotFolder: string;
  readonly laterFile: string;
  readonly log: WrittenLog;
  /** The store as it was when the snapshot was taken: nothing of the mix is decided. */
  rewind(): Promise<void>;
  close(): Promise<void>;
};

/** Starts both stores and writes the log. */
export async function openBenchStores(plan: Pick<LogPlan, 'applications' | 'entries' | 'later'>): Promise<BenchStores> {
  await openJestRun();
  const [broker, server] = await Promise.all([startOwnBroker(), startOwnDatabaseServer()]);
  const { brokers } = broker;
  const folder = mkdtempSync(join(tmpdir(), 'kezek-bench-'));
  const snapshotFolder = join(folder, 'snapshots');
  const laterFile = join(folder, 'later');
  const postgresUrl = server.urlOf('allocator');
  const database = openDatabase({ url: postgresUrl, schema: 'allocator', poolMax: 2, applicationName: 'bench' });
  await migrate(database, { schema: 'allocator', migrations: allocatorMigrations });
  await ensureTopics({ brokers, log: testLog('topics') });
  const log = await writeLog({ ...plan, brokers, laterFile, snapshotFolder });
  return {
    brokers,
    postgresUrl,
    database,
    folder,
    snapshotFolder,
    laterFile,
    log,
    rewind: () => rewind(database, log),
    close: async () => {
      await database.destroy();
      await Promise.all([broker.stop(), server.stop()]);
      await closeJestRun();
      rmSync(folder, { recursive: true });
    },
  };
}

async function rewind(database: Database, { firstOffset, lastNumber, chain }: WrittenLog): Promise<void> {
  await database.raw('truncate decided');
  await database.raw(
    `update log_position set epoch = 0, next_offset = ?, last_number = ?, chain = decode(?, 'hex'),
       renewed_at = '-infinity'`,
    [firstOffset, lastNumber, chain],
  );
  await database.raw('update relay_position set epoch = 0, log_offset = ?, part = 0', [firstOffset - 1]);
  // The rows of the round before are written out now, and not while the next one is measured.
  await database.raw('vacuum analyze decided');
}

/** In a process of its own: a country takes gigabytes to invent, and readers are measured in this one. */
async function writeLog(plan: LogPlan): Promise<WrittenLog> {
  const script = join(import.meta.dirname, 'allocator-log.ts');
  const args = ['--conditions=source', '--disable-warning=TimeoutNegativeWarning', '--max-old-space-size=8192'];
  const child = spawn(process.execPath, [...args, script, JSON.stringify(plan)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (piece: Buffer) => void (said += piece.toString()));
  const status = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  if (status !== 0) throw new Error(`the log was not written: status ${status}`);
  return JSON.parse(said) as WrittenLog;
}
