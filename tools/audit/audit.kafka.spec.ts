import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signCheckpoint } from '#audit';
import { decode, encode, topics, type MessageOf } from '#contracts';
import { ensureTopics, kafkajsProducer, openRecordStream, platformaticProducer, topicSpans } from '#messaging';
import { migrate, openDatabase, type Database } from '#storage';
import { eventually, startDatabase, startOwnBroker, testLog, type TestDatabase } from '#testing';
import type { LogStep } from '../../apps/allocator/src/allocator.ts';
import { assembleAllocator } from '../../apps/allocator/src/assemble.ts';
import { PostgresCheckpointStore } from '../../apps/allocator/src/checkpoints/checkpoint-store.postgres.ts';
import { Checkpointer } from '../../apps/allocator/src/checkpoints/checkpointer.ts';
import { processClock } from '../../apps/allocator/src/clock.ts';
import { commitMsMax, shippedLimits } from '../../apps/allocator/src/limits.ts';
import { allocatorMigrations } from '../../apps/allocator/src/migrations.ts';
import { PostgresDecisionRows } from '../../apps/allocator/src/relay/decision-rows.postgres.ts';
import { DecisionRelay } from '../../apps/allocator/src/relay/decision-relay.ts';
import { PostgresDecisionStore } from '../../apps/allocator/src/store/decision-store.postgres.ts';
import type { Io } from '../kezek/command.ts';
import { World } from '../simulate/world.ts';
import { writeLog } from '../simulate/workload.ts';
import { command } from './command.ts';
import { countryKey } from './testing/small-country.ts';

const logTopic = topics['kezek.allocation.log'];
const decisionsTopic = topics['kezek.allocation.decisions'];
const checkpointsTopic = topics['kezek.allocation.checkpoints'];
const log = testLog('audit');
const everyDecisions = 40;

let broker: Awaited<ReturnType<typeof startOwnBroker>>;
let server: TestDatabase;
let folder: string;
let steps: readonly LogStep[];
const databases: Database[] = [];

beforeAll(async () => {
  [broker, server] = await Promise.all([startOwnBroker(), startDatabase()]);
  folder = await mkdtemp(join(tmpdir(), 'kezek-audit-'));
  const { brokers } = broker;
  await ensureTopics({ brokers, log, table: [logTopic, decisionsTopic, checkpointsTopic] });
  const written = writeLog(new World(11), 30, 300).map(({ bytes }) => bytes);
  const producer = await kafkajsProducer({ brokers, clientId: 'test', topic: logTopic.name, log });
  await producer.send(written.map((value) => ({ key: null, value, headers: {} })));
  await producer.close();
  steps = await stepsOfLog(written.length);
}, 60_000);
afterAll(async () => {
  for (const database of databases) await database.destroy();
  await Promise.all([broker.stop(), server.stop(), rm(folder, { recursive: true })]);
});

/** The log as the runtime hands it over: what cannot be read is let pass by somebody. */
async function stepsOfLog(count: number): Promise<readonly LogStep[]> {
  const plan = { brokers: broker.brokers, clientId: 'test', log, topic: logTopic.name, from: 0n };
  const stream = await openRecordStream(plan);
  const read: LogStep[] = [];
  while (read.length < count) {
    for (const { offset, timestampMs, value } of await stream.next()) {
      const place = { offset, appendedAtMs: timestampMs, bytes: value, headers: {} };
      try {
        read.push({ kind: 'record', ...place, ...decode(value!, logTopic.messages) } as unknown as LogStep);
      } catch {
        read.push({ kind: 'released', ...place, person: 'operator 1', reason: 'it is not ours', releasedAtMs: 1 });
      }
    }
  }
  await stream.close();
  return read;
}

/** The allocator without its doors and threads, with its real stores. */
async function startAllocator() {
  const { brokers } = broker;
  const plan = { url: server.urlOf('allocator'), schema: 'allocator', poolMax: 6, applicationName: 'test' };
  const database = openDatabase(plan);
  databases.push(database);
  await migrate(database, { schema: 'allocator', migrations: allocatorMigrations });
  const store = new PostgresDecisionStore(database, { commitMsMax });
  const ends: string[] = [];
  const fatal = (error: Error): void => void ends.push((error as { code?: string }).code ?? error.message);
  const publishers: { stop(): Promise<void> }[] = [];
  const lead = Promise.withResolvers<void>();
  const around = { clock: processClock, log, fatal };
  const service = await assembleAllocator({
    ...around,
    store,
    limits: shippedLimits,
    role: 'leader',
    guardsClock: false,
    startRelay: (epoch) => {
      const relay = new DecisionRelay({
        ...around,
        rows: new PostgresDecisionRows(database),
        producer: () => platformaticProducer({ brokers, clientId: 'test', topic: decisionsTopic.name, log }),
        limits: shippedLimits,
        epoch,
        report: () => undefined,
      });
      const checkpointer = new Checkpointer({
        ...around,
        store: new PostgresCheckpointStore(database),
        openLog: (from) => openRecordStream({ brokers, clientId: 'test', log, topic: logTopic.name, from }),
        producer: () => platformaticProducer({ brokers, clientId: 'test', topic: checkpointsTopic.name, log }),
        key: countryKey,
        everyDecisions,
        epoch,
        report: () => undefined,
      });
      publishers.push(relay, checkpointer);
      relay.start();
      checkpointer.start();
      lead.resolve();
      return relay;
    },
  });
  service.leadership.start();
  const stop = async (): Promise<void> => {
    await service.leadership.stop().catch(() => undefined);
    await Promise.all(publishers.map((each) => each.stop()));
    await store.close();
  };
  return { ...service, ends, leads: lead.promise, stop };
}

