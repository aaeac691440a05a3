import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import {
  application,
  birthDate,
  bulletin,
  database,
  iin,
  pointersOf,
  post,
  rows,
  send,
  withIntake,
} from './intake-under-test.ts';

withIntake();

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

  it('recognises a parent who files for twins at the same moment', async () => {
    const applicant = { iin: iin(), phone: '+77010000003', language: 'kk' };
    const answers = await Promise.all([1, 2, 3].map(() => post('/v1/applications', application({ applicant }))));
    const numbers = answers.map(({ body }) => String(body['applicationNumber']));
    const ids = await database('application').whereIn('number', numbers).distinct('applicant_id');
    expect([new Set(numbers).size, ids.length]).toEqual([3, 1]);
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
