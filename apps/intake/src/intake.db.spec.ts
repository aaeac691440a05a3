import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { outboxOf } from '#messaging';
import { newKeyringJson, openKeyring } from '#personal-data';
import { openLogger } from '#runtime';
import { migrate, openDatabase, type Database } from '#storage';
import { startDatabase, type TestDatabase } from '#testing';
import { assembleIntake, type Intake } from './assemble.ts';
import { ProblemFilter } from './http/problem.filter.ts';
import { IntakeModule } from './intake.module.ts';
import { intakeMigrations } from './migrations.ts';

let testDatabase: TestDatabase;
let database: Database;
let intake: Intake;
let app: NestFastifyApplication;

beforeAll(async () => {
  testDatabase = await startDatabase();
  database = openDatabase({ url: testDatabase.urlOf('intake'), schema: 'intake', poolMax: 8, applicationName: 'spec' });
  await migrate(database, { schema: 'intake', migrations: intakeMigrations });
  const keyring = openKeyring(newKeyringJson());
  const logger = openLogger('spec', 'fatal');
  intake = assembleIntake({
    database,
    addToOutbox: outboxOf({ source: 'intake', personalFields: keyring }),
    keyring,
    logger,
    allocatorUrl: 'http://127.0.0.1:1',
    calendar: { weekend: [6, 7], holidays: [], workdays: [] },
    scriptedClock: true,
  });
  const place = (preschoolId: string) => ({ preschoolId, nameKk: 'Балапан', nameRu: 'Балапан', address: '1' });
  await intake.begin(['A', 'B', 'C', 'D', 'E'].map(place));
  app = await NestFactory.create<NestFastifyApplication>(
    IntakeModule.assemble(intake.parts),
    new FastifyAdapter({ bodyLimit: 200_000 }),
    { logger: false },
  );
  app.useGlobalFilters(new ProblemFilter(logger));
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
});

afterAll(async () => {
  await app.close();
  await database.destroy();
  await testDatabase.stop();
});

type Answer = { status: number; headers: Record<string, unknown>; body: Record<string, unknown> };

async function send(
  method: 'POST' | 'GET' | 'PUT',
  url: string,
  payload?: unknown,
  headers: object = {},
): Promise<Answer> {
  const response = await app.inject({
    method,
    url,
    ...(payload === undefined ? {} : { payload: payload as object }),
    headers: { 'content-type': 'application/json', ...headers },
  });
  return { status: response.statusCode, headers: response.headers, body: JSON.parse(response.body || '{}') };
}

const post = (url: string, payload: unknown, headers: object = { 'idempotency-key': randomUUID() }): Promise<Answer> =>
  send('POST', url, payload, headers);

