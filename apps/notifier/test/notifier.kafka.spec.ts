import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { toDecisionBranch, topics, type Decisions } from '#contracts';
import { ensureTopics, KezekTransport, outboxOf, startRelay } from '#messaging';
import type { AnyOutgoingMessage, Received, Relay } from '#messaging';
import { newKeyringJson, openKeyring } from '#personal-data';
import { openLogger } from '#runtime';
import { migrate, openDatabase, type Database } from '#storage';
import { messagingSchema, startDatabase, startMember, startOwnBroker } from '#testing';
import type { MessagingSchema, TestDatabase } from '#testing';
import { startSink, type Sink } from '../../../tools/smpp-sink/sink.ts';
import { assembleNotifier, type Notifier } from '../src/assemble.ts';
import { noFigures } from '../src/figures.ts';
import { notifierMigrations } from '../src/migrations.ts';
import { NotifierModule } from '../src/notifier.module.ts';
import { SmppCentre } from '../src/sms/sms-centre.smpp.ts';

const families = 30;
const log = openLogger('notifier', 'fatal');
const keyring = openKeyring(newKeyringJson());

let broker: Awaited<ReturnType<typeof startOwnBroker>>;
let server: TestDatabase;
let sink: Sink;
let world: World;
let notifier: RunningNotifier;

beforeAll(async () => {
  [broker, server, sink] = await Promise.all([
    startOwnBroker(),
    startDatabase(),
    startSink({
      host: '127.0.0.1',
      smppPort: 0,
      httpPort: 0,
      systemId: 'kezek',
      password: 'sink',
      receiptDelayMs: 5,
    }),
  ]);
  await ensureTopics({ brokers: broker.brokers, log });
  world = await World.open();
  notifier = await RunningNotifier.start();
});
afterAll(async () => {
  await notifier.stop();
  await world.stop();
  await sink.close();
  await Promise.all([server.stop(), broker.stop()]);
});

describe('the notifier between real Kafka, Postgres and an SMS centre that fails', () => {
  it('tells every family everything once on each channel, in order', async () => {
    sink.centre.meet({ kind: 'throttle', times: 3 });
    sink.centre.meet({ kind: 'hang-up', times: 4 });
    sink.centre.meet({ kind: 'slow', delayMs: 200, times: 5 });
    const lives = Array.from({ length: families }, (_, n) => new Life(n));
    await world.say({ topic: 'kezek.registry', key: 'P1', name: 'PreschoolRegistered', value: preschool });
    for (const life of lives) await world.say(...life.beginning());
    await world.decide(lives.map((life) => life.queued()));
    await world.decide(lives.map((life) => life.offered()));
    sink.centre.meet({ kind: 'down', forMs: 300 });
    await world.decide(lives.map((life) => life.referred()));

    // N01, N04, N14, N21 by SMS and in the cabinet; four stages.
    const expected = families * 12;
    await until(() => world.told.length >= expected, 60_000);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(world.told).toHaveLength(expected);
    expect(new Set(world.told.map(({ deliveryId }) => deliveryId)).size).toBe(expected);
    expect(world.told.every(({ outcome }) => outcome === 'DELIVERED')).toBe(true);
    expect(sink.messages.counts()).toMatchObject({ unique: families * 4, conflicts: 0 });
    expect(sink.messages.counts().repeats).toBeGreaterThan(0);
    for (const life of lives) {
      const texts = sink.messages.page({ phone: life.phone, after: 0, limit: 10 }).map(({ text }) => text);
      expect(texts).toEqual([
        expect.stringContaining('өтінішіңіз түсті'),
        expect.stringContaining('кезекте'),
        expect.stringContaining('бос орын ұсынылды – «Балапан» (10,5 сағ'),
        expect.stringContaining('жолдама берілді'),
      ]);
      // Lines and stages keep their own order, each; between the two there is none.
      const asked = world.toGateway(life.applicationId);
      expect(asked.filter((what) => what.startsWith('N'))).toEqual(['N01', 'N04', 'N14', 'N21']);
      expect(asked.filter((what) => !what.startsWith('N'))).toEqual([
        'REGISTERED',
        'IN_PROGRESS',
        'OFFERED',
        'REFERRED',
      ]);
    }
  }, 120_000);
});

