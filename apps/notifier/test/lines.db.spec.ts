import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startDatabase, type TestDatabase } from '#testing';
import { registryWaitMs, smsClaimMs } from '../src/limits.ts';
import { NotifierUnderTest, PlainCentre } from './notifier-under-test.ts';
import { noonMs, OneFamily } from './one-family.ts';

let server: TestDatabase;
let hub: NotifierUnderTest;
let family: OneFamily;

beforeAll(async () => {
  server = await startDatabase();
});
afterAll(() => server.stop());
beforeEach(async () => {
  hub = await NotifierUnderTest.open(server.urlOf('notifier'), noonMs);
  family = new OneFamily(hub);
});
afterEach(() => hub.database.destroy());

describe('a notice', () => {
  it('goes to the phone, to the cabinet and as a stage to the monitoring system, once each', async () => {
    await family.known();
    await hub.decided(family.offer());
    await hub.round();
    await hub.round();
    expect(hub.centre.submitted).toHaveLength(1);
    expect(hub.centre.submitted[0]).toMatchObject({
      phone: '+77010000001',
      text: expect.stringContaining('«Балапан»'),
    });
    const [cabinet, stage] = await hub.published();
    expect(cabinet).toMatchObject({
      name: 'CabinetMessageRequested',
      key: family.application,
      value: {
        applicantId: family.applicant,
        applicationNumber: 'K-1',
        notice: 'N14',
        textRu: expect.stringContaining('K-1'),
      },
    });
    expect(stage).toMatchObject({ name: 'MonitoringStageRequested', value: { stage: 'OFFERED', stageAtMs: noonMs } });
    expect(await hub.published()).toHaveLength(2);
  });

  it('is not sent again when its decision is read again, whatever the inbox forgot', async () => {
    await family.known();
    const offset = await hub.decided(family.offer());
    await hub.round();
    await hub.decidedAt(offset, [family.offer()]);
    await hub.round();
    expect(hub.centre.submitted).toHaveLength(1);
    expect(await hub.published()).toHaveLength(2);
  });

  it('is not sent while an operator lets the past be read again, but its deadline is remembered', async () => {
    await family.known();
    await hub.decidedAt(5n, [family.offer()], true);
    await hub.decided(family.reminder());
    await hub.round();
    expect(hub.centre.submitted).toHaveLength(1);
    expect(hub.centre.submitted[0]!.text).toMatch(/^Еске саламыз.*48 сағ қалды/);
  });

  it('waits until the application is known, and then comes after its receipt, in its order', async () => {
    await family.phone('+77010000001');
    await family.names();
    await hub.decided(family.offer());
    await hub.decided(family.issued());
    await hub.round();
    expect(hub.centre.submitted).toEqual([]);
    expect(await hub.published()).toEqual([]);
    await family.received();
    for (let n = 0; n < 4; n += 1) await hub.round();
    expect((await hub.published('CabinetMessageRequested')).map(({ value }) => value['notice'])).toEqual([
      'N01',
      'N14',
      'N21',
    ]);
    expect(hub.centre.submitted.map(({ text }) => text)).toEqual([
      expect.stringContaining('өтінішіңіз түсті'),
      expect.stringContaining('бос орын ұсынылды – «Балапан» балабақшасы ('),
      expect.stringContaining('жолдама берілді'),
    ]);
  });

  it('waits for the phone, while the cabinet has it already', async () => {
    await family.received();
    await hub.round();
    expect(hub.centre.submitted).toEqual([]);
    expect(await hub.published('CabinetMessageRequested')).toHaveLength(1);
    await family.phone('+77010000001', { preferredLanguage: 'ru' });
    await hub.round();
    expect(hub.centre.submitted.map(({ text }) => text)).toEqual([
      expect.stringContaining('Заявление № K-1 поступило'),
    ]);
  });

  it('keeps the newest phone, also when an older one comes later, and never in plain text', async () => {
    await family.phone('+77010000002', { changedAtMs: 2 });
    await family.phone('+77010000001', { changedAtMs: 1 });
    await family.received();
    await hub.round();
    expect(hub.centre.submitted[0]).toMatchObject({ phone: '+77010000002' });
    const tables = await hub.database.raw(`select contact::text || delivery::text as row from contact, delivery`);
    expect(JSON.stringify(tables.rows)).not.toContain('77010000002');
  });

  it('waits for the names of the registry, and goes out with codes when they do not come', async () => {
    await family.known();
    const unnamed = randomUUID();
    await hub.decided(family.offer({ vacancyId: unnamed, preschoolId: 'P9' }), family.issued());
    await hub.round();
    expect(hub.centre.submitted).toEqual([]);
    expect(await hub.published('CabinetMessageRequested')).toEqual([]);
    expect(await hub.published('MonitoringStageRequested')).toHaveLength(2);
    hub.nowMs += registryWaitMs;
    for (let n = 0; n < 2; n += 1) await hub.round();
    expect(hub.centre.submitted.map(({ text }) => text)).toEqual([
      expect.stringContaining('бос орын ұсынылды – P9.'),
      expect.stringContaining('жолдама берілді – «Балапан»'),
    ]);
  });

  it('ends once, by the first outcome, and tells it', async () => {
    await family.known();
    await hub.decided(family.offer());
    await hub.round();
    const [cabinet] = await hub.published('CabinetMessageRequested');
    const deliveryId = cabinet!.value['deliveryId'] as string;
    await hub.outcome(deliveryId);
    await hub.outcome(deliveryId, 'REFUSED');
    await hub.outcome(randomUUID());
    expect(await hub.published('NoticeDelivered')).toEqual([
      {
        name: 'NoticeDelivered',
        key: family.application,
        value: {
          deliveryId,
          applicationId: family.application,
          applicantId: family.applicant,
          notice: 'N14',
          channel: 'CABINET',
          destination: null,
          outcome: 'DELIVERED',
          reason: null,
          attempts: 2,
          completedAtMs: noonMs,
        },
      },
    ]);
  });
});

