import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startDatabase, type TestDatabase } from '#testing';
import { receiptMsMax, smsAgeMsMax, smsAttemptsMax } from '../src/limits.ts';
import { NotifierUnderTest } from './notifier-under-test.ts';
import { dayMs, noonMs, OneFamily } from './one-family.ts';

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

describe('an SMS', () => {
  const outcome = (messageId: string, delivered = true) =>
    hub.notifier.onReceipt({ messageId, delivered, reason: delivered ? null : 'UNDELIVERABLE' });
  const sent = () => hub.centre.submitted.at(-1)!;

  it('ends by its receipt, with the phone it went to', async () => {
    await family.known();
    await hub.decided(family.offer());
    await hub.round();
    await family.phone('+77010000009');
    expect(await outcome(`m-${sent().deliveryId}`)).toBe(true);
    expect(await outcome(`m-${sent().deliveryId}`)).toBe(true);
    expect((await hub.published('NoticeDelivered')).map(({ value }) => value)).toEqual([
      expect.objectContaining({ channel: 'SMS', outcome: 'DELIVERED', destination: '+77010000001', attempts: 1 }),
    ]);
  });

  it('whose receipt comes before our mark is not lost', async () => {
    await family.known();
    await hub.decided(family.offer());
    let told: Promise<boolean> | undefined;
    hub.centre.answer = (sms) => {
      told = outcome(`m-${sms.deliveryId}`);
      return { kind: 'accepted', messageId: `m-${sms.deliveryId}` };
    };
    await hub.round();
    expect(await told).toBe(true);
    expect(await hub.published('NoticeDelivered')).toHaveLength(1);
  });

  it('that nobody knows is said again by the centre', async () => {
    expect(await outcome('m-unknown')).toBe(false);
  });

  it('that the centre refuses, or that no phone took, is told with the reason', async () => {
    await family.known();
    hub.centre.answer = () => ({ kind: 'refused', reason: 'INVALID_PHONE' });
    await hub.decided(family.offer());
    await hub.round();
    hub.centre.answer = (sms) => ({ kind: 'accepted', messageId: `m-${sms.deliveryId}` });
    await hub.decided(family.issued());
    await hub.round();
    await outcome(`m-${sent().deliveryId}`, false);
    expect((await hub.published('NoticeDelivered')).map(({ value }) => value['reason'])).toEqual([
      'INVALID_PHONE',
      'UNDELIVERABLE',
    ]);
  });

  it('is not sent when the time to answer is over, and the next one goes', async () => {
    await family.known();
    await hub.decided(family.offer());
    hub.nowMs += 2 * dayMs + 1;
    await hub.decided(family.issued());
    await hub.round();
    await hub.round();
    expect(hub.centre.submitted.map(({ text }) => text)).toEqual([expect.stringContaining('жолдама берілді')]);
    expect((await hub.published('NoticeDelivered'))[0]!.value).toMatchObject({ notice: 'N14', reason: 'OVERDUE' });
  });

  it('is given up after many attempts, but not because the centre was away or throttled', async () => {
    await family.known();
    await hub.decided(family.issued());
    hub.centre.answer = () => ({ kind: 'later', reason: 'CENTRE_0x00000058', throttled: true });
    for (let n = 0; n < smsAttemptsMax + 5; n += 1) {
      hub.nowMs += 10_000;
      await hub.round();
    }
    expect(hub.centre.submitted.length).toBeGreaterThan(smsAttemptsMax);
    expect(await hub.published('NoticeDelivered')).toEqual([]);
    hub.centre.answer = () => ({ kind: 'later', reason: 'CENTRE_0x00000008', throttled: false });
    for (let n = 0; n < smsAttemptsMax + 1; n += 1) {
      hub.nowMs += 600_000;
      await hub.round();
    }
    expect((await hub.published('NoticeDelivered'))[0]!.value).toMatchObject({ reason: 'ATTEMPTS_EXHAUSTED' });
  });

  it('is not claimed while the centre is away', async () => {
    await family.known();
    await hub.decided(family.offer());
    hub.centre.isOpen = false;
    await hub.round();
    expect(await hub.database('delivery').where({ channel: 'SMS', state: 'PENDING' }).pluck('attempts')).toEqual([0]);
  });
});

describe('housekeeping', () => {
  it('gives up an SMS whose phone never came to be known, and one whose receipt never came', async () => {
    await family.received();
    hub.nowMs += smsAgeMsMax;
    await hub.notifier.housekeeping.round();
    await family.phone('+77010000001');
    await family.names();
    await hub.decided(family.issued());
    await hub.round();
    hub.nowMs += receiptMsMax + 1;
    await hub.notifier.housekeeping.round();
    expect((await hub.published('NoticeDelivered')).map(({ value }) => [value['notice'], value['reason']])).toEqual([
      ['N01', 'NO_CONTACT'],
      ['N21', 'NO_RECEIPT'],
    ]);
  });

  it('raises the alarm for an offer that has not reached the phone at half of its time', async () => {
    await family.known();
    await hub.decided(family.offer());
    await hub.notifier.housekeeping.round();
    expect(hub.notifier.housekeeping.unheard).toEqual([]);
    hub.nowMs += dayMs;
    await hub.notifier.housekeeping.round();
    expect(hub.notifier.housekeeping.unheard).toEqual([expect.objectContaining({ applicationId: family.application })]);
    await hub.round();
    await hub.notifier.onReceipt({
      messageId: `m-${hub.centre.submitted[0]!.deliveryId}`,
      delivered: true,
      reason: null,
    });
    await hub.notifier.housekeeping.round();
    expect(hub.notifier.housekeeping.unheard).toEqual([]);
  });
});