async function recordsOf(topic: string): Promise<readonly Buffer[]> {
  const connection = { brokers: broker.brokers, clientId: 'test', log };
  const [span] = await topicSpans(connection, [topic]);
  const stream = await openRecordStream({ ...connection, topic, from: 0n });
  const values: Buffer[] = [];
  while (values.length < Number(span!.high)) values.push(...(await stream.next()).map(({ value }) => value!));
  await stream.close();
  return values;
}

const checkpoints = async (): Promise<readonly MessageOf<'CheckpointSigned'>[]> =>
  (await recordsOf(checkpointsTopic.name)).map((value) => decode(value, ['CheckpointSigned']).value);

async function kezek(...args: string[]): Promise<{ status: number; said: string }> {
  const lines: string[] = [];
  const env = { KAFKA_BROKERS: broker.brokers.join(','), POSTGRES_URL_ALLOCATOR: server.urlOf('allocator') };
  const io = { out: (line) => lines.push(line), err: (line) => lines.push(line), root: folder, env } as Io;
  return { status: await command.run(args, io), said: lines.join('\n') };
}

const at = (name: string): string => join(folder, name);
const trusting = ['--key', countryKey.publicKey.text, '--scripted-clock'];

describe('checkpoints on real Kafka and Postgres', () => {
  it('are published in order, each the same for whoever leads, though the first leader is not told of the second', async () => {
    const first = await startAllocator();
    await first.leads;
    await first.allocator.take(steps.slice(0, 150));
    await first.allocator.drained();
    await eventually(async () => (await checkpoints()).length >= 2, 30_000);
    const second = await startAllocator();
    // Followers, and leaders that have not caught up, sign nothing.
    await second.allocator.take(steps);
    await second.leads;
    await second.allocator.drained();
    await eventually(async () => (await checkpoints()).at(-1)!.logOffset > 280n, 30_000);
    await eventually(async () => first.ends.includes('allocator-fenced'), 10_000);
    await first.stop();
    await second.stop();
    expect(second.ends).toEqual([]);
    const published = await checkpoints();
    // What one leader sent and had not noted yet, the next one sends again: the same to the last letter.
    const each = published.filter(({ number }, place) => published.findIndex((one) => one.number === number) === place);
    expect(each.map(({ number }) => number)).toEqual(each.map((_, place) => BigInt(place + 1)));
    for (const checkpoint of published) expect(checkpoint).toEqual(each[Number(checkpoint.number) - 1]);
    expect(each.length).toBeGreaterThan(5);
    expect(published.length - each.length).toBeLessThan(5);
  }, 120_000);

  it('hold in an audit of what lies on the topics', async () => {
    const { status, said } = await kezek('verify', ...trusting, '--json');
    const report = JSON.parse(said) as Record<string, unknown>;
    expect(report).toMatchObject({ holds: true, entries: steps.length, checkpointProblems: [] });
    expect(report['waiting']).toBeUndefined();
    expect(status).toBe(0);
  }, 60_000);

  it('go with log and decisions into an export, which an auditor verifies and proves from', async () => {
    const recipient = (await kezek('new-identity', at('identity'))).said;
    const exported = await kezek('export', at('export'), '--recipient', recipient, '--reason', 'the yearly audit');
    expect(exported.said).toMatch(`${steps.length} log entries`);
    const [database] = databases;
    const actions = await database!('operator_action').where({ action: 'audit-export' }).select('reason');
    expect(actions).toEqual([{ reason: 'the yearly audit' }]);
    const fromExport = ['--from', at('export'), '--identity', at('identity')];
    expect((await kezek('verify', ...fromExport, ...trusting)).said).toContain('all of it holds');
    const ofFamily = steps.find((step) => step.kind === 'record' && step.name === 'ApplicationQueued');
    const { applicationId } = (ofFamily as { value: { applicationId: string } }).value;
    await kezek('prove', applicationId, '--out', at('proof'));
    expect((await kezek('prove', applicationId, ...fromExport, '--out', at('proof-of-export'))).status).toBe(0);
    await writeFile(at('checkpoint'), `${(await kezek('checkpoint')).said}\n`);
    for (const proof of ['proof', 'proof-of-export'])
      expect(await kezek('check', at(proof), '--checkpoint', at('checkpoint'), ...trusting.slice(0, 2))).toMatchObject({
        status: 0,
        said: expect.stringContaining('the proof holds'),
      });
  }, 120_000);

  it('that somebody else publishes are noticed', async () => {
    const last = (await checkpoints()).at(-1)!;
    const { keyName: _, keyId: __, signature, ...said } = last;
    const forged = { ...signCheckpoint({ ...said, number: said.number + 1n }, countryKey), signature };
    const producer = await kafkajsProducer({
      brokers: broker.brokers,
      clientId: 'test',
      topic: checkpointsTopic.name,
      log,
    });
    await producer.send([{ key: null, value: encode('CheckpointSigned', forged), headers: {} }]);
    await producer.close();
    const { status, said: told } = await kezek('verify', ...trusting);
    expect(told).toContain(`checkpoint ${forged.number} has a signature that is not its own`);
    expect(status).toBe(1);
  }, 60_000);
});
