import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { topics, type Topic } from '#contracts';
import { ensureTopics, outboxOf, startRelay, type AddToOutbox, type Received, type Relay } from '#messaging';
import { newKeyringJson, openKeyring, type Keyring } from '#personal-data';
import { Failure } from '#runtime';
import type { Database, Transaction } from '#storage';
import {
  eventually,
  hastyLimits,
  messagingSchema,
  startDatabase,
  startMember,
  startOwnBroker,
  testLog,
  type HandlerPlan,
  type MessagingSchema,
  type TestDatabase,
} from '#testing';
import { DeadLetterStory } from './dead-letter-story.ts';
import { command as dlq } from './dlq.ts';
import { command as lag } from './lag.ts';
import { command as parked } from './parked.ts';
import { command as releaseLine } from './release-line.ts';
import { command as replayGroup } from './replay-group.ts';
import { command as tail } from './tail.ts';
import { command as topicsCommand } from './topics.ts';
import type { Command } from '../kezek/command.ts';

const outbound: Topic = { ...topics['kezek.gateway.outbound'], retryDelaysMs: [] };
const outcomes = topics['kezek.gateway.outcomes'];
const deliveries = topics['kezek.deliveries'];

let broker: Awaited<ReturnType<typeof startOwnBroker>>;
let server: TestDatabase;
let gateway: MessagingSchema;
let intake: MessagingSchema;
let keyring: Keyring;
let keysJson: string;
let add: AddToOutbox;
let relays: readonly Relay[];
let folder: string;

beforeAll(async () => {
  [broker, server] = await Promise.all([startOwnBroker(), startDatabase()]);
  gateway = await messagingSchema(server.urlOf('gateway'), 'gateway');
  intake = await messagingSchema(server.urlOf('intake'), 'intake');
  for (const { database } of [gateway, intake]) {
    await database.raw('create table effect (id bigint generated always as identity, key text, said text)');
  }
  keysJson = newKeyringJson();
  keyring = openKeyring(keysJson);
  add = outboxOf({ source: 'test', personalFields: keyring });
  const { brokers } = broker;
  await ensureTopics({ brokers, log: testLog('topics'), table: [outbound, outcomes, deliveries] });
  relays = await Promise.all(
    [gateway, intake].map(({ database }) => startRelay({ app: 'test', brokers, database, log: testLog('relay') })),
  );
  folder = mkdtempSync(join(tmpdir(), 'kezek-operator-'));
});
afterAll(async () => {
  await Promise.all(relays.map((relay) => relay.stop()));
  await Promise.all([gateway.stop(), intake.stop()]);
  await Promise.all([broker.stop(), server.stop()]);
  rmSync(folder, { recursive: true });
});

/** Runs a command as ./kezek does. @returns its exit status and what it printed */
async function kezek(command: Command, ...args: string[]): Promise<{ status: number; said: string; json: unknown }> {
  const lines: string[] = [];
  const io = {
    out: (line: string) => void lines.push(line),
    err: (line: string) => void lines.push(line),
    root: folder,
    env: {
      KAFKA_BROKERS: broker.brokers.join(','),
      POSTGRES_URL_GATEWAY: server.urlOf('gateway'),
      POSTGRES_URL_INTAKE: server.urlOf('intake'),
      PERSONAL_DATA_KEYS: keysJson,
    },
  };
  const status = await command.run(args, io);
  const said = lines.join('\n');
  return { status, said, json: args.includes('--json') ? JSON.parse(said) : undefined };
}

function member(app: string, { database }: MessagingSchema, handler: HandlerPlan) {
  return startMember({
    app,
    brokers: broker.brokers,
    database,
    personalFields: keyring,
    limits: hastyLimits,
    handlers: [handler],
  });
}

const cabinet = (applicationId: string, textKk: string) => ({
  topic: outbound.name,
  key: applicationId,
  name: 'CabinetMessageRequested' as const,
  value: {
    deliveryId: '7b1f0d7e-0000-4000-8000-000000000001',
    applicationId,
    applicantId: '7b1f0d7e-0000-4000-8000-000000000002',
    applicationNumber: '2026-000017',
    notice: 'N04',
    textKk,
    textRu: 'Вы в очереди',
    requestedAtMs: 1_790_000_000_000,
  },
});

async function leave(database: Database, key: string | null, said: string): Promise<void> {
  await database('effect').insert({ key, said });
}