const preschool = { preschoolId: 'P1', nameKk: 'Балапан', nameRu: 'Балапан', address: '' };
const dayMs = 86_400_000;

/** One child, from receipt to referral. */
class Life {
  readonly applicationId = randomUUID();
  readonly applicantId = randomUUID();
  readonly vacancyId = randomUUID();
  readonly phone: string;
  private readonly number: string;
  private readonly at = () => ({ atMs: Date.now(), cause: 1n });

  constructor(n: number) {
    this.phone = `7701000${String(n).padStart(4, '0')}`;
    this.number = `K-${n}`;
  }

  beginning(): AnyOutgoingMessage[] {
    const { applicationId, applicantId, vacancyId } = this;
    const atMs = Date.now();
    return [
      {
        topic: 'kezek.intake.events',
        key: applicationId,
        name: 'ApplicationReceived',
        value: {
          applicationId,
          applicantId,
          applicationNumber: this.number,
          receivedAtMs: atMs,
          acceptedOn: Math.floor(atMs / dayMs),
          benefit: null,
        },
      },
      {
        topic: 'kezek.contacts',
        key: applicantId,
        name: 'ContactChanged',
        value: { applicantId, phone: `+${this.phone}`, preferredLanguage: 'kk', changedAtMs: atMs },
      },
      {
        topic: 'kezek.registry',
        key: vacancyId,
        name: 'VacancyDescribed',
        value: {
          vacancyId,
          preschoolId: 'P1',
          bulletinId: randomUUID(),
          language: 'kk',
          queue: 'ORDINARY',
          profile: null,
          birthYears: [2023],
          temporaryUntil: null,
          regimeHours: '10.5',
          groupName: 'Кіші топ',
        },
      },
    ];
  }

  queued(): Decisions.Decision {
    const { applicationId } = this;
    return { type: 'EntryQueued', ...this.at(), applicationId, preschoolId: 'P1', state: 'WAITING', position: 1 };
  }

  offered(): Decisions.Decision {
    const seat = { applicationId: this.applicationId, preschoolId: 'P1', vacancyId: this.vacancyId };
    return { type: 'OfferMade', ...this.at(), ...seat, answerByMs: Date.now() + 2 * dayMs, offeredWith: [] };
  }

  referred(): Decisions.Decision {
    const seat = { applicationId: this.applicationId, preschoolId: 'P1', vacancyId: this.vacancyId };
    const terms = { validUntilMs: Date.now() + 7 * dayMs, cancellableUntilMs: Date.now() + dayMs };
    return { type: 'ReferralIssued', ...this.at(), ...seat, ...terms };
  }
}

/** Everybody else: writes what intake and the allocator would, answers for the gateway, hears what is told. */
class World {
  readonly told: { deliveryId: string; outcome: string }[] = [];
  private readonly gateway = new Map<string, string[]>();
  private readonly add = outboxOf({ source: 'intake', personalFields: keyring });
  private readonly schema: MessagingSchema;
  private stopAll: () => Promise<void> = () => Promise.resolve();
  private offset = 0n;

  private constructor(schema: MessagingSchema) {
    this.schema = schema;
  }

  static async open(): Promise<World> {
    const schema = await messagingSchema(server.urlOf('intake'), 'intake');
    const world = new World(schema);
    const { brokers } = broker;
    const relay = await startRelay({ app: 'intake', brokers, database: schema.database, log });
    const member = await startMember({
      app: 'world',
      brokers,
      database: schema.database,
      personalFields: keyring,
      handlers: [
        { topic: topics['kezek.gateway.outbound'], record: (received) => world.answerForGateway(received) },
        { topic: topics['kezek.deliveries'], record: (received) => world.hear(received) },
      ],
    });
    world.stopAll = async () => {
      await member.stop();
      await relay.stop();
      await schema.stop();
    };
    return world;
  }

