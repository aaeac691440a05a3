import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { topics } from '#contracts';
import { ensureTopics, KezekTransport, outboxOf, startRelay } from '#messaging';
import { openKeyring } from '#personal-data';
import { Failure, openDoor, openLogger, stopOnSignals } from '#runtime';
import { migrate, openDatabase } from '#storage';
import { AllocatorModule } from './allocator.module.ts';
import { Allocator } from './allocator.ts';
import { readConfig } from './config.ts';
import { PostgresDecisionStore } from './decision-store.postgres.ts';
import { drainMs, poolConnectionsMax } from './limits.ts';
import { allocatorMigrations } from './migrations.ts';

const config = readConfig(process.env);
const log = openLogger('allocator', config.LOG_LEVEL);
const brokers = config.KAFKA_BROKERS;
if (topics['kezek.allocation.log'].partitions !== 1) {
  throw new Failure('log-not-single', 'the allocation log has one partition, or there is no one order');
}
const database = openDatabase({
  url: config.POSTGRES_URL,
  schema: 'allocator',
  poolMax: poolConnectionsMax,
  applicationName: 'kezek-allocator',
});
const keyring = openKeyring(config.PERSONAL_DATA_KEYS);

await migrate(database, { schema: 'allocator', migrations: allocatorMigrations });
await ensureTopics({ brokers, log });
const addToOutbox = outboxOf({ source: 'allocator', personalFields: keyring });
const allocator = new Allocator(new PostgresDecisionStore(database, addToOutbox), log);
await allocator.start();

const stopProcess = (failure: Failure): void => {
  log.fatal({ event: 'stopped-for-good', err: failure, code: failure.code });
  process.exit(71);
};
const app = await NestFactory.create<NestFastifyApplication>(
  AllocatorModule.assemble({ allocator, logger: log, stopProcess }),
  new FastifyAdapter(),
  { logger: false },
);
const transport = new KezekTransport({
  app: 'allocator',
  brokers,
  database,
  personalFields: keyring,
  log,
  positions: { 'kezek.allocation.log': async () => allocator.readFrom },
});
app.connectMicroservice({ strategy: transport });
await app.startAllMicroservices();
const relay = await startRelay({ app: 'allocator', brokers, database, log });
await openDoor(app, {
  host: config.HTTP_HOST,
  port: config.HTTP_PORT,
  addressFile: config.ADDRESS_FILE,
  live: [transport.live],
  ready: [
    transport.ready,
    relay.ready,
    {
      name: 'history',
      problem: () => (allocator.nextOffset < allocator.storedOffset ? 'still deciding the past again' : undefined),
    },
    { name: 'database', problem: async () => void (await database.raw('select 1')) },
  ],
  logger: log,
});

stopOnSignals(
  async () => {
    await app.close();
    await relay.stop();
    await database.destroy();
  },
  { deadlineMs: drainMs, logger: log },
);