describe('a dead letter', () => {
  const key = '7b1f0d7e-0000-4000-8000-00000000000a';
  const record = async (received: Received, trx: Transaction): Promise<void> => {
    if (received.name !== 'CabinetMessageRequested') throw new TypeError('unexpected');
    if (received.value.textKk === '') throw new Failure('message-impossible', 'the text in Kazakh is empty');
    await leave(trx, received.envelope.key, received.value.textKk);
  };
  const effects = () => gateway.database('effect').where({ key }).select('said');

  it('is produced, listed, shown, corrected, driven again and handled once, as docs/dead-letter-story.md tells', async () => {
    const story = new DeadLetterStory();
    const told = async (...args: string[]) => {
      const done = await kezek(dlq, ...args);
      const shown = args.map((arg) => (/ /.test(arg) ? `"${arg}"` : arg.replace(`${folder}/`, '')));
      story.add(['dlq', ...shown].join(' '), done.said, done.status);
      return done;
    };
    const running = await member('gateway-adapters', gateway, { topic: outbound, record });
    await intake.database.transaction((trx) => add(trx, cabinet(key, '')));
    await eventually(async () => (await kezek(dlq, 'list')).status === 0);

    story.say('The gateway refuses a cabinet line whose text is empty. An operator looks for what waits, and at it.');
    await told('list');
    const list = await kezek(dlq, 'list', outbound.name, '--json');
    expect(list.json).toMatchObject([
      {
        topic: outbound.name,
        state: 'dead',
        reader: 'gateway-adapters.gateway.outbound',
        key,
        error: 'message-impossible',
      },
    ]);
    const [{ id }] = list.json as [{ id: string }];
    const shown = await told('show', 'gateway.outbound', id);
    expect(shown.said).toContain('the text in Kazakh is empty');
    expect(shown.said).toContain('"textRu": "[personal]"');
    expect(shown.said).not.toContain('Вы в очереди');

    story.say('What would be done:');
    const dryRun = await told('redrive', 'gateway.outbound', '--id', id, '--reason', 'try', '--dry-run');
    expect(dryRun).toMatchObject({ status: 0 });
    expect(dryRun.said).toContain('would be redriven');
    expect(await effects()).toEqual([]);

    story.say(
      'Driven again as it is, it would fail again. The operator writes the value anew, with the text it lacked,',
    );
    const payload = join(folder, 'corrected.json');
    const corrected = JSON.stringify(cabinet(key, 'Сіз кезектесіз').value, null, 2);
    writeFileSync(payload, corrected);
    story.addFile('corrected.json', corrected);
    story.say('and drives that in its place; who did it and why is kept.');
    const chosen = ['redrive', 'gateway.outbound', '--id', id, '--payload', payload, '--person', 'Aigerim'];
    expect(await told(...chosen, '--reason', 'the text was lost')).toMatchObject({ status: 0 });
    await eventually(async () => (await effects()).length === 1);
    expect(await effects()).toEqual([{ said: 'Сіз кезектесіз' }]);

    story.say('The gateway has handled it. It cannot be driven again, by nobody, and the matter is closed:');
    expect(await told('redrive', 'gateway.outbound', '--id', id, '--reason', 'again')).toMatchObject({ status: 1 });
    expect((await told('list', 'gateway.outbound', '--all')).said).toMatch(/handled/);
    expect(await effects()).toHaveLength(1);
    const audit = await gateway
      .database('operator_action')
      .select<Record<string, string>[]>('person', 'reason', 'action');
    expect(audit).toEqual([{ person: 'Aigerim', reason: 'the text was lost', action: 'redrive' }]);

    if (process.env['KEZEK_WRITE_DOCS'] === '1') writeFileSync('docs/dead-letter-story.md', story.page());
    expect(readFileSync('docs/dead-letter-story.md', 'utf8')).toBe(story.page());
    await running.stop();
  });

  it('that fails again and again stays after three re-drives', async () => {
    const loop = '7b1f0d7e-0000-4000-8000-00000000000b';
    const running = await member('gateway-adapters', gateway, { topic: outbound, record });
    await intake.database.transaction((trx) => add(trx, cabinet(loop, '')));
    const waiting = async (): Promise<{ id: string; redrives: number }[]> =>
      (await kezek(dlq, 'list', outbound.name, '--key', loop, '--json')).json as { id: string; redrives: number }[];
    for (let redrives = 0; redrives <= 3; redrives += 1) {
      await eventually(async () => (await waiting()).some((each) => each.redrives === redrives));
      const latest = (await waiting()).find((each) => each.redrives === redrives)!;
      const driven = await kezek(dlq, 'redrive', outbound.name, '--id', latest.id, '--reason', 'hope');
      expect(driven.said).toContain(redrives < 3 ? 'redriven' : 'guarded');
      expect(driven.status).toBe(redrives < 3 ? 0 : 1);
    }
    expect(await kezek(dlq, 'drop', outbound.name, '--key', loop, '--reason', 'no hope')).toMatchObject({ status: 0 });
    expect(await waiting()).toEqual([]);
    await running.stop();
  });

  it('is chosen by filters, and no more are driven than the cap, nor faster than the rate', async () => {
    const keys = ['1', '2', '3'].map((last) => `7b1f0d7e-0000-4000-8000-00000000010${last}`);
    const running = await member('gateway-adapters', gateway, { topic: outbound, record });
    for (const each of keys) await intake.database.transaction((trx) => add(trx, cabinet(each, '')));
    const waiting = async () =>
      ((await kezek(dlq, 'list', outbound.name, '--error', 'message-impossible', '--json')).json as unknown[]).length;
    await eventually(async () => (await waiting()) === 3);
    await running.stop();
    const choose = (...more: string[]) =>
      kezek(dlq, 'redrive', outbound.name, '--error', 'message-impossible', '--reason', 'mended', ...more);

    expect((await choose('--until', '2020-01-01T00:00:00Z')).status).toBe(1);
    expect((await choose('--group', 'nobody.gateway.outbound')).said).toContain('No dead letter');
    const capped = await choose('--since', '1h', '--cap', '2', '--dry-run');
    expect(capped).toMatchObject({ status: 1 });
    expect(capped.said.match(/would be redriven/g)).toHaveLength(2);
    expect(capped.said).toContain('1 more were left out by --cap.');
    const startedMs = performance.now();
    expect(await choose('--rate', '5')).toMatchObject({ status: 0 });
    expect(performance.now() - startedMs).toBeGreaterThan(550);
    await expect(kezek(dlq, 'redrive', outbound.name, '--reason', 'all')).rejects.toThrow('choose by');
    await kezek(dlq, 'drop', outbound.name, '--error', 'message-impossible', '--reason', 'the end of the test');
  });
});