  async say(...messages: readonly AnyOutgoingMessage[]): Promise<void> {
    await this.schema.database.transaction(async (trx) => void (await this.add.all(trx, messages)));
  }

  decide(decisions: readonly Decisions.Decision[]): Promise<void> {
    this.offset += 1n;
    const logOffset = this.offset;
    const value = { logOffset, part: 0, parts: 1, edition: 'test', decisions: decisions.map(toDecisionBranch) };
    return this.say({ topic: 'kezek.allocation.decisions', key: String(logOffset), name: 'DecisionsMade', value });
  }

  /** What the gateway was asked to carry for an application, in order. */
  toGateway(applicationId: string): readonly string[] {
    return this.gateway.get(applicationId) ?? [];
  }

  stop(): Promise<void> {
    return this.stopAll();
  }

  private async hear({ name, value }: Received): Promise<void> {
    if (name === 'NoticeDelivered') this.told.push(value);
  }

  private async answerForGateway({ name, value }: Received): Promise<void> {
    if (name !== 'CabinetMessageRequested' && name !== 'MonitoringStageRequested') return;
    const { applicationId, deliveryId } = value;
    this.gateway.set(applicationId, [...this.toGateway(applicationId), 'stage' in value ? value.stage : value.notice]);
    await this.say({
      topic: 'kezek.gateway.outcomes',
      key: applicationId,
      name: 'GatewayDeliveryCompleted',
      value: {
        deliveryId,
        applicationId,
        channel: name === 'MonitoringStageRequested' ? 'MONITORING' : 'CABINET',
        outcome: 'DELIVERED',
        reason: null,
        attempts: 1,
        completedAtMs: Date.now(),
      },
    });
  }
}

/** The app as main.ts builds it, without its HTTP door. */
class RunningNotifier {
  private readonly parts: {
    app: INestMicroservice;
    relay: Relay;
    centre: SmppCentre;
    notifier: Notifier;
    database: Database;
  };

  private constructor(parts: RunningNotifier['parts']) {
    this.parts = parts;
  }

  static async start(): Promise<RunningNotifier> {
    const brokers = broker.brokers;
    const url = server.urlOf('notifier');
    const database = openDatabase({ url, schema: 'notifier', poolMax: 10, applicationName: 'notifier' });
    await migrate(database, { schema: 'notifier', migrations: notifierMigrations });
    const smpp = new URL(sink.smpp);
    const bind = { systemId: smpp.username, password: smpp.password, systemType: '' };
    const centre = new SmppCentre({ host: smpp.hostname, port: Number(smpp.port), bind, sender: 'KEZEK', log });
    const notifier = assembleNotifier({
      database,
      addToOutbox: outboxOf({ source: 'notifier', personalFields: keyring }),
      keyring,
      quietHours: 'off',
      scriptedClock: false,
      centre,
      now: Date.now,
      random: Math.random,
      figures: noFigures,
      log,
    });
    const transport = new KezekTransport({ app: 'notifier', brokers, database, personalFields: keyring, log });
    const app = await NestFactory.createMicroservice(NotifierModule.assemble(notifier.parts), {
      strategy: transport,
      logger: false,
    });
    await app.listen();
    const relay = await startRelay({ app: 'notifier', brokers, database, log });
    await centre.start(notifier.onReceipt);
    notifier.workers.forEach((worker) => worker.start());
    return new RunningNotifier({ app, relay, centre, notifier, database });
  }

  async stop(): Promise<void> {
    const { app, relay, centre, notifier, database } = this.parts;
    await Promise.all(notifier.workers.map((worker) => worker.stop()));
    await centre.stop();
    await app.close();
    await relay.stop();
    await database.destroy();
  }
}

async function until(holds: () => boolean, ms: number): Promise<void> {
  for (const endMs = Date.now() + ms; !holds(); await new Promise((resolve) => setTimeout(resolve, 50))) {
    if (Date.now() > endMs) {
      throw new Error(
        `it did not come to hold within ${ms} ms: ${world.told.length} told, ${JSON.stringify(sink.messages.counts())}`,
      );
    }
  }
}
