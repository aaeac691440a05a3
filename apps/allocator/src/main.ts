import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { ensureTopics, KezekTransport, livePartitions } from '#messaging';
import { openKeyring } from '#personal-data';
import { Failure, openDoor, openLogger, startTracing, stopOnSignals } from '#runtime';
import { migrate, openDatabase } from '#storage';
import { AllocatorModule } from './allocator.module.ts';
import { assembleAllocator } from './assemble.ts';
import { CheckpointWorker } from './checkpoints/checkpoint-worker.ts';
import { processClock } from './clock.ts';
import { readConfig } from './config.ts';
import { registerFigures } from './figures.ts';
import { commitMsMax, drainMs, poolConnectionsMax, shippedLimits, snapshotsKeptMax } from './limits.ts';
import { allocatorMigrations } from './migrations.ts';
import { RelayWorker } from './relay/relay-worker.ts';
import { SnapshotFiles } from './snapshots/snapshot-files.ts';
import { PostgresDecisionStore } from './store/decision-store.postgres.ts';

const config = readConfig(process.env);
const log = openLogger('allocator', config.LOG_LEVEL);
const tracing = startTracing('allocator', process.env, log);
const brokers = config.KAFKA_BROKERS;
const database = openDatabase({
  url: config.POSTGRES_URL,
  schema: 'allocator',
  poolMax: poolConnectionsMax,
  applicationName: 'kezek-allocator',
});

await migrate(database, { schema: 'allocator', migrations: allocatorMigrations });
await ensureTopics({ brokers, log });
const partitions = await livePartitions('kezek.allocation.log', { brokers, log });
if (partitions !== 1) {
  throw new Failure('log-not-single', `the log has ${partitions} partitions; with more than one there is no one order`);
}

let isStopping = false;
const fatal = (error: Error): void => {
  const foreseen = error instanceof Failure;
  // We have resigned, and a follower has taken over before our last place was noted: that is a stop in good order.
  if (isStopping && foreseen && error.code === 'allocator-fenced') {
    log.info({ event: 'succeeded-while-stopping' });
    return;
  }
  log.fatal({ event: 'stopped-for-good', err: error, code: foreseen ? error.code : 'bug' });
  process.exit(foreseen ? 71 : 70);
};
const store = new PostgresDecisionStore(database, { commitMsMax });
let relay: RelayWorker | undefined;
let checkpoints: CheckpointWorker | undefined;
const folder = config.SNAPSHOT_DIRECTORY;
const { allocator, reader, leadership, snapshots } = await assembleAllocator({
  store,
  clock: processClock,
  log,
  limits: shippedLimits,
  role: config.ALLOCATOR_ROLE,
  snapshots: folder === undefined ? undefined : new SnapshotFiles({ folder, keptMax: snapshotsKeptMax, log }),
  guardsClock: config.STACK === 'production',
  startRelay: (epoch) => {
    const plan = { postgresUrl: config.POSTGRES_URL, brokers, logLevel: config.LOG_LEVEL, epoch };
    const key = config.CHECKPOINT_KEY;
    if (key === undefined) log.warn({ event: 'no-checkpoints', reason: 'CHECKPOINT_KEY is not set' });
    else {
      const settings = { key, everyDecisions: config.CHECKPOINT_EVERY_DECISIONS };
      checkpoints = new CheckpointWorker({ ...plan, ...settings }, { fatal, log });
    }
    return (relay = new RelayWorker(plan, { fatal, log }));
  },
  fatal,
});
const app = await NestFactory.create<NestFastifyApplication>(
  AllocatorModule.assemble({ allocator, reader, queryToken: config.ALLOCATOR_QUERY_TOKEN }),
  new FastifyAdapter(),
  { logger: false, abortOnError: false },
);
const transport = new KezekTransport({
  app: 'allocator',
  // Every process reads the whole log; a group of its own spares it the wait for one that died.
  instance: randomBytes(4).toString('hex'),
  brokers,
  database,
  personalFields: openKeyring(config.PERSONAL_DATA_KEYS),
  log,
  positions: { 'kezek.allocation.log': async () => allocator.nextOffset },
});
app.connectMicroservice({ strategy: transport });
await app.startAllMicroservices();
leadership.start();
registerFigures(allocator, {
  publishedOffset: () => relay?.published?.logOffset,
  checkpoint: () => checkpoints?.published,
});
await openDoor(app, {
  host: config.HTTP_HOST,
  port: config.HTTP_PORT,
  addressFile: config.ADDRESS_FILE,
  live: [transport.live],
  ready: [
    transport.ready,
    leadership.ready,
    { name: 'relay', problem: () => relay?.ready.problem() },
    { name: 'database', problem: async () => void (await database.raw('select 1')) },
  ],
  logger: log,
});

stopOnSignals(
  async () => {
    isStopping = true;
    await app.close();
    await leadership.stop();
    await Promise.all([relay?.stop(), checkpoints?.stop()]);
    await snapshots?.done();
    await store.close();
    await database.destroy();
    await tracing.stop();
  },
  { deadlineMs: drainMs, logger: log },
);