describe('a parked key', () => {
  it('is listed, released in its old order, and parked again when it fails again', async () => {
    const key = '7b1f0d7e-0000-4000-8000-00000000000c';
    let isBroken = true;
    const record = async (received: Received, trx: Transaction): Promise<void> => {
      if (received.name !== 'GatewayDeliveryCompleted') throw new TypeError('unexpected');
      if (isBroken && received.value.attempts === 2) throw new Failure('message-impossible', 'not yet');
      await leave(trx, received.envelope.key, String(received.value.attempts));
    };
    const running = await member('intake', intake, { topic: outcomes, record });
    await gateway.database.transaction(async (trx) => {
      for (const attempts of [1, 2, 3, 4]) {
        const value = {
          deliveryId: '7b1f0d7e-0000-4000-8000-000000000001',
          applicationId: key,
          channel: 'CABINET' as const,
          outcome: 'DELIVERED' as const,
          reason: null,
          attempts,
          completedAtMs: 1_790_000_000_000,
        };
        await add(trx, { topic: outcomes.name, key, name: 'GatewayDeliveryCompleted', value });
      }
    });
    const list = async () => (await kezek(parked, 'list', '--json')).json as { records: number }[];
    await eventually(async () => (await list())[0]?.records === 3);
    const release = ['release', outcomes.name, '--key', key, '--wait', '--reason', 'try'];
    expect((await kezek(parked, ...release)).said).toContain('Parked again: message-impossible');
    isBroken = false;
    expect(await kezek(parked, ...release)).toMatchObject({ status: 0 });
    const said = await intake.database('effect').where({ key }).orderBy('id').select<{ said: string }[]>('said');
    expect(said.map((each) => each.said)).toEqual(['1', '2', '3', '4']);
    expect(await list()).toEqual([]);
    expect(await kezek(parked, ...release)).toMatchObject({ status: 1 });
    await running.stop();
  });
});

