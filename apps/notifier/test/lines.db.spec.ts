import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Decisions } from '#contracts';
import { startDatabase, type TestDatabase } from '#testing';
import { receiptMsMax, registryWaitMs, smsAgeMsMax, smsAttemptsMax, smsClaimMs } from '../src/limits.ts';
import { NotifierUnderTest, PlainCentre } from './notifier-under-test.ts';

const noonMs = Date.parse('2026-06-03T12:00:00+05:00');
const dayMs = 86_400_000;
const hourMs = 3_600_000;

let server: TestDatabase;
let it_: NotifierUnderTest;
let application: string;
let applicant: string;
let vacancy: string;

beforeAll(async () => {
  server = await startDatabase();
});
afterAll(() => server.stop());
beforeEach(async () => {
  it_ = await NotifierUnderTest.open(server.urlOf('notifier'), noonMs);
  [application, applicant, vacancy] = [randomUUID(), randomUUID(), randomUUID()];
});
afterEach(() => it_.database.destroy());

const received = (applicationId = application, number = 'K-1') =>
  it_.happened({
    name: 'ApplicationReceived',
    value: {
      applicationId,
      applicantId: applicant,
      applicationNumber: number,
      receivedAtMs: it_.nowMs,
      acceptedOn: Math.floor(it_.nowMs / dayMs),
      benefit: null,
    },
  });

/** Everything known: application, phone, names; and what receipt itself sends is out of the way. */
async function known(): Promise<void> {
  await received();
  await it_.contact(applicant, '+77010000001');
  await it_.preschool('P1', 'Балапан', 'Балапан');
  await it_.seat(vacancy, 'P1');
  await round();
  it_.centre.submitted.length = 0;
  await it_.database('outbox').delete();
}

async function round(): Promise<void> {
  await it_.notifier.handOver.round();
  await it_.notifier.sendSms.round();
}

const at = () => ({ atMs: it_.nowMs, cause: 7n });
const offer = (more: Partial<Decisions.OfferMade> = {}): Decisions.Decision => ({
  type: 'OfferMade',
  ...at(),
  applicationId: application,
  preschoolId: 'P1',
  vacancyId: vacancy,
  answerByMs: it_.nowMs + 2 * dayMs,
  offeredWith: [],
  ...more,
});
const reminder = (): Decisions.Decision => ({
  type: 'OfferReminderDue',
  ...at(),
  applicationId: application,
  preschoolId: 'P1',
  vacancyId: vacancy,
});
const issued = (): Decisions.Decision => ({
  type: 'ReferralIssued',
  ...at(),
  applicationId: application,
  preschoolId: 'P1',
  vacancyId: vacancy,
  validUntilMs: it_.nowMs + 7 * dayMs,
  cancellableUntilMs: it_.nowMs + dayMs,
});

