import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { KezekEnvironment, Refused, type StartedKezek } from '#testing';
import { judgeHub } from './hub-judge.ts';
import { applyTo, birthYear, preschools, seatThem } from './load.ts';

const dayMs = 86_400_000;

describe('a hub in containers', () => {
  let kezek: StartedKezek;
  beforeAll(async () => {
    kezek = await new KezekEnvironment({ preschools }).start();
  });
  afterAll(() => kezek?.stop());

  it('takes an application to a referral, and tells everybody', async () => {
    const applicants = await applyTo(kezek, 'P-1', 2);
    const expected = await seatThem(kezek, 'P-1', applicants, 1);
    expect(await judgeHub(kezek, expected)).toEqual([]);
    const [first] = applicants;
    const sms = await kezek.outside.sms(first!.family.applicant.phone.replace('+', ''));
    expect(sms.length).toBeGreaterThanOrEqual(3);
    const kinds = (await kezek.hub.timeline(first!.applicationNumber)).map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['ApplicationReceived', 'ApplicationQueued', 'ReferralIssued']));
  });

  it('shows personal data on a topic to who has the keys, and to nobody else', async () => {
    const [applicant] = await applyTo(kezek, 'P-2', 1);
    await kezek.hub.waitUntilQueued(applicant!.applicationNumber);
    const contacts = await kezek.readTopic('kezek.contacts');
    const phones = contacts.map(({ value }) => (value as { phone: string }).phone);
    expect(phones).toContain(applicant!.family.applicant.phone);
  });

  it('lets a term of days run out in a moment', async () => {
    const [slow, next] = await applyTo(kezek, 'P-3', 2);
    for (const each of [slow!, next!]) await kezek.hub.waitUntilQueued(each.applicationNumber);
    const seat = {
      preschoolId: 'P-3',
      language: 'kk',
      birthYears: [birthYear],
      groupName: 'Топ',
      regimeHours: '9' as const,
    };
    await kezek.hub.publishBulletin('P-3-1', [seat]);
    const offer = await kezek.hub.waitForOffer(slow!.applicationNumber);
    const answerByMs = Date.parse(offer.answerBy!);
    expect(answerByMs - (await kezek.hub.now())).toBeGreaterThan(2 * dayMs);
    await kezek.hub.setClock(answerByMs + 60_000);
    const { vacancyId } = await kezek.hub.waitForOffer(next!.applicationNumber);
    expect(vacancyId).toBe(offer.vacancyId);
    const { offers } = await kezek.hub.application(slow!.applicationNumber);
    expect(offers.map(({ state }) => state)).toEqual(['LAPSED']);
  });

  it('refuses what is wrong with a problem that names the field', async () => {
    const family = await kezek.families.invent({ childBirthDate: `${birthYear}-03-05` });
    const form = { ...family, preschools: [{ preschoolId: 'P-unknown', language: 'kk' }], consent: true as const };
    const refusal = await kezek.hub.submitApplication(form).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Refused);
    expect((refusal as Refused).status).toBeGreaterThanOrEqual(400);
    expect(JSON.stringify((refusal as Refused).problem)).toContain('/preschools/0');
  });

  it('waits for a state system that fails by script, and goes on when it answers', async () => {
    await kezek.outside.scriptFaults({ service: '*', kind: 'down', times: 4 });
    const [applicant] = await applyTo(kezek, 'P-4', 1);
    await kezek.hub.waitUntilQueued(applicant!.applicationNumber, 60_000);
    const outcomes = (await kezek.outside.stateCalls()).map(({ outcome }) => outcome);
    expect(outcomes).toContain('down');
    await kezek.outside.endFaults();
  });
});