let drawn = 0;
/** A new IIN with a right check digit and month 13. */
function iin(): string {
  for (;;) {
    drawn += 1;
    const body = `9913013${String(drawn).padStart(4, '0')}`;
    const sum = (weights: readonly number[]) => weights.reduce((total, w, i) => total + w * Number(body[i]), 0) % 11;
    const first = sum([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    const check = first === 10 ? sum([3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]) : first;
    if (check < 10) return body + String(check);
  }
}

const birthDate = `${new Date().getUTCFullYear() - 3}-01-15`;
const application = (change: object = {}) => ({
  applicant: { iin: iin(), phone: '+77010000001', language: 'kk' },
  child: { iin: iin(), birthDate },
  preschools: [{ preschoolId: 'A', language: 'kk' }],
  consent: true,
  ...change,
});
const bulletin = (seat: object = {}) => ({
  number: '1',
  seats: [{ preschoolId: 'A', language: 'kk', birthYears: [2023], groupName: 'Күншуақ', regimeHours: '10.5', ...seat }],
});

/** Everything intake could have kept because of a request. */
async function rows(): Promise<unknown> {
  const tables = [
    'application',
    'verification',
    'idempotency',
    'bulletin',
    'vacancy',
    'timeline',
    'outbox',
    'allocation_clock',
  ];
  const counts = await Promise.all(
    tables.map(async (table) => [
      table,
      JSON.stringify((await database.raw(`select count(*)::int as n from ${table}`)).rows),
    ]),
  );
  const clock = await database('allocation_clock').first();
  return { ...Object.fromEntries(counts), number: String(clock.last_number) };
}

const pointersOf = (answer: Answer) =>
  (answer.body['errors'] as { pointer: string; code: string }[]).map(({ pointer, code }) => `${pointer} ${code}`);

describe('POST /v1/applications', () => {
  it('answers at once with the number and the moment of receipt, to the millisecond', async () => {
    const answer = await post('/v1/applications', application());
    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({
      applicationNumber: expect.stringMatching(/^\d{2}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/),
      receivedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      state: 'CHECKING',
    });
  });

  it('keeps nothing about people in plain text', async () => {
    const form = application();
    await post('/v1/applications', form);
    const { rows: stored } = await database.raw(
      `select a::text as text from application a union all select encode(value, 'escape') from outbox`,
    );
    const everything = stored.map((row: { text: string }) => row.text).join('\n');
    for (const secret of [form.applicant.iin, form.child.iin, form.applicant.phone])
      expect(everything).not.toContain(secret);
  });

  it.each<[string, object, string[]]>([
    ['nothing', { applicant: undefined }, ['#/applicant missing']],
    ['no child', { child: undefined }, ['#/child missing']],
    ['a wrong check digit', { child: { iin: '991301300004', birthDate } }, ['#/child/iin iin-check-digit']],
    ['an IIN of 11 digits', { child: { iin: '99130130000', birthDate } }, ['#/child/iin iin-form']],
    [
      'an IIN that is too long',
      { child: { iin: '9'.repeat(5_000), birthDate } },
      ['#/child/iin too-big', '#/child/iin iin-form'],
    ],
    ['an IIN that is no text', { child: { iin: 991301300003, birthDate } }, ['#/child/iin invalid-type']],
    [
      'a date that does not exist',
      { child: { iin: iin(), birthDate: '2023-02-30' } },
      ['#/child/birthDate invalid-format'],
    ],
    [
      'a phone of another form',
      { applicant: { iin: iin(), phone: '87010000001' } },
      ['#/applicant/phone invalid-format'],
    ],
    [
      'a preschool that is not in the registry',
      { preschools: [{ preschoolId: 'Z', language: 'kk' }] },
      ['#/preschools/0/preschoolId unknown-preschool'],
    ],
    ['no preschool', { preschools: [] }, ['#/preschools too-small']],
    [
      'a fifth preschool',
      { preschools: ['A', 'B', 'C', 'D', 'E'].map((preschoolId) => ({ preschoolId, language: 'kk' })) },
      ['#/preschools too-big'],
    ],
    [
      'a preschool named twice',
      { preschools: ['A', 'A'].map((preschoolId) => ({ preschoolId, language: 'kk' })) },
      ['#/preschools/1/preschoolId repeated'],
    ],
    [
      'a language that is none',
      { preschools: [{ preschoolId: 'A', language: 'казах' }] },
      ['#/preschools/0/language invalid-format'],
    ],
    ['an unknown benefit', { benefit: 'FRIEND_OF_THE_HEAD' }, ['#/benefit invalid-value']],
    ['no consent', { consent: false }, ['#/consent invalid-value']],
    ['a field nobody knows', { priority: 1 }, ['#/priority unknown-field']],
    ['a child not born yet', { child: { iin: iin(), birthDate: '2099-01-01' } }, ['#/child/birthDate not-born-yet']],
  ])('refuses %s, names the field, and stores nothing', async (_what, change, expected) => {
    const before = await rows();
    const answer = await post('/v1/applications', application(change));
    expect(answer.status).toBe(400);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.body['type']).toBe('urn:kezek:problem:invalid-input');
    expect(pointersOf(answer)).toEqual(expected);
    expect(await rows()).toEqual(before);
  });

  it('refuses a child over the age limit (p.11)', async () => {
    const before = await rows();
    const answer = await post('/v1/applications', application({ child: { iin: iin(), birthDate: '2015-01-01' } }));
    expect([answer.status, pointersOf(answer)]).toEqual([422, ['#/child/birthDate over-six-this-year']]);
    expect(await rows()).toEqual(before);
  });

  it('refuses a body that is no JSON, no object, too large or of another kind', async () => {
    const before = await rows();
    expect((await send('POST', '/v1/applications', '{"applicant":', { 'idempotency-key': randomUUID() })).status).toBe(
      400,
    );
    expect((await send('POST', '/v1/applications', '', { 'idempotency-key': randomUUID() })).status).toBe(400);
    expect((await post('/v1/applications', [])).status).toBe(400);
    expect((await post('/v1/applications', { text: 'x'.repeat(300_000) })).status).toBe(413);
    const xml = await send('POST', '/v1/applications', '<a/>', {
      'content-type': 'application/xml',
      'idempotency-key': randomUUID(),
    });
    expect([xml.status, xml.body['type']]).toEqual([415, 'urn:kezek:problem:media-type']);
    expect(await rows()).toEqual(before);
  });

  it('wants an Idempotency-Key and says so in the language asked for', async () => {
    const before = await rows();
    const answer = await send('POST', '/v1/applications', application(), { 'accept-language': 'ru-RU, en;q=0.5' });
    expect([answer.status, answer.body['title']]).toEqual([400, 'Нет заголовка Idempotency-Key']);
    const short = await post('/v1/applications', application(), { 'idempotency-key': 'x' });
    expect(short.status).toBe(400);
    expect(await rows()).toEqual(before);
  });

  it('answers a repeated request with the first answer, and refuses another body under the same key', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const form = application();
    const first = await post('/v1/applications', form, key);
    const after = await rows();
    const again = await post('/v1/applications', form, key);
    expect([again.status, again.body, again.headers['idempotent-replayed']]).toEqual([202, first.body, 'true']);
    const other = await post('/v1/applications', application(), key);
    expect([other.status, other.body['type']]).toEqual([422, 'urn:kezek:problem:idempotency-key-reused']);
    expect(await rows()).toEqual(after);
  });

  it('takes one of two equal requests that arrive together', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const form = application();
    const answers = await Promise.all([1, 2, 3].map(() => post('/v1/applications', form, key)));
    expect(new Set(answers.map((answer) => answer.body['applicationNumber'])).size).toBe(1);
  });

  it('keeps one active application for a child', async () => {
    const child = { iin: iin(), birthDate };
    await post('/v1/applications', application({ child }));
    const before = await rows();
    const second = await post('/v1/applications', application({ child }));
    expect([second.status, pointersOf(second)]).toEqual([409, ['#/child/iin child-already-queued']]);
    expect(await rows()).toEqual(before);
  });

  it('recognises a parent by a random id that the applications of siblings share', async () => {
    const applicant = { iin: iin(), phone: '+77010000002', language: 'ru' };
    const numbers: string[] = [];
    for (const _ of [1, 2])
      numbers.push(String((await post('/v1/applications', application({ applicant }))).body['applicationNumber']));
    const ids = await database('application').whereIn('number', numbers).distinct('applicant_id');
    expect(ids).toHaveLength(1);
  });
});