describe('looking', () => {
  it('masks personal fields, and opens them only for a role and a reason, which is recorded', async () => {
    const masked = await kezek(tail, outbound.name, '--from', 'beginning', '--where', 'notice=N04', '--count', '1');
    expect(masked.said).toContain('"textRu":"[personal]"');
    await expect(kezek(tail, outbound.name, '--role', 'auditor')).rejects.toThrow('--reason is missing');
    const opened = await kezek(tail, outbound.name, '--from', '0', '--role', 'auditor', '--reason', 'complaint 12');
    expect(opened.said).toContain('Вы в очереди');
    const audit = await intake.database('operator_action').where({ action: 'read-personal-data' }).select('subject');
    expect(audit).toEqual([{ subject: { topic: outbound.name, role: 'auditor' } }]);
  });

  it('tells how far each group is behind', async () => {
    const value = {
      ...cabinet('7b1f0d7e-0000-4000-8000-00000000000d', 'x'),
      key: '7b1f0d7e-0000-4000-8000-00000000000d',
    };
    await intake.database.transaction((trx) => add(trx, value));
    await eventually(async () => (await kezek(lag)).said.includes('gateway-adapters.gateway.outbound'));
    const behind = (await kezek(lag, 'gateway-adapters', '--json')).json as { messages: number; seconds: number }[];
    expect(behind[0]).toMatchObject({ messages: 1 });
    expect(behind[0]!.seconds).toBeLessThan(60);
    expect((await kezek(lag, 'nobody')).said).toBe('There is no such group.');
  });

  it('names topics that are missing or differ', async () => {
    const { status, said } = await kezek(topicsCommand);
    expect(status).toBe(1);
    expect(said).toContain('DIFFERS: kezek.allocation.log is missing');
    expect(said).not.toContain('DIFFERS: kezek.gateway.outcomes ');
  });

  it('finds no line that stands where none stands', async () => {
    expect(await kezek(releaseLine)).toMatchObject({ status: 0, said: 'No line stands.' });
    const release = await kezek(releaseLine, 'allocation.log', '--offset', '7', '--reason', 'test');
    expect(release.status).toBe(1);
  });
});

describe('a replay', () => {
  it('runs the past again, muted, up to where the group is', async () => {
    const key = '7b1f0d7e-0000-4000-8000-00000000000e';
    const seen: string[] = [];
    const record = async (received: Received, trx: Transaction): Promise<void> => {
      if (received.name !== 'NoticeDelivered') throw new TypeError('unexpected');
      seen.push(`${received.value.attempts}${received.envelope.replay ? ' again' : ''}`);
      await leave(trx, key, 'noticed');
      await add(trx, cabinet(key, 'follow-up'));
    };
    const running = await member('intake', intake, { topic: deliveries, record });
    const send = (attempts: number) =>
      gateway.database.transaction((trx) =>
        add(trx, {
          topic: deliveries.name,
          key,
          name: 'NoticeDelivered',
          value: notice(key, attempts),
        }),
      );
    for (const attempts of [1, 2, 3]) await send(attempts);
    await eventually(async () => seen.length === 3);
    await eventually(async () => (await kezek(lag, 'intake.deliveries')).said === 'Nobody is behind.');
    const published = async () =>
      (await kezek(tail, outbound.name, '--from', 'beginning', '--key', key)).said.split('\n');
    await eventually(async () => (await published()).length === 3);
    const asked = await kezek(replayGroup, 'intake.deliveries', '--to', 'beginning', '--reason', 'a table was lost');
    expect(asked).toMatchObject({ status: 0 });
    await eventually(async () => seen.length === 6);
    await send(4);
    await eventually(async () => seen.length === 7);
    expect(seen).toEqual(['1', '2', '3', '1 again', '2 again', '3 again', '4']);
    await eventually(async () => (await published()).length === 4);
    expect(await intake.database('replay').select('state')).toEqual([{ state: 'done' }]);
    await running.stop();
  });
});

const notice = (applicationId: string, attempts: number) => ({
  deliveryId: '7b1f0d7e-0000-4000-8000-000000000001',
  applicationId,
  applicantId: '7b1f0d7e-0000-4000-8000-000000000002',
  notice: 'N04',
  channel: 'SMS' as const,
  destination: null,
  outcome: 'DELIVERED' as const,
  reason: null,
  attempts,
  completedAtMs: 1_790_000_000_000,
});