describe('a notice', () => {
  it('goes to the phone, to the cabinet and as a stage to the monitoring system, once each', async () => {
    await known();
    await it_.decided(offer());
    await round();
    await round();
    expect(it_.centre.submitted).toHaveLength(1);
    expect(it_.centre.submitted[0]).toMatchObject({
      phone: '+77010000001',
      text: expect.stringContaining('«Балапан»'),
    });
    const [cabinet, stage] = await it_.published();
    expect(cabinet).toMatchObject({
      name: 'CabinetMessageRequested',
      key: application,
      value: {
        applicantId: applicant,
        applicationNumber: 'K-1',
        notice: 'N14',
        textRu: expect.stringContaining('K-1'),
      },
    });
    expect(stage).toMatchObject({ name: 'MonitoringStageRequested', value: { stage: 'OFFERED', stageAtMs: noonMs } });
    expect(await it_.published()).toHaveLength(2);
  });

  it('is not sent again when its decision is read again, whatever the inbox forgot', async () => {
    await known();
    const offset = await it_.decided(offer());
    await round();
    await it_.decidedAt(offset, [offer()]);
    await round();
    expect(it_.centre.submitted).toHaveLength(1);
    expect(await it_.published()).toHaveLength(2);
  });

  it('is not sent while an operator lets the past be read again, but its deadline is remembered', async () => {
    await known();
    await it_.decidedAt(5n, [offer()], true);
    await it_.decided(reminder());
    await round();
    expect(it_.centre.submitted).toHaveLength(1);
    expect(it_.centre.submitted[0]!.text).toMatch(/^Еске саламыз.*48 сағ қалды/);
  });

  it('waits until the application is known, and then comes after its receipt, in its order', async () => {
    await it_.contact(applicant, '+77010000001');
    await it_.preschool('P1', '«Балапан» балабақшасы', 'Ясли-сад «Балапан»');
    await it_.seat(vacancy, 'P1');
    await it_.decided(offer());
    await it_.decided(issued());
    await round();
    expect(it_.centre.submitted).toEqual([]);
    expect(await it_.published()).toEqual([]);
    await received();
    for (let n = 0; n < 4; n += 1) await round();
    expect((await it_.published('CabinetMessageRequested')).map(({ value }) => value['notice'])).toEqual([
      'N01',
      'N14',
      'N21',
    ]);
    expect(it_.centre.submitted.map(({ text }) => text)).toEqual([
      expect.stringContaining('өтінішіңіз түсті'),
      expect.stringContaining('бос орын ұсынылды – «Балапан» балабақшасы ('),
      expect.stringContaining('жолдама берілді'),
    ]);
  });

  it('waits for the phone, while the cabinet has it already', async () => {
    await received();
    await round();
    expect(it_.centre.submitted).toEqual([]);
    expect(await it_.published('CabinetMessageRequested')).toHaveLength(1);
    await it_.contact(applicant, '+77010000001', { preferredLanguage: 'ru' });
    await round();
    expect(it_.centre.submitted.map(({ text }) => text)).toEqual([
      expect.stringContaining('Заявление № K-1 поступило'),
    ]);
  });

  it('keeps the newest phone, also when an older one comes later, and never in plain text', async () => {
    await it_.contact(applicant, '+77010000002', { changedAtMs: 2 });
    await it_.contact(applicant, '+77010000001', { changedAtMs: 1 });
    await received();
    await round();
    expect(it_.centre.submitted[0]).toMatchObject({ phone: '+77010000002' });
    const tables = await it_.database.raw(`select contact::text || delivery::text as row from contact, delivery`);
    expect(JSON.stringify(tables.rows)).not.toContain('77010000002');
  });

  it('waits for the names of the registry, and goes out with codes when they do not come', async () => {
    await known();
    const unnamed = randomUUID();
    await it_.decided(offer({ vacancyId: unnamed, preschoolId: 'P9' }), issued());
    await round();
    expect(it_.centre.submitted).toEqual([]);
    expect(await it_.published('CabinetMessageRequested')).toEqual([]);
    expect(await it_.published('MonitoringStageRequested')).toHaveLength(2);
    it_.nowMs += registryWaitMs;
    for (let n = 0; n < 2; n += 1) await round();
    expect(it_.centre.submitted.map(({ text }) => text)).toEqual([
      expect.stringContaining('бос орын ұсынылды – P9.'),
      expect.stringContaining('жолдама берілді – «Балапан»'),
    ]);
  });

  it('ends once, by the first outcome, and tells it', async () => {
    await known();
    await it_.decided(offer());
    await round();
    const [cabinet] = await it_.published('CabinetMessageRequested');
    const deliveryId = cabinet!.value['deliveryId'] as string;
    await it_.outcome(deliveryId);
    await it_.outcome(deliveryId, 'REFUSED');
    await it_.outcome(randomUUID());
    expect(await it_.published('NoticeDelivered')).toEqual([
      {
        name: 'NoticeDelivered',
        key: application,
        value: {
          deliveryId,
          applicationId: application,
          applicantId: applicant,
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
    await known();
    await it_.decided(offer());
    await it_.decided(reminder());
    it_.centre.answer = () => ({ kind: 'later', reason: 'CENTRE_OVERDUE', throttled: false });
    await round();
    await round();
    expect(it_.centre.submitted).toHaveLength(1);
    it_.centre.answer = (sms) => ({ kind: 'accepted', messageId: `m-${sms.deliveryId}` });
    it_.nowMs += 2_000;
    await round();
    await round();
    expect(it_.centre.submitted.map(({ text }) => text.startsWith('Еске'))).toEqual([false, false, true]);
  });

  it('are taken by one process only, and by another when that one died', async () => {
    await known();
    await it_.decided(offer());
    it_.centre.answer = () => new Promise(() => undefined);
    void it_.notifier.sendSms.round();
    await eventually(() => it_.centre.submitted.length === 1);
    const centre = new PlainCentre();
    const other = it_.another(centre);
    await other.sendSms.round();
    expect(centre.submitted).toEqual([]);
    it_.nowMs += smsClaimMs;
    await other.sendSms.round();
    expect(centre.submitted).toEqual(it_.centre.submitted.map((sms) => ({ ...sms, termMs: expect.any(Number) })));
  });

  it('are shared by two processes without one sent twice', async () => {
    const applications = Array.from({ length: 60 }, () => randomUUID());
    for (const [n, id] of applications.entries()) await received(id, `K-${n}`);
    await it_.contact(applicant, '+77010000001');
    const centre = new PlainCentre();
    const other = it_.another(centre);
    await Promise.all([it_.notifier.sendSms.round(), other.sendSms.round(), it_.notifier.sendSms.round()]);
    await Promise.all([it_.notifier.sendSms.round(), other.sendSms.round()]);
    const all = [...it_.centre.submitted, ...centre.submitted].map(({ deliveryId }) => deliveryId);
    expect(all).toHaveLength(60);
    expect(new Set(all).size).toBe(60);
  });

  it('do not keep back those of others', async () => {
    await known();
    const other = randomUUID();
    await it_.decided(offer());
    await received(other, 'K-2');
    it_.centre.answer = ({ text }) =>
      text.includes('K-1')
        ? { kind: 'later', reason: 'CENTRE_OVERDUE', throttled: false }
        : { kind: 'accepted', messageId: randomUUID() };
    await round();
    expect(await it_.database('delivery').where({ channel: 'SMS', state: 'HANDED' }).pluck('application_id')).toContain(
      other,
    );
  });
});

describe('an SMS', () => {
  const outcome = (messageId: string, delivered = true) =>
    it_.notifier.onReceipt({ messageId, delivered, reason: delivered ? null : 'UNDELIVERABLE' });
  const sent = () => it_.centre.submitted.at(-1)!;

  it('ends by its receipt, with the phone it went to', async () => {
    await known();
    await it_.decided(offer());
    await round();
    await it_.contact(applicant, '+77010000009');
    expect(await outcome(`m-${sent().deliveryId}`)).toBe(true);
    expect(await outcome(`m-${sent().deliveryId}`)).toBe(true);
    expect((await it_.published('NoticeDelivered')).map(({ value }) => value)).toEqual([
      expect.objectContaining({ channel: 'SMS', outcome: 'DELIVERED', destination: '+77010000001', attempts: 1 }),
    ]);
  });

  it('whose receipt comes before our mark is not lost', async () => {
    await known();
    await it_.decided(offer());
    let told: Promise<boolean> | undefined;
    it_.centre.answer = (sms) => {
      told = outcome(`m-${sms.deliveryId}`);
      return { kind: 'accepted', messageId: `m-${sms.deliveryId}` };
    };
    await round();
    expect(await told).toBe(true);
    expect(await it_.published('NoticeDelivered')).toHaveLength(1);
  });

  it('that nobody knows is said again by the centre', async () => {
    expect(await outcome('m-unknown')).toBe(false);
  });

  it('that the centre refuses, or that no phone took, is told with the reason', async () => {
    await known();
    it_.centre.answer = () => ({ kind: 'refused', reason: 'INVALID_PHONE' });
    await it_.decided(offer());
    await round();
    it_.centre.answer = (sms) => ({ kind: 'accepted', messageId: `m-${sms.deliveryId}` });
    await it_.decided(issued());
    await round();
    await outcome(`m-${sent().deliveryId}`, false);
    expect((await it_.published('NoticeDelivered')).map(({ value }) => value['reason'])).toEqual([
      'INVALID_PHONE',
      'UNDELIVERABLE',
    ]);
  });

  it('is not sent when the time to answer is over, and the next one goes', async () => {
    await known();
    await it_.decided(offer());
    it_.nowMs += 2 * dayMs + 1;
    await it_.decided(issued());
    await round();
    await round();
    expect(it_.centre.submitted.map(({ text }) => text)).toEqual([expect.stringContaining('жолдама берілді')]);
    expect((await it_.published('NoticeDelivered'))[0]!.value).toMatchObject({ notice: 'N14', reason: 'OVERDUE' });
  });

  it('is given up after many attempts, but not because the centre was away or throttled', async () => {
    await known();
    await it_.decided(issued());
    it_.centre.answer = () => ({ kind: 'later', reason: 'CENTRE_0x00000058', throttled: true });
    for (let n = 0; n < smsAttemptsMax + 5; n += 1) {
      it_.nowMs += 10_000;
      await round();
    }
    expect(it_.centre.submitted.length).toBeGreaterThan(smsAttemptsMax);
    expect(await it_.published('NoticeDelivered')).toEqual([]);
    it_.centre.answer = () => ({ kind: 'later', reason: 'CENTRE_0x00000008', throttled: false });
    for (let n = 0; n < smsAttemptsMax + 1; n += 1) {
      it_.nowMs += 600_000;
      await round();
    }
    expect((await it_.published('NoticeDelivered'))[0]!.value).toMatchObject({ reason: 'ATTEMPTS_EXHAUSTED' });
  });

  it('is not claimed while the centre is away', async () => {
    await known();
    await it_.decided(offer());
    it_.centre.isOpen = false;
    await round();
    expect(await it_.database('delivery').where({ channel: 'SMS', state: 'PENDING' }).pluck('attempts')).toEqual([0]);
  });
});

describe('housekeeping', () => {
  it('gives up an SMS whose phone never came to be known, and one whose receipt never came', async () => {
    await received();
    it_.nowMs += smsAgeMsMax;
    await it_.notifier.housekeeping.round();
    await it_.contact(applicant, '+77010000001');
    await it_.preschool('P1', 'Балапан', 'Балапан');
    await it_.decided(issued());
    await round();
    it_.nowMs += receiptMsMax + 1;
    await it_.notifier.housekeeping.round();
    expect((await it_.published('NoticeDelivered')).map(({ value }) => [value['notice'], value['reason']])).toEqual([
      ['N01', 'NO_CONTACT'],
      ['N21', 'NO_RECEIPT'],
    ]);
  });

  it('raises the alarm for an offer that has not reached the phone at half of its time', async () => {
    await known();
    await it_.decided(offer());
    await it_.notifier.housekeeping.round();
    expect(it_.notifier.housekeeping.unheard).toEqual([]);
    it_.nowMs += dayMs;
    await it_.notifier.housekeeping.round();
    expect(it_.notifier.housekeeping.unheard).toEqual([expect.objectContaining({ applicationId: application })]);
    await round();
    await it_.notifier.onReceipt({
      messageId: `m-${it_.centre.submitted[0]!.deliveryId}`,
      delivered: true,
      reason: null,
    });
    await it_.notifier.housekeeping.round();
    expect(it_.notifier.housekeeping.unheard).toEqual([]);
  });
});

describe('where a scenario sets the clock of the hub', () => {
  it('an offer of another year reaches the phone, and its deadline is told as it was decided', async () => {
    const scripted = await NotifierUnderTest.open(server.urlOf('notifier'), noonMs, { scriptedClock: true });
    await it_.database.destroy();
    it_ = scripted;
    await known();
    await it_.decided(offer({ atMs: noonMs - 365 * dayMs, answerByMs: noonMs - 363 * dayMs }));
    await round();
    expect(it_.centre.submitted).toEqual([
      expect.objectContaining({ text: expect.stringContaining('05.06.2025 12:00'), termMs: 2 * dayMs }),
    ]);
  });
});

describe('at night', () => {
  const quiet = { fromHour: 21, toHour: 8 };
  const midnightMs = Date.parse('2026-06-03T00:00:00+05:00');
  let night: NotifierUnderTest;

  beforeEach(async () => {
    night = await NotifierUnderTest.open(server.urlOf('notifier'), midnightMs - hourMs, { quietHours: quiet });
    await it_.database.destroy();
    it_ = night;
    await known();
    await it_.database('delivery').delete();
    it_.nowMs = midnightMs;
  });

  it('offers reach the cabinet at once and the phone from eight, in order of deadline', async () => {
    const [a, b] = [randomUUID(), randomUUID()];
    for (const [n, id] of [a, b].entries()) await received(id, `K-2${n}`);
    await it_.database('delivery').delete();
    await it_.decided(offer({ applicationId: a, answerByMs: midnightMs + 3 * dayMs }));
    await it_.decided(offer({ applicationId: b, answerByMs: midnightMs + 2 * dayMs }));
    await it_.decided(offer({ answerByMs: midnightMs + 4 * dayMs }));
    await round();
    expect(await it_.published('CabinetMessageRequested')).toHaveLength(3);
    expect(it_.centre.submitted).toEqual([]);
    it_.nowMs = midnightMs + 8 * hourMs - 1;
    await round();
    expect(it_.centre.submitted).toEqual([]);
    it_.nowMs += 1;
    await round();
    expect(it_.centre.submitted.map(({ text }) => /K-\d+/.exec(text)![0])).toEqual(['K-21', 'K-20', 'K-1']);
  });

  it('what must be heard before the morning takes along what is before it in its line', async () => {
    await it_.decided({ type: 'EntrySuspended', ...at(), applicationId: application, preschoolId: 'P1', untilMs: 0 });
    await it_.decided(offer({ answerByMs: midnightMs + 2 * hourMs }));
    it_.nowMs = midnightMs + hourMs - 1;
    await round();
    expect(it_.centre.submitted).toEqual([]);
    it_.nowMs += 1;
    await round();
    await round();
    expect(it_.centre.submitted.map(({ text }) => text)).toEqual([
      expect.stringContaining('кезек тоқтатылды'),
      expect.stringContaining('бос орын ұсынылды'),
    ]);
  });

  it('a result of an application of the night is issued at the opening of its day of acceptance', async () => {
    const id = randomUUID();
    await it_.decided({
      type: 'EntryQueued',
      ...at(),
      applicationId: id,
      preschoolId: 'P1',
      state: 'WAITING',
      position: 4,
    });
    await it_.happened({
      name: 'ApplicationReceived',
      value: {
        applicationId: id,
        applicantId: applicant,
        applicationNumber: 'K-3',
        receivedAtMs: it_.nowMs,
        acceptedOn: Date.parse('2026-06-03') / dayMs,
        benefit: null,
      },
    });
    const notices = async () => (await it_.published('CabinetMessageRequested')).map(({ value }) => value['notice']);
    await round();
    expect(await notices()).toEqual(['N01']);
    it_.nowMs = midnightMs + 9 * hourMs;
    await round();
    expect(await notices()).toEqual(['N01', 'N04']);
  });
});

async function eventually(holds: () => boolean): Promise<void> {
  for (const endMs = Date.now() + 5_000; !holds(); await new Promise((resolve) => setTimeout(resolve, 5))) {
    if (Date.now() > endMs) throw new Error('it did not come to hold within 5 s');
  }
}
