import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MessageOf } from '#contracts';
import { inventFamily } from '../../../tools/state-systems/invent.ts';
import { people } from '../../../tools/state-systems/people.ts';
import { Received } from '../../../tools/state-systems/received.ts';
import { type RunningStateSystems, startStateSystems } from '../../../tools/state-systems/server.ts';
import { stateSystems } from '../../../tools/state-systems/systems.ts';
import type { Gateway } from '../src/assemble.ts';
import type { DueWorker } from '../src/due-work/due-worker.ts';
import { newCheckOf } from '../src/verification/new-check.ts';
import { sourceOfCheck } from '../src/verification/source-of-check.ts';
import { assembledGateway, type GatewayDatabase, startGatewayDatabase, type Told, until } from './started-gateway.ts';

let store: GatewayDatabase;
let states: RunningStateSystems;
let gateway: Gateway;
let workers: readonly DueWorker[] = [];
let told: Told[] = [];

const family = inventFamily(7, { mother: { serves: [{ body: 'MILITARY', from: '2015-01-01' }] } });
const [child] = family.children;

beforeAll(async () => {
  store = await startGatewayDatabase();
});
afterAll(() => store.stop());

beforeEach(async () => {
  states = await startStateSystems(stateSystems(people(), new Received()));
  states.systems.country.add({ persons: family.persons });
  const assembled = assembledGateway({
    database: store.database,
    addresses: {
      SHEP_URL: `${states.url}/bip-sync`,
      CABINET_URL: `${states.url}/bip-sync`,
      MONITORING_URL: `${states.url}/monitoring`,
    },
  });
  ({ gateway, told } = assembled);
});
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  workers = [];
  await states.close();
  await store.empty();
});

const request = (over: Partial<MessageOf<'VerificationRequested'>> = {}): MessageOf<'VerificationRequested'> => ({
  verificationId: randomUUID(),
  applicationId: randomUUID(),
  applicantId: randomUUID(),
  check: 'BIRTH_CERTIFICATE',
  benefit: null,
  applicantIin: family.mother.iin,
  childIin: child!.iin,
  requestedAtMs: Date.now(),
  ...over,
});

const ask = (asked: MessageOf<'VerificationRequested'>): Promise<void> =>
  store.database.transaction((trx) =>
    gateway.parts.checks.add(
      trx,
      newCheckOf({ name: 'VerificationRequested', value: asked }),
      sourceOfCheck[asked.check],
      {
        causationId: 'c',
        correlationId: 'c',
      },
    ),
  );

const answers = (): Record<string, unknown>[] =>
  told.filter(({ name }) => name === 'VerificationCompleted').map(({ value }) => value);

describe('a check', () => {
  it('that was asked twice is answered once, with the birth date of the register', async () => {
    const asked = request();
    await ask(asked);
    await ask(asked);
    workers = gateway.start();
    await until(() => answers().length > 0);
    await sleep(200);

    expect(answers()).toEqual([
      expect.objectContaining({
        verificationId: asked.verificationId,
        result: 'CONFIRMED',
        reason: null,
        childBirthDate: child!.birthDate,
      }),
    ]);
  });

  it.each([
    ['IDENTITY', null, 'CONFIRMED'],
    ['PRIVILEGE', 'MILITARY_SERVICE', 'CONFIRMED'],
    ['PRIVILEGE', 'TEACHER', 'NO_DATA'],
    ['PRIVILEGE', 'LARGE_FAMILY', 'NOT_CONFIRMED'],
    ['PRIVILEGE', 'NEVER_HEARD_OF', 'NO_DATA'],
  ] as const)('of %s %s is answered %s', async (check, benefit, result) => {
    await ask(request({ check, benefit }));
    workers = gateway.start();
    await until(() => answers().length > 0);

    expect(answers()[0]).toMatchObject({ result });
  });

  it.each(['down', 'garbage', 'cut-before', 'cut-after', 'soap-fault', 'wrong-person'])(
    'waits while its source fails (%s), is never taken for a no, and reuses its message id after a cut',
    async (kind) => {
      states.systems.faults.add([{ service: 'KEZEK_BIRTH_RECORD', kind, times: 2 }]);
      await ask(request());
      workers = gateway.start();
      await until(() => answers().length > 0);

      expect(answers()).toEqual([expect.objectContaining({ result: 'CONFIRMED' })]);
      const ids = new Set(states.systems.received.calls.map(({ messageId }) => messageId));
      expect(states.systems.received.calls).toHaveLength(3);
      expect(ids.size).toBe(kind === 'wrong-person' ? 3 : 1);
    },
  );

  it('that stays without an answer is told as delayed', async () => {
    states.systems.faults.add([{ service: 'KEZEK_BIRTH_RECORD', kind: 'down', times: 3 }]);
    const asked = request();
    await ask(asked);
    workers = gateway.start();
    await until(() => answers().length > 0);

    expect(told.map(({ name }) => name)).toEqual(['VerificationDelayed', 'VerificationCompleted']);
    expect(told[0]!.value).toMatchObject({
      verificationId: asked.verificationId,
      attempts: 3,
      source: 'BIRTH_REGISTER',
    });
  });

  it('keeps nothing about the person readable in the database', async () => {
    await ask(request({ check: 'PRIVILEGE', benefit: 'MILITARY_SERVICE' }));
    const rows = JSON.stringify(await store.database('verification_check').select());

    expect(rows).not.toContain(family.mother.iin);
    expect(rows).not.toContain('MILITARY_SERVICE');
  });
});

