import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { calendarYears, workingCalendar } from '#calendar';
import { ensureTopics, KezekTransport, outboxOf, startRelay } from '#messaging';
import { openKeyring } from '#personal-data';
import { openDoor, openLogger, startTracing, stopOnSignals } from '#runtime';
import { migrate, openDatabase } from '#storage';
import { assembleIntake } from './assemble.ts';
import { startTicker } from './clock/clock.ticker.ts';
import { readConfig } from './config.ts';
import { ProblemFilter } from './http/problem.filter.ts';
import { IntakeModule } from './intake.module.ts';
import { clockTickMs, drainMs, poolConnectionsMax, requestBytesMax } from './limits.ts';
import { intakeMigrations } from './migrations.ts';
import { readPreschoolsFile } from './preschools/preschools.postgres.ts';

const config = readConfig(process.env);
const log = openLogger('intake', config.LOG_LEVEL);
const tracing = startTracing('intake', process.env, log);
const brokers = config.KAFKA_BROKERS;
const database = openDatabase({
  url: config.POSTGRES_URL,
  schema: 'intake',
  poolMax: poolConnectionsMax,
  applicationName: 'kezek-intake',
});
const keyring = openKeyring(config.PERSONAL_DATA_KEYS);

await migrate(database, { schema: 'intake', migrations: intakeMigrations });
await ensureTopics({ brokers, log });
const intake = assembleIntake({
  database,
  addToOutbox: outboxOf({ source: 'intake', personalFields: keyring }),
  keyring,
  logger: log,
  allocatorUrl: config.ALLOCATOR_URL,
  allocatorQueryToken: config.ALLOCATOR_QUERY_TOKEN,
  calendar: workingCalendar(calendarYears.first, calendarYears.last),
  scriptedClock: config.STACK !== 'production',
});
await intake.begin(await readPreschoolsFile(config.PRESCHOOLS_FILE));

const app = await NestFactory.create<NestFastifyApplication>(
  IntakeModule.assemble(intake.parts),
  new FastifyAdapter({ bodyLimit: requestBytesMax }),
  { logger: false, abortOnError: false },
);
app.useGlobalFilters(new ProblemFilter(log));
const transport = new KezekTransport({ app: 'intake', brokers, database, personalFields: keyring, log });
app.connectMicroservice({ strategy: transport });
await app.startAllMicroservices();
const relay = await startRelay({ app: 'intake', brokers, database, log });
const stopTicker = startTicker(intake.tick, clockTickMs, log);
await openDoor(app, {
  host: config.HTTP_HOST,
  port: config.HTTP_PORT,
  addressFile: config.ADDRESS_FILE,
  live: [transport.live],
  ready: [
    transport.ready,
    relay.ready,
    { name: 'database', problem: async () => void (await database.raw('select 1')) },
  ],
  logger: log,
});

stopOnSignals(
  async () => {
    await stopTicker();
    await app.close();
    await relay.stop();
    await database.destroy();
    await tracing.stop();
  },
  { deadlineMs: drainMs, logger: log },
);
