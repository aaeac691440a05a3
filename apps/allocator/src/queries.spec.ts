import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decide, openAllocation } from '#allocation';
import { AllocatorModule } from './allocator.module.ts';

const application = '00000000-0000-4000-8000-000000000001';
const nowMs = Date.UTC(2026, 5, 1);
const token = 'a token for this spec';

describe('the queries', () => {
  let app: NestFastifyApplication;
  const allocation = openAllocation();
  const asOf = { allocation, nextOffset: 1n };
  beforeAll(async () => {
    const entries = [{ preschoolId: 'P1', language: 'kk', queue: 'ORDINARY', profile: null }] as const;
    const child = {
      birthDate: '2023-09-01',
      category: 'GENERAL',
      pmpc: false,
      plannedAge: null,
      placementYear: null,
    } as const;
    const ids = { applicationId: application, applicantId: '00000000-0000-4000-8000-000000000002' };
    decide(allocation, { type: 'ApplicationQueued', atMs: nowMs, submittedAtMs: nowMs, ...ids, ...child, entries }, 0);
    const module = AllocatorModule.assemble({ allocator: asOf as never, reader: {} as never, queryToken: token });
    app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), { logger: false });
    await app.init();
  });
  afterAll(() => app.close());

  const ask = (path: string, headers = {}) =>
    app.inject({ method: 'GET', url: `/v1/${path}`, headers: { authorization: `Bearer ${token}`, ...headers } });

  it('tell the number of an application and the numbers of a preschool, tagged by the place in the log', async () => {
    const answer = await ask(`positions/${application}`);
    expect(answer.headers['etag']).toBe('"1"');
    expect(answer.json()).toEqual({
      applicationId: application,
      asOfOffset: '1',
      state: 'ACTIVE',
      entries: [{ preschoolId: 'P1', state: 'WAITING', position: 1 }],
    });
    expect((await ask('queues/P1')).json()).toMatchObject({
      segments: [{ birthYear: 2023, applicationIds: [application] }],
    });
  });

  it('explain where an entry stands and why', async () => {
    const { entries } = (await ask(`explanations/${application}`)).json<{ entries: object[] }>();
    expect(entries).toMatchObject([{ kind: 'ENTRY', preschoolId: 'P1', position: 1, ahead: { general: 0 } }]);
  });

  it.each(['positions', 'explanations', 'queues'])('send nothing again to one who has it: %s', async (what) => {
    const answer = await ask(`${what}/${what === 'queues' ? 'P1' : application}`, { 'if-none-match': '"1"' });
    expect([answer.statusCode, answer.body]).toEqual([304, '']);
  });

  it.each(['', 'Bearer ', 'Bearer another token', token])(
    'answer nobody who says %j instead of the token',
    async (authorization) => {
      for (const path of [`positions/${application}`, `explanations/${application}`, 'queues/P1']) {
        const answer = await ask(path, { authorization });
        expect([answer.statusCode, answer.body.includes(application)]).toEqual([401, false]);
      }
    },
  );

  it('do not know a stranger', async () => {
    expect((await ask('positions/00000000-0000-4000-8000-00000000000f')).statusCode).toBe(404);
  });
});
