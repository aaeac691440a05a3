import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { KezekEnvironment, Refused, type StartedKezek } from '@kezek/testing';
import { CityPortal } from './city-portal.ts';

const childBirthDate = `${new Date().getUTCFullYear() - 3}-03-05`;

describe('the city portal with a real hub', () => {
  let kezek: StartedKezek;
  let portal: CityPortal;

  before(async () => {
    kezek = await new KezekEnvironment().start();
    portal = new CityPortal(kezek.hub);
  });
  after(() => kezek?.stop());

  it('shows a family its number in the queue', async () => {
    const family = await kezek.families.invent({ childBirthDate });
    const number = await portal.apply(family, 'P-1');
    await kezek.hub.waitUntilQueued(number);
    assert.equal(await portal.page(family), `${number}: number 1 in the queue.`);
  });

  it('shows the offer, and the place once it is accepted', async () => {
    const [vacancy] = await kezek.hub.publishBulletin('B-1', [
      {
        preschoolId: 'P-1',
        language: 'kk',
        birthYears: [Number(childBirthDate.slice(0, 4))],
        groupName: 'Күн',
        regimeHours: '10.5',
      },
    ]);
    const queued = (await kezek.readTopic('kezek.allocation.log')).filter(({ name }) => name === 'ApplicationQueued');
    assert.equal(queued.length, 1);
    const [sms] = await kezek.outside.sms();
    const number = /\d\d-[\dA-Z]{4}-[\dA-Z]{4}/.exec(sms?.text ?? '')?.[0] ?? '';
    await kezek.hub.waitForOffer(number);
    await kezek.hub.answerOffer(number, vacancy!.vacancyId, true);
    const referral = await kezek.hub.waitForReferral(number);
    assert.equal(referral.vacancyId, vacancy!.vacancyId);
    assert.ok((await kezek.outside.stages(number)).length > 0);
  });

  it('tells the second family nothing of the first, and offers it the seat whose term ran out', async () => {
    const families = [await kezek.families.invent({ childBirthDate }), await kezek.families.invent({ childBirthDate })];
    const numbers = [await portal.apply(families[0]!, 'P-1'), await portal.apply(families[1]!, 'P-1')];
    for (const number of numbers) await kezek.hub.waitUntilQueued(number);
    await kezek.hub.publishBulletin('B-2', [
      {
        preschoolId: 'P-1',
        language: 'kk',
        birthYears: [Number(childBirthDate.slice(0, 4))],
        groupName: 'Ай',
        regimeHours: '10.5',
      },
    ]);
    const { answerBy } = await kezek.hub.waitForOffer(numbers[0]!);
    // Days pass for the hub in a moment.
    await kezek.hub.setClock(Date.parse(answerBy!) + 60_000);
    await kezek.hub.waitForOffer(numbers[1]!);
    assert.equal(await portal.page(families[1]!), `${numbers[1]}: answer the offer.`);
  });

  it("passes the hub's refusal on", async () => {
    const family = await kezek.families.invent({ childBirthDate });
    await assert.rejects(
      portal.apply(family, 'nowhere'),
      (error: unknown) => error instanceof Refused && error.status === 400,
    );
  });
});
