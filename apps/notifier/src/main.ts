import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { ensureTopics, KezekTransport, outboxOf, startRelay } from '#messaging';
import { openKeyring } from '#personal-data';
import { openDoor, openLogger, startTracing, stopOnSignals } from '#runtime';
import { migrate, openDatabase } from '#storage';
import { assembleNotifier } from './assemble.ts';
import { readConfig } from './config.ts';
import { prometheusFigures } from './figures.ts';
import { drainMs, poolConnectionsMax } from './limits.ts';
import { notifierMigrations } from './migrations.ts';
import { NotifierModule } from './notifier.module.ts';
import { SmppCentre } from './sms/sms-centre.smpp.ts';

const config = readConfig(process.env);
const log = openLogger('notifier', config.LOG_LEVEL);
const tracing = startTracing('notifier', process.env, log);
const brokers = config.KAFKA_BROKERS;
const database = openDatabase({
  url: config.POSTGRES_URL,
  schema: 'notifier',
  poolMax: poolConnectionsMax,
  applicationName: 'kezek-notifier',
});
const keyring = openKeyring(config.PERSONAL_DATA_KEYS);

await migrate(database, { schema: 'notifier', migrations: notifierMigrations });
await ensureTopics({ brokers, log });
const centre = new SmppCentre({ ...config.SMPP_URL, sender: config.SMS_SENDER, log });
const notifier = assembleNotifier({
  database,
  addToOutbox: outboxOf({ source: 'notifier', personalFields: keyring }),
  keyring,
  quietHours: config.QUIET_HOURS,
  scriptedClock: config.STACK !== 'production',
  centre,
  now: Date.now,
  random: Math.random,
  figures: prometheusFigures(),
  log,
});

const app = await NestFactory.create<NestFastifyApplication>(
  NotifierModule.assemble(notifier.parts),
  new FastifyAdapter(),
  { logger: false, abortOnError: false },
);
const transport = new KezekTransport({ app: 'notifier', brokers, database, personalFields: keyring, log });
app.connectMicroservice({ strategy: transport });
await app.startAllMicroservices();
const relay = await startRelay({ app: 'notifier', brokers, database, log });
await centre.start(notifier.onReceipt);
notifier.workers.forEach((worker) => worker.start());
await openDoor(app, {
  host: config.HTTP_HOST,
  port: config.HTTP_PORT,
  addressFile: config.ADDRESS_FILE,
  live: [transport.live],
  ready: [
    transport.ready,
    relay.ready,
    { name: 'database', problem: async () => void (await database.raw('select 1')) },
    { name: 'workers', problem: () => notifier.workers.find(({ trouble }) => trouble !== undefined)?.trouble },
  ],
  logger: log,
});

stopOnSignals(
  async () => {
    await Promise.all(notifier.workers.map((worker) => worker.stop()));
    await centre.stop();
    await app.close();
    await relay.stop();
    await database.destroy();
    await tracing.stop();
  },
  { deadlineMs: drainMs, logger: log },
);
