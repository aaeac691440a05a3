import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { MessageOf } from '#contracts';
import { newKeyringJson, openKeyring } from '#personal-data';
import { openLogger } from '#runtime';
import { type Database, migrate, openDatabase } from '#storage';
import { startDatabase, type TestDatabase } from '#testing';
import { assembleIntake, type Intake } from '../assemble.ts';
import { intakeMigrations } from '../migrations.ts';

let testDatabase: TestDatabase;
let database: Database;
let intake: Intake;
let told: { name: string; key: string; value: Record<string, unknown> }[] = [];

beforeAll(async () => {
  testDatabase = await startDatabase();
  database = openDatabase({ url: testDatabase.urlOf('intake'), schema: 'intake', poolMax: 4, applicationName: 'spec' });
  await migrate(database, { schema: 'intake', migrations: intakeMigrations });
  const add = (_trx: unknown, message: (typeof told)[number]): Promise<string> => {
    told.push(message);
    return Promise.resolve(randomUUID());
  };
  const all = (_trx: unknown, messages: typeof told): Promise<string[]> => {
    told.push(...messages);
    return Promise.resolve(messages.map(() => randomUUID()));
  };
  intake = assembleIntake({
    database,
    addToOutbox: Object.assign(add, { all }) as never,
    keyring: openKeyring(newKeyringJson()),
    logger: openLogger('spec', 'fatal'),
    allocatorUrl: 'http://127.0.0.1:1',
    allocatorQueryToken: 'nobody is asked here',
    calendar: { weekend: [6, 7], holidays: [], workdays: [] },
    scriptedClock: true,
  });
  await intake.begin([{ preschoolId: 'A', nameKk: 'Балапан', nameRu: 'Балапан', address: '1' }]);
});
afterAll(async () => {
  await database.destroy();
  await testDatabase.stop();
});

const application = (over: Partial<MessageOf<'PortalApplicationReceived'>> = {}) => ({
  name: 'PortalApplicationReceived' as const,
  value: {
    dialogueId: randomUUID(),
    portalRequestNumber: '10000000000001',
    applicantIin: '991301300003',
    applicantPhone: '+77001234567',
    applicantLanguage: 'ru' as const,
    childIin: '991301300300',
    childBirthDate: `${new Date().getUTCFullYear() - 3}-05-05`,
    preschools: [{ preschoolId: 'A', language: 'kk' }],
    benefit: null,
    plannedAge: null,
    consent: true,
    portalAtMs: Date.now(),
    receivedAtMs: Date.now(),
    ...over,
  },
});

async function answered(request: Parameters<typeof intake.parts.answerPortal.handle>[1]) {
  told = [];
  const follows = { causationId: 'c', correlationId: 'c' };
  await database.transaction((trx) => intake.parts.answerPortal.handle(trx, request, follows));
  return told.find(({ name }) => name === 'PortalRequestAnswered')!;
}

describe('a request of a portal', () => {
  it('becomes an application like one from our own door, and the portal is told its number', async () => {
    const request = application();
    const answer = await answered(request);

    expect(answer.value).toMatchObject({ dialogueId: request.value.dialogueId, outcome: 'ACCEPTED', reason: null });
    expect(answer.key).toBe(answer.value['applicationId']);
    expect(told.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['ApplicationReceived', 'VerificationRequested']),
    );
  });

  it('stands in the queue with the moment at which it was received, however long it waited on its way', async () => {
    const receivedAtMs = Date.now() - 3_600_000;
    await answered(application({ childIin: '991301300509', receivedAtMs }));
    expect(told.find(({ name }) => name === 'ApplicationReceived')!.value).toMatchObject({ receivedAtMs });
  });

  it('is received no later than now, whatever the clock of its door says', async () => {
    await answered(application({ childIin: '991301300608', receivedAtMs: Date.now() + 3_600_000 }));
    const { value } = told.find(({ name }) => name === 'ApplicationReceived')!;
    expect(value['receivedAtMs']).toBeLessThanOrEqual(Date.now());
  });

  it.each([
    ['for a child that stands in the queue already', {}, 'child-already-queued'],
    ['with a wrong check digit', { childIin: '991301300301' }, 'invalid-input'],
    [
      'for an unknown preschool',
      { childIin: '991301300404', preschools: [{ preschoolId: 'Z', language: 'kk' }] },
      'invalid-input',
    ],
    ['without consent', { childIin: '991301300404', consent: false }, 'invalid-input'],
    ['for a child that is too old', { childIin: '991301300404', childBirthDate: '2010-01-01' }, 'age-limit'],
  ])('%s is refused on its dialogue, and leaves nothing behind', async (_, over, reason) => {
    const before = await database('application').count();
    const request = application(over);
    const answer = await answered(request);

    expect(answer.value).toMatchObject({ outcome: 'REFUSED', reason, applicationId: null });
    expect(answer.key).toBe(request.value.dialogueId);
    expect(await database('application').count()).toEqual(before);
  });

  it('that answers an offer nobody made is refused', async () => {
    const value = {
      dialogueId: randomUUID(),
      portalRequestNumber: '2',
      applicationNumber: '26-7F3K-9QXM',
      vacancyId: randomUUID(),
      accepted: true,
      portalAtMs: 1,
      receivedAtMs: 1,
    };

    expect((await answered({ name: 'PortalAnswerReceived', value })).value).toMatchObject({
      outcome: 'REFUSED',
      reason: 'not-found',
    });
  });
});
