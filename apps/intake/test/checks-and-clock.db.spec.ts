import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { decode, type Decisions } from '#contracts';
import type { Received } from '#messaging';
import { DecisionsController } from '../src/application-status/decisions.controller.ts';
import {
  app,
  application,
  birthDate,
  bulletin,
  database,
  iin,
  intake,
  pointersOf,
  post,
  send,
  withIntake,
} from './intake-under-test.ts';

withIntake();

describe('an application without a telephone number', () => {
  const filed = async (): Promise<{ readonly applicationId: string; readonly number: string }> => {
    const { body } = await post('/v1/applications', application({ applicant: { iin: iin(), language: 'ru' } }));
    return { applicationId: String(body['applicationId']), number: String(body['applicationNumber']) };
  };
  const sent = async (applicationId: string): Promise<readonly string[]> => {
    const { applicant_id: key } = await database('application').where({ id: applicationId }).first();
    const keys = [applicationId, String(key)].map((text) => Buffer.from(text));
    const rows = await database('outbox').whereIn('key', keys).orderBy('id').select('headers');
    return rows.map(({ headers }) => String(headers['ce_type']).replace('kezek.', ''));
  };
  const answered = (applicationId: string, phone: string | null) =>
    database.transaction((trx) =>
      intake.parts.verifyApplication.recordMobileNumber(trx, {
        requestId: randomUUID(),
        applicationId,
        phone,
        reason: phone === null ? 'no-record' : null,
        source: 'SPEC',
        completedAtMs: Date.now(),
      }),
    );
  const timeline = async (number: string): Promise<readonly string[]> => {
    const { body } = await send('GET', `/v1/applications/${number}/timeline`);
    return (body['items'] as { kind: string }[]).map(({ kind }) => kind);
  };

  it('has the base of mobile citizens asked, and its contact told once the number is known', async () => {
    const { applicationId, number } = await filed();
    expect(await sent(applicationId)).toContain('MobileNumberRequested');
    expect(await sent(applicationId)).not.toContain('ContactChanged');
    await answered(applicationId, '+77010000009');
    await answered(applicationId, '+77010000009');

    expect((await sent(applicationId)).filter((name) => name === 'ContactChanged')).toHaveLength(1);
    expect(await timeline(number)).toContain('MobileNumberFound');
  });

  it('goes on without SMS where the base knows none, and says so', async () => {
    const { applicationId, number } = await filed();
    await answered(applicationId, null);

    expect(await sent(applicationId)).not.toContain('ContactChanged');
    expect(await timeline(number)).toContain('MobileNumberMissing');
  });
});