describe('POST /v1/bulletins', () => {
  it('publishes seats and says their ids in the order they are given out', async () => {
    const answer = await post('/v1/bulletins', bulletin());
    expect(answer.status).toBe(202);
    expect(answer.body['vacancies']).toHaveLength(1);
  });

  it.each<[string, object, string[]]>([
    ['no seats', { number: '1', seats: [] }, ['#/seats too-small']],
    ['no number', { seats: bulletin().seats }, ['#/number missing']],
    ['an unknown preschool', bulletin({ preschoolId: 'Z' }), ['#/seats/0/preschoolId unknown-preschool']],
    ['a profile in an ordinary queue', bulletin({ profile: 'speech' }), ['#/seats/0/profile profile']],
    ['no profile in a special queue', bulletin({ queue: 'SPECIAL' }), ['#/seats/0/profile profile']],
    ['no year', bulletin({ birthYears: [] }), ['#/seats/0/birthYears too-small']],
    ['a year twice', bulletin({ birthYears: [2023, 2023] }), ['#/seats/0/birthYears invalid']],
    ['a regime that is none', bulletin({ regimeHours: '5' }), ['#/seats/0/regimeHours invalid-value']],
    ['a last day that is no date', bulletin({ temporaryUntil: 'soon' }), ['#/seats/0/temporaryUntil invalid-format']],
  ])('refuses %s, names the field, and stores nothing', async (_what, body, expected) => {
    const before = await rows();
    const answer = await post('/v1/bulletins', body);
    expect([answer.status, pointersOf(answer)]).toEqual([400, expected]);
    expect(await rows()).toEqual(before);
  });
});