describe('SMS of one application', () => {
  it('go one after another in the order of their decisions, however the centre answers', async () => {
    await family.known();
    await hub.decided(family.offer());
    await hub.decided(family.reminder());
    hub.centre.answer = () => ({ kind: 'later', reason: 'CENTRE_OVERDUE', throttled: false });
    await hub.round();
    await hub.round();
    expect(hub.centre.submitted).toHaveLength(1);
    hub.centre.answer = (sms) => ({ kind: 'accepted', messageId: `m-${sms.deliveryId}` });
    hub.nowMs += 2_000;
    await hub.round();
    await hub.round();
    expect(hub.centre.submitted.map(({ text }) => text.startsWith('Еске'))).toEqual([false, false, true]);
  });

  it('are taken by one process only, and by another when that one died', async () => {
    await family.known();
    await hub.decided(family.offer());
    hub.centre.answer = () => new Promise(() => undefined);
    void hub.notifier.sendSms.round();
    await eventually(() => hub.centre.submitted.length === 1);
    const centre = new PlainCentre();
    const other = hub.another(centre);
    await other.sendSms.round();
    expect(centre.submitted).toEqual([]);
    hub.nowMs += smsClaimMs;
    await other.sendSms.round();
    expect(centre.submitted).toEqual(hub.centre.submitted.map((sms) => ({ ...sms, termMs: expect.any(Number) })));
  });

  it('are shared by two processes without one sent twice', async () => {
    const applications = Array.from({ length: 60 }, () => randomUUID());
    for (const [n, id] of applications.entries()) await family.received(id, `K-${n}`);
    await family.phone('+77010000001');
    const centre = new PlainCentre();
    const other = hub.another(centre);
    await Promise.all([hub.notifier.sendSms.round(), other.sendSms.round(), hub.notifier.sendSms.round()]);
    await Promise.all([hub.notifier.sendSms.round(), other.sendSms.round()]);
    const all = [...hub.centre.submitted, ...centre.submitted].map(({ deliveryId }) => deliveryId);
    expect(all).toHaveLength(60);
    expect(new Set(all).size).toBe(60);
  });

  it('do not keep back those of others', async () => {
    await family.known();
    const other = randomUUID();
    await hub.decided(family.offer());
    await family.received(other, 'K-2');
    hub.centre.answer = ({ text }) =>
      text.includes('K-1')
        ? { kind: 'later', reason: 'CENTRE_OVERDUE', throttled: false }
        : { kind: 'accepted', messageId: randomUUID() };
    await hub.round();
    expect(await hub.database('delivery').where({ channel: 'SMS', state: 'HANDED' }).pluck('application_id')).toContain(
      other,
    );
  });
});

async function eventually(holds: () => boolean): Promise<void> {
  for (const endMs = Date.now() + 5_000; !holds(); await new Promise((resolve) => setTimeout(resolve, 5))) {
    if (Date.now() > endMs) throw new Error('it did not come to hold within 5 s');
  }
}
