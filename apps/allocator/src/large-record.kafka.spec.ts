import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decode, encode, fromDecisionBranch, topics } from '#contracts';
import {
  ensureTopics,
  messagingMigrations,
  outboxOf,
  platformaticProducer,
  readTopic,
  startRelay,
  type RawRecord,
} from '#messaging';
import { migrate, openDatabase, type Database } from '#storage';
import { eventually, startDatabase, startMember, startOwnBroker, testLog, unsealed, type TestDatabase } from '#testing';
import { assembleAllocator } from './assemble.ts';
import { processClock } from './clock.ts';
import { commitMsMax, shippedLimits } from './limits.ts';
import { allocatorMigrations } from './migrations.ts';
import { DecisionRelay } from './relay/decision-relay.ts';
import { PostgresDecisionRows } from './relay/decision-rows.postgres.ts';
import { PostgresDecisionStore } from './store/decision-store.postgres.ts';

const log = topics['kezek.allocation.log'];
const decisions = topics['kezek.allocation.decisions'];
const nowMs = Date.now();

/** A bulletin of many seats, as no door of the hub lets it in. */
function bulletinOf(seats: number) {
  const vacancies = Array.from({ length: seats }, (_, n) => ({
    vacancyId: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    preschoolId: `preschool-${'x'.repeat(180)}`,
    language: 'kk',
    queue: 'ORDINARY' as const,
    profile: null,
    birthYears: [2022],
    temporaryUntil: null,
  }));
  return { number: 1n, atMs: nowMs, vacancies };
}
const bytesOf = (seats: number): number => encode('VacanciesPublished', bulletinOf(seats)).length;
const seatBytes = bytesOf(1_001) - bytesOf(1_000);
const seatsThatFit = 1 + Math.floor((log.recordBytesMax - 4 - bytesOf(1)) / seatBytes);

describe('a record of the allocation log as large as one may be', () => {
  let broker: Awaited<ReturnType<typeof startOwnBroker>>;
  let server: TestDatabase;
  let intake: Database;
  let allocatorDatabase: Database;
  const open = async (role: 'intake' | 'allocator', migrations: Parameters<typeof migrate>[1]['migrations']) => {
    const database = openDatabase({ url: server.urlOf(role), schema: role, poolMax: 4, applicationName: 'test' });
    await migrate(database, { schema: role, migrations });
    return database;
  };
  const add = outboxOf({ source: 'intake', personalFields: unsealed });
  const publish = (seats: number): Promise<string> =>
    intake.transaction((trx) =>
      add(trx, { topic: log.name, key: null, name: 'VacanciesPublished', value: bulletinOf(seats) }),
    );

  beforeAll(async () => {
    [broker, server] = await Promise.all([startOwnBroker(), startDatabase()]);
    intake = await open('intake', messagingMigrations);
    allocatorDatabase = await open('allocator', allocatorMigrations);
    await ensureTopics({ brokers: broker.brokers, log: testLog('topics') });
  });
  afterAll(async () => {
    await Promise.all([intake.destroy(), allocatorDatabase.destroy()]);
    await Promise.all([broker.stop(), server.stop()]);
  });

  it('passes from the outbox through the allocator, and all that it decides is published', async () => {
    expect(log.recordBytesMax - bytesOf(seatsThatFit)).toBeLessThan(seatBytes);
    await publish(seatsThatFit);
    const { brokers } = broker;
    const outbox = await startRelay({ app: 'intake', brokers, database: intake, log: testLog('outbox') });
    const allocator = await startAllocator(brokers, allocatorDatabase);
    await eventually(async () => (await openedSeats()) >= seatsThatFit, 60_000);
    expect(await openedSeats()).toBe(seatsThatFit);
    await allocator.stop();
    await outbox.stop();
  }, 120_000);

  it('one seat larger is refused where it is written, with its size and the limit, and nothing is kept of it', async () => {
    const bytes = bytesOf(seatsThatFit + 1);
    await expect(publish(seatsThatFit + 1)).rejects.toMatchObject({
      code: 'message-impossible',
      message: `VacanciesPublished of ${bytes} bytes is larger than kezek.allocation.log allows (8388608)`,
    });
    expect(await intake('outbox').select('id')).toEqual([]);
  });

  it('is refused by the broker when it comes past the outbox, much larger', async () => {
    const plan = { brokers: broker.brokers, clientId: 'stranger', topic: log.name, log: testLog('stranger') };
    const producer = await platformaticProducer(plan);
    const value = Buffer.alloc(log.recordBytesMax + 128 * 1024);
    await expect(producer.send([{ key: null, value, headers: {} }])).rejects.toMatchObject({
      code: 'broker-unavailable',
    });
    await producer.close();
  });

  async function openedSeats(): Promise<number> {
    const records: RawRecord[] = [];
    const plan = { brokers: broker.brokers, log: testLog('reader'), topic: decisions.name } as const;
    await readTopic({ ...plan, from: 'beginning', follow: false }, (record) => records.push(record) > 0);
    const lists = records.map(({ value }) => decode(value!, ['DecisionsMade']).value.decisions);
    expect(Math.max(0, ...lists.map(({ length }) => length))).toBeLessThanOrEqual(500);
    return lists.flat().filter((branch) => fromDecisionBranch(branch).type === 'VacancyOpened').length;
  }
});

/** The service without its doors. */
async function startAllocator(brokers: readonly string[], database: Database): Promise<{ stop(): Promise<void> }> {
  const store = new PostgresDecisionStore(database, { commitMsMax });
  const fatal = (error: Error): void => {
    throw error;
  };
  let relay: DecisionRelay | undefined;
  const { allocator, reader, leadership } = await assembleAllocator({
    store,
    clock: processClock,
    log: testLog('allocator'),
    limits: shippedLimits,
    role: 'leader',
    guardsClock: true,
    startRelay: (epoch) => {
      relay = new DecisionRelay({
        rows: new PostgresDecisionRows(database),
        producer: () =>
          platformaticProducer({ brokers, clientId: 'relay', topic: decisions.name, log: testLog('relay') }),
        clock: processClock,
        log: testLog('relay'),
        limits: shippedLimits,
        epoch,
        report: () => undefined,
        fatal,
      });
      relay.start();
      return relay;
    },
    fatal,
  });
  const member = await startMember({
    app: 'allocator',
    brokers,
    database,
    handlers: [{ topic: log, batch: (batch, line) => reader.read(batch, line) }],
    positions: { 'kezek.allocation.log': async () => allocator.nextOffset },
  });
  leadership.start();
  return {
    stop: async () => {
      await member.stop();
      await leadership.stop();
      await relay?.stop();
      await store.close();
    },
  };
}