describe('POST /v1/offers/{vacancyId}/answer', () => {
  it('refuses a seat nobody published, an application nobody filed, and a number of another form', async () => {
    const published = await post('/v1/bulletins', bulletin());
    const [{ vacancyId }] = published.body['vacancies'] as [{ vacancyId: string }];
    const before = await rows();
    const yes = { applicationNumber: '26-AAAA-AAAA', accepted: true };
    expect((await post(`/v1/offers/${randomUUID()}/answer`, yes)).status).toBe(404);
    expect((await post('/v1/offers/not-an-id/answer', yes)).status).toBe(404);
    expect(pointersOf(await post(`/v1/offers/${vacancyId}/answer`, yes))).toEqual([
      '#/applicationNumber unknown-application',
    ]);
    const malformed = await post(`/v1/offers/${vacancyId}/answer`, { applicationNumber: '1', accepted: 'yes' });
    expect(pointersOf(malformed)).toEqual(['#/applicationNumber invalid-format', '#/accepted invalid-type']);
    expect(await rows()).toEqual(before);
  });
});

describe('answers about an application', () => {
  it('are refused when the application is unknown or does not await them', async () => {
    const filed = await post('/v1/applications', application());
    const number = String(filed.body['applicationNumber']);
    const before = await rows();
    expect((await post('/v1/applications/26-AAAA-AAAA/benefit-choice', { goOnAsGeneral: true })).status).toBe(404);
    expect((await post(`/v1/applications/${number}/benefit-choice`, { goOnAsGeneral: true })).status).toBe(409);
    expect((await post(`/v1/applications/${number}/operator-decision`, { decision: 'CONFIRM' })).status).toBe(409);
    expect(pointersOf(await post(`/v1/applications/${number}/operator-decision`, { decision: 'MAYBE' }))).toEqual([
      '#/decision invalid-value',
    ]);
    expect(pointersOf(await post(`/v1/applications/${number}/benefit-choice`, {}))).toEqual([
      '#/goOnAsGeneral missing',
    ]);
    expect(await rows()).toEqual(before);
  });

  it('shows an application also while the allocator does not answer', async () => {
    const filed = await post('/v1/applications', application());
    const number = String(filed.body['applicationNumber']);
    const shown = await send('GET', `/v1/applications/${number}`);
    expect(shown.body).toMatchObject({ applicationNumber: number, state: 'CHECKING', positionsKnown: false });
    expect((await send('GET', `/v1/applications/${'9'.repeat(80)}`)).status).toBe(404);
    expect((await send('GET', '/v1/nothing')).status).toBe(404);
  });
});