describe('the checks of an application', () => {
  async function filed(change: object) {
    const answer = await post('/v1/applications', application(change));
    const applicationId = String(answer.body['applicationId']);
    const checks = await database('verification').where({ application_id: applicationId });
    const result = (
      check: string,
      outcome: 'CONFIRMED' | 'NOT_CONFIRMED' | 'NO_DATA' | 'UNAVAILABLE',
      registered = birthDate,
    ) =>
      database.transaction((trx) =>
        intake.parts.verifyApplication.recordResult(trx, {
          verificationId: checks.find((row) => row.check_kind === check)!.id,
          applicationId,
          check: check as 'IDENTITY',
          result: outcome,
          reason: null,
          source: 'SPEC',
          childBirthDate: check === 'BIRTH_CERTIFICATE' ? registered : null,
          completedAtMs: Date.now(),
        }),
      );
    const state = async () => (await send('GET', `/v1/applications/${answer.body['applicationNumber']}`)).body['state'];
    const clock = async () => (await database('allocation_clock').first()).last_number as bigint;
    const logged = async () => {
      const records = await database('outbox').where({ topic: 'kezek.allocation.log' }).orderBy('id');
      const { value } = decode(records.at(-1)!.value, ['ApplicationQueued']);
      return value.applicationId === applicationId ? value : undefined;
    };
    const pmpc = async () => (await logged())?.pmpc;
    const contacts = async () => {
      const { applicant_id: key } = await database('application').where({ id: applicationId }).first();
      return database('outbox')
        .where({ topic: 'kezek.contacts', key: Buffer.from(String(key)) })
        .orderBy('id');
    };
    return { number: String(answer.body['applicationNumber']), result, state, clock, logged, pmpc, contacts };
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

  it('let a child into the log with the date of birth that the register has, once a person has looked', async () => {
    const one = await filed({});
    await one.result('IDENTITY', 'CONFIRMED');
    await one.result('BIRTH_CERTIFICATE', 'CONFIRMED', '2023-01-02');
    expect(await one.state()).toBe('AWAITING_OPERATOR');
    expect((await post(`/v1/applications/${one.number}/operator-decision`, { decision: 'CONFIRM' })).status).toBe(202);
    expect((await one.logged())?.birthDate).toBe(Date.parse('2023-01-02') / 86_400_000);
  });

  it('leave the way to reach a known family as it is until they have vouched for a new filing in its name', async () => {
    const applicant = { iin: iin(), phone: '+77010000004', language: 'ru' };
    const first = await filed({ applicant });
    expect(await first.contacts()).toHaveLength(1);
    for (const check of ['IDENTITY', 'BIRTH_CERTIFICATE']) await first.result(check, 'CONFIRMED');
    expect(await first.contacts()).toHaveLength(1);

    const other = await filed({ applicant: { ...applicant, phone: '+77010000005' } });
    await other.result('IDENTITY', 'CONFIRMED');
    expect(await other.contacts()).toHaveLength(1);
    await other.result('BIRTH_CERTIFICATE', 'NOT_CONFIRMED');
    expect([await other.state(), (await other.contacts()).length]).toEqual(['REFUSED', 1]);

    const third = await filed({ applicant: { ...applicant, phone: '+77010000006' } });
    for (const check of ['IDENTITY', 'BIRTH_CERTIFICATE']) await third.result(check, 'CONFIRMED');
    expect([await third.state(), (await third.contacts()).length]).toEqual(['QUEUED', 2]);
  });

  it('let a child whose PMPC conclusion the register confirms into the log with it (p.11)', async () => {
    const one = await filed({ benefit: 'LIMITED_ABILITIES' });
    for (const check of ['IDENTITY', 'BIRTH_CERTIFICATE', 'PRIVILEGE']) await one.result(check, 'CONFIRMED');
    expect(await one.pmpc()).toBe(true);
  });

  it('let one whose PMPC conclusion is not confirmed, or who claims another benefit, into the log without', async () => {
    const one = await filed({ benefit: 'LIMITED_ABILITIES' });
    for (const check of ['IDENTITY', 'BIRTH_CERTIFICATE']) await one.result(check, 'CONFIRMED');
    await one.result('PRIVILEGE', 'NOT_CONFIRMED');
    await post(`/v1/applications/${one.number}/benefit-choice`, { goOnAsGeneral: true });
    expect(await one.pmpc()).toBe(false);

    const other = await filed({ benefit: 'TEACHER' });
    for (const check of ['IDENTITY', 'BIRTH_CERTIFICATE', 'PRIVILEGE']) await other.result(check, 'CONFIRMED');
    expect(await other.pmpc()).toBe(false);
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

  it('give a refuted first priority to nobody: when the operator has cleared other doubts, the applicant chooses', async () => {
    const one = await filed({ benefit: 'LARGE_FAMILY' });
    await one.result('IDENTITY', 'NO_DATA');
    await one.result('BIRTH_CERTIFICATE', 'CONFIRMED');
    await one.result('PRIVILEGE', 'NOT_CONFIRMED');
    expect(await one.state()).toBe('AWAITING_OPERATOR');
    expect((await post(`/v1/applications/${one.number}/operator-decision`, { decision: 'CONFIRM' })).status).toBe(202);
    expect(await one.state()).toBe('AWAITING_CHOICE');
    expect((await post(`/v1/applications/${one.number}/benefit-choice`, { goOnAsGeneral: true })).status).toBe(202);
    expect((await database('application').where({ number: one.number }).first()).category).toBe('GENERAL');
  });

  it('are handed to the operator when a source has been down for as long as is waited', async () => {
    const one = await filed({});
    await one.result('IDENTITY', 'CONFIRMED');
    await one.result('BIRTH_CERTIFICATE', 'UNAVAILABLE');
    expect(await one.state()).toBe('AWAITING_OPERATOR');
    expect((await post(`/v1/applications/${one.number}/operator-decision`, { decision: 'CONFIRM' })).status).toBe(202);
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

describe('an application that the allocator rejects', () => {
  const queued = async () => {
    const form = application();
    const { body } = await post('/v1/applications', form);
    const id = String(body['applicationId']);
    await database('application').where({ id }).update({ state: 'QUEUED', category: 'GENERAL' });
    const seen = async () => (await send('GET', `/v1/applications/${body['applicationNumber']}`)).body;
    const sent = async (): Promise<readonly string[]> => {
      const records = await database('outbox').where({ topic: 'kezek.intake.events', key: Buffer.from(id) });
      return records.map(({ headers }) => String(headers['ce_type']));
    };
    return { id, form, seen, sent };
  };
  const decided = (...decisions: readonly Decisions.Decision[]) =>
    database.transaction((trx) =>
      app.get(DecisionsController).handle({ value: decisions } as unknown as Received<'DecisionsMade'>, trx),
    );
  const rejected = (applicationId: string, reason: Decisions.RejectionReason): Decisions.Decision => ({
    type: 'Rejected',
    atMs: Date.now(),
    cause: 7n,
    applicationId,
    vacancyId: null,
    reason,
  });
  const entered = (applicationId: string): Decisions.Decision => ({
    type: 'EntryQueued',
    atMs: Date.now(),
    cause: 6n,
    applicationId,
    preschoolId: 'A',
    state: 'WAITING',
    position: 1,
  });

  it.each(['AGE_LIMIT', 'BAD_ENTRIES', 'BAD_TIME'] as const)(
    'at its queueing for %s is refused for it and told so once, and the family may file again',
    async (reason) => {
      const one = await queued();
      await decided(rejected(one.id, reason));
      await decided(rejected(one.id, reason));

      expect(await one.seen()).toMatchObject({ state: 'REFUSED', grounds: [reason], entries: [] });
      expect((await one.sent()).filter((type) => type.includes('ApplicationRefused'))).toHaveLength(1);
      expect((await post('/v1/applications', one.form)).status).toBe(202);
    },
  );

  it('in something else stays in the queue', async () => {
    const one = await queued();
    await decided(entered(one.id));
    await decided(rejected(one.id, 'BAD_ENTRIES'));
    expect(await one.seen()).toMatchObject({ state: 'QUEUED', grounds: [] });
  });

  it('in an answer that came before its queueing stays in the queue', async () => {
    const one = await queued();
    await decided(rejected(one.id, 'UNKNOWN_APPLICATION'));
    expect(await one.seen()).toMatchObject({ state: 'QUEUED', grounds: [] });
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
    expect(described).toHaveLength(9);
  });
});
