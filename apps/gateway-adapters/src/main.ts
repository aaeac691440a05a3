import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { ensureTopics, KezekTransport, outboxOf, startRelay } from '#messaging';
import { openKeyring } from '#personal-data';
import { openDoor, openLogger, startTracing, stopOnSignals } from '#runtime';
import { postOverHttp } from '#shep';
import { migrate, openDatabase } from '#storage';
import { assembleGateway } from './assemble.ts';
import { readConfig } from './config.ts';
import { prometheusFigures } from './figures.ts';
import { GatewayModule } from './gateway.module.ts';
import { openSoapDoor } from './inbound/soap-door.ts';
import { drainMs, forgetEveryMs, poolConnectionsMax, workerSilenceMaxMs } from './limits.ts';
import { gatewayMigrations } from './migrations.ts';
import { nobody, peerBookOf } from './peers/peer-book.ts';
import { keyOnFile } from './peers/signing-key-file.ts';

const config = readConfig(process.env);
const log = openLogger('gateway-adapters', config.LOG_LEVEL);
const tracing = startTracing('gateway-adapters', process.env, log);
const brokers = config.KAFKA_BROKERS;
const database = openDatabase({
  url: config.POSTGRES_URL,
  schema: 'gateway',
  poolMax: poolConnectionsMax,
  applicationName: 'kezek-gateway-adapters',
});
const keyring = openKeyring(config.PERSONAL_DATA_KEYS);
const followed = {
  onProblem: (error: unknown): void => log.error({ event: 'file-not-reread', err: error }),
  developmentAllowed: config.STACK !== 'production',
};

await migrate(database, { schema: 'gateway', migrations: gatewayMigrations });
await ensureTopics({ brokers, log });
const gateway = assembleGateway({
  addresses: config,
  database,
  keyring,
  addToOutbox: outboxOf({ source: 'gateway-adapters', personalFields: keyring }),
  post: postOverHttp,
  peers: config.PEERS_FILE === undefined ? nobody : peerBookOf(config.PEERS_FILE, followed),
  key: config.SIGNING_KEY_FILE === undefined ? undefined : keyOnFile(config.SIGNING_KEY_FILE, followed),
  consentParty: config.CONSENT_PARTY,
  paceLimits: config.PACE_LIMITS ?? {},
  figures: prometheusFigures(),
  logger: log,
  nowMs: Date.now,
  chance: Math.random,
});

const app = await NestFactory.create<NestFastifyApplication>(
  GatewayModule.assemble(gateway.parts),
  // Slow senders are looked for this often; Node's own 30 s would double the time they may hold a connection.
  new FastifyAdapter({ http: { connectionsCheckingInterval: 1_000 } }),
  { logger: false, abortOnError: false },
);
openSoapDoor(app, gateway.addresses, { nowMs: Date.now, conformanceToken: config.CONFORMANCE_TOKEN });
const transport = new KezekTransport({ app: 'gateway-adapters', brokers, database, personalFields: keyring, log });
app.connectMicroservice({ strategy: transport });
await app.startAllMicroservices();
const relay = await startRelay({ app: 'gateway-adapters', brokers, database, log });
const workers = gateway.start();
const forgetting = setInterval(() => {
  gateway.forget().catch((error: unknown) => log.warn({ event: 'not-forgotten', err: error }));
}, forgetEveryMs);
await openDoor(app, {
  host: config.HTTP_HOST,
  port: config.HTTP_PORT,
  addressFile: config.ADDRESS_FILE,
  live: [transport.live],
  ready: [
    transport.ready,
    relay.ready,
    {
      name: 'workers',
      problem: () =>
        workers.every((worker) => Date.now() - worker.lastPollMs() < workerSilenceMaxMs)
          ? undefined
          : 'a worker has not asked for due rows',
    },
    { name: 'database', problem: async () => void (await database.raw('select 1')) },
  ],
  logger: log,
});

stopOnSignals(
  async () => {
    clearInterval(forgetting);
    await app.close();
    await Promise.all(workers.map((worker) => worker.stop()));
    await relay.stop();
    await database.destroy();
    await tracing.stop();
  },
  { deadlineMs: drainMs, logger: log },
);