describe('the checks of an application', () => {
  async function filed(change: object) {
    const answer = await post('/v1/applications', application(change));
    const applicationId = String(answer.body['applicationId']);
    const checks = await database('verification').where({ application_id: applicationId });
    const result = (check: string, outcome: 'CONFIRMED' | 'NOT_CONFIRMED' | 'NO_DATA') =>
      database.transaction((trx) =>
        intake.parts.verifyApplication.recordResult(trx, {
          verificationId: checks.find((row) => row.check_kind === check)!.id,
          applicationId,
          check: check as 'IDENTITY',
          result: outcome,
          reason: null,
          source: 'SPEC',
          childBirthDate: check === 'BIRTH_CERTIFICATE' ? birthDate : null,
          completedAtMs: Date.now(),
        }),
      );
    const state = async () => (await send('GET', `/v1/applications/${answer.body['applicationNumber']}`)).body['state'];
    const clock = async () => (await database('allocation_clock').first()).last_number as bigint;
    return { number: String(answer.body['applicationNumber']), result, state, clock };
  }

  it('let a general application into the log when the last answer is in, once', async () => {
    const one = await filed({});
    const before = await one.clock();
    await one.result('IDENTITY', 'CONFIRMED');
    expect([await one.state(), await one.clock()]).toEqual(['CHECKING', before]);
    await one.result('BIRTH_CERTIFICATE', 'CONFIRMED');
    await one.result('BIRTH_CERTIFICATE', 'CONFIRMED');
    expect([await one.state(), await one.clock()]).toEqual(['QUEUED', before + 1n]);
  });

  it('ask the applicant whose benefit is not confirmed, who goes on as general with the old time', async () => {
    const one = await filed({ benefit: 'TEACHER' });
    for (const check of ['IDENTITY', 'BIRTH_CERTIFICATE']) await one.result(check, 'CONFIRMED');
    await one.result('PRIVILEGE', 'NOT_CONFIRMED');
    expect(await one.state()).toBe('AWAITING_CHOICE');
    expect((await post(`/v1/applications/${one.number}/benefit-choice`, { goOnAsGeneral: true })).status).toBe(202);
    expect(await one.state()).toBe('QUEUED');
  });

  it('take silence about the choice for general, two days later', async () => {
    const one = await filed({ benefit: 'TEACHER' });
    for (const check of ['IDENTITY', 'BIRTH_CERTIFICATE']) await one.result(check, 'CONFIRMED');
    await one.result('PRIVILEGE', 'NOT_CONFIRMED');
    await intake.tick();
    expect(await one.state()).toBe('AWAITING_CHOICE');
    await database('application')
      .where({ number: one.number })
      .update({ choose_by: new Date(Date.now() - 1) });
    await intake.tick();
    expect(await one.state()).toBe('QUEUED');
  });

  it('leave an out-of-turn application to the operator (p.6)', async () => {
    const one = await filed({ benefit: 'MILITARY_SERVICE' });
    for (const check of ['IDENTITY', 'BIRTH_CERTIFICATE', 'PRIVILEGE']) await one.result(check, 'CONFIRMED');
    expect(await one.state()).toBe('AWAITING_OPERATOR');
    expect(pointersOf(await post(`/v1/applications/${one.number}/operator-decision`, { decision: 'REFUSE' }))).toEqual([
      '#/grounds missing',
    ]);
    expect((await post(`/v1/applications/${one.number}/operator-decision`, { decision: 'CONFIRM' })).status).toBe(202);
    expect(await one.state()).toBe('QUEUED');
    expect((await post(`/v1/applications/${one.number}/operator-decision`, { decision: 'CONFIRM' })).status).toBe(409);
  });
});

describe('the clock of the log', () => {
  it('gives numbers without a gap and times that never run back, however many write at once', async () => {
    const before = (await database('allocation_clock').first()).last_number as bigint;
    await Promise.all(Array.from({ length: 20 }, () => post('/v1/bulletins', bulletin())));
    const { rows: records } = await database.raw(
      `select value from outbox where topic = 'kezek.allocation.log' order by id`,
    );
    const { decode } = await import('#contracts');
    const values = records.map(
      (row: { value: Buffer }) =>
        decode(row.value, ['VacanciesPublished', 'ApplicationQueued', 'CalendarChanged', 'ClockAdvanced']).value,
    );
    const numbers = values.map((value: { number: bigint }) => value.number);
    const times = values.map((value: { atMs: number }) => value.atMs);
    expect(numbers).toEqual(numbers.map((_: bigint, index: number) => BigInt(index + 1)));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(numbers.at(-1)).toBe(before + 20n);
  });

  it('can be set in a test stack, but not back', async () => {
    const ahead = new Date(Date.now() + 3_600_000).toISOString();
    expect((await send('PUT', '/v1/clock', { at: ahead })).status).toBe(202);
    const back = await send('PUT', '/v1/clock', { at: '2020-01-01T00:00:00.000Z' });
    expect([back.status, back.body['type']]).toEqual([422, 'urn:kezek:problem:clock-backwards']);
    expect((await send('PUT', '/v1/clock', { at: 'noon' })).status).toBe(400);
    const receipts = await Promise.all([
      post('/v1/applications', application()),
      post('/v1/applications', application()),
    ]);
    expect(receipts.map((receipt) => receipt.body['receivedAt'])).toEqual([ahead, ahead]);
  });
});

describe('GET /openapi.json', () => {
  it('describes every route of the door', async () => {
    const { body } = await send('GET', '/openapi.json');
    const described = Object.keys(body['paths'] as object).sort();
    const routed = app
      .getHttpAdapter()
      .getInstance()
      .printRoutes({ commonPrefix: false })
      .split('\n')
      .flatMap((line: string) => /(\/\S*)/.exec(line)?.[1] ?? []);
    for (const path of described) {
      const last = `/${path
        .split('/')
        .at(-1)!
        .replace(/\{(\w+)\}/, ':$1')}`;
      expect(routed.some((route: string) => route.endsWith(last))).toBe(true);
    }
    expect(described).toHaveLength(7);
  });
});
