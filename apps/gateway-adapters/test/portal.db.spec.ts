import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { selfSignedIdentity } from '#shep';
import { people } from '../../../tools/state-systems/people.ts';
import { Received } from '../../../tools/state-systems/received.ts';
import { type RunningStateSystems, startStateSystems } from '../../../tools/state-systems/server.ts';
import { stateSystems } from '../../../tools/state-systems/systems.ts';
import { signedWire } from '../../../tools/state-systems/wire.ts';
import type { Gateway } from '../src/assemble.ts';
import type { DueWorker } from '../src/due-work/due-worker.ts';
import {
  assembledGateway,
  type GatewayDatabase,
  type GatewayDoor,
  openGatewayDoor,
  startGatewayDatabase,
  type Told,
  until,
} from './started-gateway.ts';

const hourMs = 3_600_000;
const term = { fromMs: Date.now() - hourMs, untilMs: Date.now() + hourMs };
const shep = selfSignedIdentity('shep', term);
const ours = selfSignedIdentity('kezek', term);

let store: GatewayDatabase;
let states: RunningStateSystems;
let door: GatewayDoor;
let gateway: Gateway;
let workers: readonly DueWorker[];
let told: Told[];

beforeAll(async () => {
  store = await startGatewayDatabase();
});
afterAll(() => store.stop());

beforeEach(async () => {
  const wire = signedWire(shep, ours.certificatePem);
  states = await startStateSystems(stateSystems(people(), new Received()), { wire });
  ({ gateway, told } = assembledGateway({
    database: store.database,
    identity: ours,
    peers: () => [{ name: 'shep', senderIds: ['*'], certificates: [shep.certificatePem] }],
    addresses: {
      SHEP_URL: `${states.url}/bip-sync`,
      SHEP_ASYNC_URL: `${states.url}/bip-async`,
      CABINET_URL: `${states.url}/bip-sync`,
      MONITORING_URL: `${states.url}/monitoring`,
      PULL_SERVICES: ['PRESCHOOL_QUEUE'],
    },
  }));
  door = await openGatewayDoor(gateway);
  workers = gateway.start();
});
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  await door.app.close();
  await states.close();
  await store.empty();
});

const application = {
  applicantIin: '991301300003',
  phone: '+77001234567',
  childIin: '231301500009',
  childBirthDate: '2023-05-05',
  preschools: [{ id: 'PO-1', language: 'kk' }],
};

const control = async (path: string, body: object): Promise<Record<string, unknown>> => {
  const answer = await fetch(new URL(path, states.url), { method: 'POST', body: JSON.stringify(body) });
  return (await answer.json()) as Record<string, unknown>;
};
const pushed = (requests: readonly object[], over: object = {}): Promise<Record<string, unknown>> =>
  control('/control/portal', { hubUrl: `${door.url}/shep/async`, requests, ...over });

const send = (message: Parameters<Gateway['parts']['takeOutbound']['take']>[1]): Promise<void> =>
  store.database.transaction((trx) =>
    gateway.parts.takeOutbound.take(trx, message, { causationId: 'c', correlationId: 'c' }),
  );
const accepted = (dialogueId: string, applicationId: string | null, outcome: 'ACCEPTED' | 'REFUSED' = 'ACCEPTED') =>
  send({
    name: 'PortalRequestAnswered',
    value: {
      deliveryId: randomUUID(),
      dialogueId,
      applicationId,
      applicationNumber: applicationId && '26-7F3K-9QXM',
      outcome,
      reason: outcome === 'REFUSED' ? 'child-already-queued' : null,
      textKk: 'Өтініш',
      textRu: 'Заявление',
      decidedAtMs: Date.now(),
    },
  });
const line = (applicationId: string, notice: string) =>
  send({
    name: 'CabinetMessageRequested',
    value: {
      deliveryId: randomUUID(),
      applicationId,
      applicantId: randomUUID(),
      applicationNumber: '26-7F3K-9QXM',
      notice,
      textKk: notice,
      textRu: notice,
      requestedAtMs: Date.now(),
    },
  });
const stage = (applicationId: string, name: string) =>
  send({
    name: 'MonitoringStageRequested',
    value: { deliveryId: randomUUID(), applicationId, applicationNumber: '1', stage: name, stageAtMs: Date.now() },
  });
