import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { newKeyringJson, openKeyring, type Keyring } from '#personal-data';
import { openLogger } from '#runtime';
import { type DevelopmentIdentity, postOverHttp } from '#shep';
import { type Database, migrate, openDatabase } from '#storage';
import { startDatabase } from '#testing';
import { assembleGateway, type Gateway, type GatewayNeeds } from '../src/assemble.ts';
import { GatewayModule } from '../src/gateway.module.ts';
import { openSoapDoor } from '../src/inbound/soap-door.ts';
import { gatewayMigrations } from '../src/migrations.ts';
import { type PeerWritten, readPeers } from '../src/peers/peer-book.ts';

/** A message that the gateway put into its outbox. */
export interface Told {
  readonly topic: string;
  readonly key: string;
  readonly name: string;
  readonly value: Record<string, unknown>;
}

/** The gateway's database alone, emptied between tests. */
export interface GatewayDatabase {
  readonly database: Database;
  readonly url: string;
  empty(): Promise<void>;
  stop(): Promise<void>;
}

export async function startGatewayDatabase(): Promise<GatewayDatabase> {
  const testDatabase = await startDatabase();
  const url = testDatabase.urlOf('gateway');
  const database = openDatabase({ url, schema: 'gateway', poolMax: 12, applicationName: 'test' });
  await migrate(database, { schema: 'gateway', migrations: gatewayMigrations });
  return {
    database,
    url,
    async empty() {
      await database.raw('truncate verification_check, gateway_delivery, evidence, inbound_message, portal_dialogue');
      await database('evidence_head').update({ number: 0, hash: '0'.repeat(64) });
    },
    async stop() {
      await database.destroy();
      await testDatabase.stop();
    },
  };
}

export interface GatewaySetting {
  readonly database: Database;
  readonly addresses?: Partial<GatewayNeeds['addresses']>;
  /** Read at each call, so that a test may change it. */
  readonly peers?: () => readonly PeerWritten[];
  readonly identity?: DevelopmentIdentity;
  readonly keyring?: Keyring;
  readonly chance?: () => number;
  readonly needs?: Partial<GatewayNeeds>;
}

const nowhere = 'http://127.0.0.1:1/';

/** The gateway without Kafka: what it would publish is in `told`. */
export function assembledGateway(setting: GatewaySetting): { readonly gateway: Gateway; readonly told: Told[] } {
  const told: Told[] = [];
  const { identity } = setting;
  const gateway = assembleGateway({
    addresses: {
      SHEP_URL: nowhere,
      SHEP_ASYNC_URL: undefined,
      SHEP_SENDER_ID: 'kezek',
      SHEP_SENDER_PASSWORD: 'secret',
      CABINET_URL: nowhere,
      MONITORING_URL: nowhere,
      PULL_SERVICES: undefined,
      ...setting.addresses,
    },
    database: setting.database,
    keyring: setting.keyring ?? openKeyring(newKeyringJson()),
    addToOutbox: ((_trx: unknown, message: Told) => {
      told.push(message);
      return Promise.resolve(randomUUID());
    }) as never,
    post: postOverHttp,
    peers: { peers: () => readPeers({ peers: setting.peers?.() ?? [] }, true) },
    key: identity && (() => ({ kind: 'rsa', ...identity })),
    consentParty: undefined,
    paceLimits: {},
    figures: {
      answered: () => undefined,
      failed: () => undefined,
      delivered: () => undefined,
      pulled: () => undefined,
    },
    logger: openLogger('test', 'fatal'),
    nowMs: Date.now,
    chance: setting.chance ?? (() => 1),
    ...setting.needs,
  });
  return { gateway, told };
}

export interface GatewayDoor {
  readonly url: string;
  readonly app: NestFastifyApplication;
}

/** Opens the gateway's addresses on a free port. */
export async function openGatewayDoor(gateway: Gateway, arrivalMs?: number): Promise<GatewayDoor> {
  const adapter = new FastifyAdapter({ http: { connectionsCheckingInterval: 100 } } as object);
  const app = await NestFactory.create<NestFastifyApplication>(GatewayModule.assemble(gateway.parts), adapter, {
    logger: false,
  });
  const times = arrivalMs === undefined ? {} : { arrivalMs };
  openSoapDoor(app, gateway.addresses, { nowMs: Date.now, conformanceToken: 'the-token-of-the-kit', ...times });
  await app.listen(0, '127.0.0.1');
  return { app, url: await app.getUrl() };
}

/** Waits for something, at most so long. */
export async function until(condition: () => boolean, withinMs = 30_000): Promise<void> {
  const end = Date.now() + withinMs;
  while (!condition()) {
    if (Date.now() > end) throw new Error('it did not happen in time');
    await sleep(10);
  }
}
