/**
 * The allocator's pipeline without Postgres, as a process: what is decided goes to the publishing thread at once. A crash
 * would lose the position; it is here to show what storing costs.
 */
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Worker } from 'node:worker_threads';
import { topics } from '#contracts';
import { openLogger } from '#runtime';
import { openDatabase } from '#storage';
import { startMember } from '#testing';
import { register } from 'prom-client';
import { assembleAllocator } from '../../apps/allocator/src/assemble.ts';
import { processClock } from '../../apps/allocator/src/clock.ts';
import { registerFigures } from '../../apps/allocator/src/figures.ts';
import { poolConnectionsMax, shippedLimits } from '../../apps/allocator/src/limits.ts';
import { SnapshotFiles } from '../../apps/allocator/src/snapshots/snapshot-files.ts';
import type { DecisionStore, Stored } from '../../apps/allocator/src/store/decision-store.ts';
import { PostgresDecisionStore } from '../../apps/allocator/src/store/decision-store.postgres.ts';

/** Bytes on their way to the publishing thread; beyond, a commit waits. */
const travellingMax = 16 * 1024 * 1024;

const { env } = process;
const brokers = env['KAFKA_BROKERS']!.split(',');
const log = openLogger('unstored', 'warn');
const database = openDatabase({
  url: env['POSTGRES_URL']!,
  schema: 'allocator',
  poolMax: poolConnectionsMax,
  applicationName: 'bench-unstored',
});
const publisher = new Worker(new URL('./allocator-unstored-relay.ts', import.meta.url), { workerData: { brokers } });
let published: bigint | undefined;
let travelling = 0;
let arrived: () => void = () => undefined;
publisher.on('message', (sent: { readonly offset: bigint; readonly bytes: number }) => {
  published = sent.offset;
  travelling -= sent.bytes;
  arrived();
});
const fail = (error: Error): void => {
  log.error({ err: error });
  process.exit(1);
};
publisher.on('error', fail);

/** Where the snapshot was taken is read from Postgres, once; nothing is written there. */
let position: Stored = await new PostgresDecisionStore(database, { commitMsMax: 1_000 }).read();
const store: DecisionStore = {
  read: async () => position,
  claim: async (epoch) => (position = { ...position, epoch: epoch + 1n }),
  renew: async () => true,
  resign: async () => undefined,
  links: async () => [],
  commit: async (_epoch, { to, rows, copied }) => {
    position = { ...position, ...to };
    if (rows.length === 0) return;
    const bytes = copied();
    travelling += bytes.length;
    publisher.postMessage(bytes, [bytes.buffer]);
    while (travelling > travellingMax) await new Promise<void>((resolve) => (arrived = resolve));
  },
};
const { allocator, reader, leadership } = await assembleAllocator({
  store,
  clock: processClock,
  log,
  limits: shippedLimits,
  role: 'leader',
  guardsClock: false,
  snapshots: new SnapshotFiles({ folder: env['SNAPSHOT_DIRECTORY']!, keptMax: 3, log }),
  startRelay: () => ({ committed: () => undefined }),
  fatal: fail,
});
await startMember({
  app: `unstored-${process.pid}`,
  brokers,
  database,
  log,
  handlers: [{ topic: topics['kezek.allocation.log'], batch: (batch, line) => reader.read(batch, line) }],
  positions: { 'kezek.allocation.log': async () => allocator.nextOffset },
});
leadership.start();
registerFigures(allocator, { publishedOffset: () => published, checkpoint: () => undefined });
const server = createServer((_request, response) => void register.metrics().then((text) => response.end(text)));
server.listen(0, '127.0.0.1', () => {
  writeFileSync(env['ADDRESS_FILE']!, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
process.once('SIGTERM', () => process.exit(0));