const news = (): readonly string[] =>
  [...states.systems.received.portal.values()].map(
    ({ correlationId, messageType, status }) => `${correlationId} ${messageType} ${status}`,
  );

describe('a dialogue with a portal', () => {
  it('begins with a request and goes on, on its own correlation id, until the one response that ends it', async () => {
    const { outcomes } = await pushed([{ requestNumber: '1', correlationId: '2000001', application }]);
    expect(outcomes).toEqual([{ messageId: expect.any(String), correlationId: '2000001' }]);
    const dialogueId = told[0]!.value['dialogueId'] as string;
    const applicationId = randomUUID();
    await accepted(dialogueId, applicationId);
    await until(() => news().length === 1);
    await line(applicationId, 'N04');
    await until(() => news().length === 2);
    await stage(applicationId, 'COMPLETED');
    await until(() => news().length === 3);
    await line(applicationId, 'N36');
    await until(() => states.systems.received.cabinet.size === 1);

    expect(news()).toEqual(['2000001 NOTIFICATION ACCEPTED', '2000001 NOTIFICATION N04', '2000001 RESPONSE COMPLETED']);
  });

  it('is over once its response is on its way, however often that fails: later lines go to the cabinet', async () => {
    await pushed([{ requestNumber: '1', correlationId: '2000001', application }]);
    const applicationId = randomUUID();
    await accepted(told[0]!.value['dialogueId'] as string, applicationId);
    await until(() => news().length === 1);
    states.systems.faults.add([{ service: 'portal', kind: 'cut-after', times: 2 }]);
    await stage(applicationId, 'COMPLETED');
    await until(() => news().length === 2);
    await line(applicationId, 'N36');
    await until(() => states.systems.received.cabinet.size === 1);
    await until(() => states.systems.faults.list().length === 0);

    expect(news()).toEqual(['2000001 NOTIFICATION ACCEPTED', '2000001 RESPONSE COMPLETED']);
  });

  it('is ended at once by a refusal', async () => {
    await pushed([{ requestNumber: '1', correlationId: '2000001', application }]);
    await accepted(told[0]!.value['dialogueId'] as string, null, 'REFUSED');
    await until(() => news().length === 1);

    expect(news()).toEqual(['2000001 RESPONSE REFUSED']);
  });

  it('is ended at once by the receipt of an answer, whose sender does not get the notices of that application', async () => {
    await pushed([{ requestNumber: '1', correlationId: '2000001', application }]);
    const applicationId = randomUUID();
    await accepted(told[0]!.value['dialogueId'] as string, applicationId);
    await until(() => news().length === 1);
    const answer = { applicationNumber: '26-7F3K-9QXM', vacancyId: randomUUID(), accepted: true };
    await pushed([{ requestNumber: '2', correlationId: '777', answer }]);
    await accepted(told[1]!.value['dialogueId'] as string, null);
    await until(() => news().length === 2);
    await line(applicationId, 'N21');
    await until(() => news().length === 3);

    expect(news()).toEqual(['2000001 NOTIFICATION ACCEPTED', '777 RESPONSE ACCEPTED', '2000001 NOTIFICATION N21']);
  });

  it('goes on when a second request on it is refused', async () => {
    await pushed([{ requestNumber: '1', correlationId: '2000001', application }]);
    const dialogueId = told[0]!.value['dialogueId'] as string;
    const applicationId = randomUUID();
    await accepted(dialogueId, applicationId);
    await until(() => news().length === 1);
    await accepted(dialogueId, null, 'REFUSED');
    await until(() => news().length === 2);
    await line(applicationId, 'N14');
    await until(() => news().length === 3);
    await stage(applicationId, 'COMPLETED');
    await until(() => news().length === 4);

    expect(news()).toEqual([
      '2000001 NOTIFICATION ACCEPTED',
      '2000001 NOTIFICATION REFUSED',
      '2000001 NOTIFICATION N14',
      '2000001 RESPONSE COMPLETED',
    ]);
  });

  it('takes answers in the same way, repeated and in any order, each once', async () => {
    const answer = { applicationNumber: '26-7F3K-9QXM', vacancyId: randomUUID(), accepted: true };
    const { outcomes } = await pushed(
      [
        { requestNumber: '1', correlationId: '1', messageId: '1', application },
        { requestNumber: '2', correlationId: '2', messageId: '2', answer },
      ],
      { times: 3, reversed: true },
    );

    expect((outcomes as { fault?: string }[]).filter(({ fault }) => fault)).toEqual([]);
    expect(told.map(({ name }) => name)).toEqual(['PortalAnswerReceived', 'PortalApplicationReceived']);
    expect(told[0]!.value).toMatchObject({ ...answer, portalRequestNumber: '2' });
  });

  it('says each piece of news once, although the gateway fails and answers under a wrong signature', async () => {
    await pushed([{ requestNumber: '1', correlationId: '2000001', application }]);
    states.systems.faults.add([
      { service: 'portal', kind: 'cut-after', times: 1 },
      { service: 'portal', kind: 'wrong-signature', times: 1 },
      { service: 'portal', kind: 'unsigned-answer', times: 1 },
    ]);
    await accepted(told[0]!.value['dialogueId'] as string, randomUUID());
    await until(() => [...states.systems.received.portal.values()][0]?.times === 4);

    expect(news()).toEqual(['2000001 NOTIFICATION ACCEPTED']);
  });

  it('knows what became of its messages', async () => {
    await pushed([{ requestNumber: '1', correlationId: '2000001', application }]);
    await accepted(told[0]!.value['dialogueId'] as string, randomUUID());
    await until(() => news().length === 1);
    const [said] = [...states.systems.received.portal.values()];
    const { outcome } = await control('/control/portal/states', {
      hubUrl: `${door.url}/shep/async`,
      messageId: said!.messageId,
      messageState: 'NOT_DELIVERED',
    });

    expect(outcome).not.toHaveProperty('fault');
    expect(await store.database('gateway_delivery').where({ channel: 'PORTAL' }).pluck('gateway_state')).toEqual([
      'NOT_DELIVERED',
    ]);
  });
});