describe('what goes out', () => {
  const line = (applicationId: string, notice: string): MessageOf<'CabinetMessageRequested'> => ({
    deliveryId: randomUUID(),
    applicationId,
    applicantId: randomUUID(),
    applicationNumber: '100000000001',
    notice,
    textKk: 'Сіздің өтінішіңіз',
    textRu: 'Ваше заявление',
    requestedAtMs: Date.now(),
  });
  const send = (message: Parameters<Gateway['parts']['takeOutbound']['take']>[1]): Promise<void> =>
    store.database.transaction((trx) =>
      gateway.parts.takeOutbound.take(trx, message, { causationId: 'c', correlationId: 'c' }),
    );

  it('reaches the cabinet once and in order, although the first is failed several times', async () => {
    const applicationId = randomUUID();
    states.systems.faults.add([{ service: 'KEZEK_CABINET', kind: 'cut-after', times: 2 }]);
    for (const notice of ['N01', 'N04'])
      await send({ name: 'CabinetMessageRequested', value: line(applicationId, notice) });
    workers = gateway.start();
    await until(() => told.length === 2);

    const shown = [...states.systems.received.cabinet.values()];
    expect(shown.map(({ notice, textKk }) => [notice, textKk])).toEqual([
      ['N01', 'Сіздің өтінішіңіз'],
      ['N04', 'Сіздің өтінішіңіз'],
    ]);
    expect(told.map(({ value }) => value['outcome'])).toEqual(['DELIVERED', 'DELIVERED']);
  });

  it('registers an application with monitoring and then changes its state', async () => {
    const applicationId = randomUUID();
    for (const stage of ['REGISTERED', 'REFERRED']) {
      const value = { deliveryId: randomUUID(), applicationId, applicationNumber: '1', stage, stageAtMs: Date.now() };
      await send({ name: 'MonitoringStageRequested', value });
    }
    workers = gateway.start();
    await until(() => told.length === 2);

    expect([...states.systems.received.monitoring.values()].map(({ action, state }) => [action, state])).toEqual([
      ['registerApplicationNotification', 'REGISTERED'],
      ['changeApplicationStatusNotification', 'REFERRED'],
    ]);
  });
});

describe('the question for a mobile number', () => {
  const askNumber = async (applicantIin: string): Promise<Record<string, unknown>> => {
    const value = { requestId: randomUUID(), applicationId: randomUUID(), applicantIin, requestedAtMs: Date.now() };
    await store.database.transaction((trx) =>
      gateway.parts.checks.add(trx, newCheckOf({ name: 'MobileNumberRequested', value }), 'MOBILE_CITIZENS', {
        causationId: 'c',
        correlationId: 'c',
      }),
    );
    workers = gateway.start();
    await until(() => told.some(({ name }) => name === 'MobileNumberAnswered'));
    return told.find(({ name }) => name === 'MobileNumberAnswered')!.value;
  };

  it('is answered with the one number in force', async () => {
    expect(await askNumber(family.mother.iin)).toMatchObject({
      phone: family.mother.mobile,
      reason: null,
      source: 'MOBILE_CITIZENS',
    });
  });

  it('is answered with why there is none', async () => {
    expect(await askNumber(child!.iin)).toMatchObject({ phone: null, reason: 'no-record' });
  });

  it('waits while the base is down, and says nothing of it to the applicant, who could not be reached', async () => {
    states.systems.faults.add([{ service: 'KEZEK_MOBILE_NUMBER', kind: 'down', times: 1 }]);

    expect(await askNumber(family.mother.iin)).toMatchObject({ phone: family.mother.mobile });
    expect(told.map(({ name }) => name)).toEqual(['MobileNumberAnswered']);
  });
});