describe('what a portal left at the gateway', () => {
  const left = async (requests: readonly object[]): Promise<readonly string[]> => {
    const { messageIds } = await control('/control/portal/waiting', { requests });
    return messageIds as string[];
  };
  const saidOf = async (messageId: string): Promise<string> => {
    const answer = await fetch(new URL('/control/portal/waiting', states.url));
    const { waiting } = (await answer.json()) as { waiting: { messageId: string; said: string }[] };
    return waiting.find((each) => each.messageId === messageId)!.said;
  };
  const confirmed = async (messageIds: readonly string[]): Promise<void> => {
    for (const messageId of messageIds) {
      while ((await saidOf(messageId)) === 'NOTHING') await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };

  it('is pulled, taken like a push, and confirmed; the dialogue goes on on its correlation id', async () => {
    const ids = await left([{ requestNumber: '1', correlationId: '2000009', application }]);
    await confirmed(ids);
    expect(told.map(({ name }) => name)).toEqual(['PortalApplicationReceived']);
    await accepted(told[0]!.value['dialogueId'] as string, randomUUID());
    await until(() => news().length === 1);

    expect(await saidOf(ids[0]!)).toBe('ACCEPTED');
    expect(news()).toEqual(['2000009 NOTIFICATION ACCEPTED']);
  });

  it('is refused for good where it says nothing of use, and holds up nobody behind it', async () => {
    const [empty, good] = await left([{ requestNumber: '1' }, { requestNumber: '2', application }]);
    await confirmed([empty!, good!]);

    expect(await saidOf(empty!)).toBe('NOT_ACCEPTED');
    expect(await saidOf(good!)).toBe('ACCEPTED');
    expect(told.map(({ value }) => value['portalRequestNumber'])).toEqual(['2']);
  });

  it('is taken once, although it comes again because our confirmation was lost', async () => {
    const ids = await left([{ requestNumber: '1', application }]);
    await confirmed(ids);
    states.async.forgetConfirmation(ids[0]!);
    await confirmed(ids);

    expect(await saidOf(ids[0]!)).toBe('ACCEPTED');
    expect(told.map(({ name }) => name)).toEqual(['PortalApplicationReceived']);
  });

  it('is pulled later where the gateway is down or answers under a wrong signature', async () => {
    states.systems.faults.add([
      { service: 'portal', kind: 'wrong-signature', times: 1 },
      { service: 'portal', kind: 'down', times: 1 },
    ]);
    const ids = await left([{ requestNumber: '1', application }]);
    await confirmed(ids);

    expect(told.map(({ name }) => name)).toEqual(['PortalApplicationReceived']);
  });
});
