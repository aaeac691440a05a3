import { describe, expect, it } from '@jest/globals';
import { allocatorSays, application, database, post, send, withIntake } from './intake-under-test.ts';

withIntake();

const segment = { preschoolId: 'A', queue: 'ORDINARY', profile: null, language: 'kk' };
const ids = (count: number) => Array.from({ length: count }, (_, i) => `application-${i}`);

describe('what the public sees of the queues of a preschool', () => {
  it('is how many wait in queues of five or more, and nobody in them', async () => {
    allocatorSays.set('/v1/queues/A', {
      asOfOffset: '41',
      segments: [
        { ...segment, birthYear: 2022, applicationIds: ids(5) },
        { ...segment, birthYear: 2023, applicationIds: ids(4) },
      ],
    });
    const { status, headers, body } = await send('GET', '/v1/queues/A');

    expect(status).toBe(200);
    expect(headers['etag']).toBe('"41"');
    expect(body).toEqual({
      preschoolId: 'A',
      asOfOffset: '41',
      segments: [{ queue: 'ORDINARY', profile: null, language: 'kk', birthYear: 2022, waiting: 5 }],
      smallSegments: 1,
    });
  });

  it('is not sent again to one who has it', async () => {
    expect((await send('GET', '/v1/queues/A', undefined, { 'if-none-match': '"41"' })).status).toBe(304);
  });

  it('cannot be told while the allocator is away', async () => {
    expect((await send('GET', '/v1/queues/Z')).status).toBe(503);
  });
});

describe('what the owner of an application sees', () => {
  it('is why each entry stands where it stands, once it is queued', async () => {
    const { body: filed } = await post('/v1/applications', application({}));
    const [number, applicationId] = [String(filed['applicationNumber']), String(filed['applicationId'])];
    const explained = () => send('GET', `/v1/applications/${number}/explanation`);
    expect((await explained()).body).toEqual({ applicationNumber: number, state: 'CHECKING', entries: [] });
    await database('application').where({ number }).update({ state: 'QUEUED', category: 'GENERAL' });
    expect((await explained()).status).toBe(503);
    const entries = [
      { kind: 'ENTRY', preschoolId: 'A', position: 3, ahead: { outOfTurn: 0, firstPriority: 1, general: 1 } },
    ];
    allocatorSays.set(`/v1/explanations/${applicationId}`, {
      applicationId,
      asOfOffset: '1',
      state: 'ACTIVE',
      entries,
    });

    expect((await explained()).body).toEqual({ applicationNumber: number, state: 'QUEUED', entries });
  });

  it('is where each entry stands, asked for while no connection to the database is held', async () => {
    const { body: filed } = await post('/v1/applications', application({}));
    const [number, id] = [String(filed['applicationNumber']), String(filed['applicationId'])];
    await database('application').where({ id }).update({ state: 'QUEUED', category: 'GENERAL' });
    await database('entry_status').insert({
      application_id: id,
      preschool_id: 'A',
      state: 'WAITING',
      changed_at: new Date(),
    });
    const held: number[] = [];
    allocatorSays.set(`/v1/positions/${id}`, async () => {
      const { rows } = await database.raw(
        `select 1 from pg_stat_activity where datname = current_database() and state = 'idle in transaction'`,
      );
      held.push(rows.length);
      return { entries: [{ preschoolId: 'A', position: 3 }] };
    });
    const { body } = await send('GET', `/v1/applications/${number}`);

    expect(body).toMatchObject({ positionsKnown: true, entries: [{ preschoolId: 'A', position: 3 }] });
    expect(held).toEqual([0]);
  });

  it('is nothing for a number nobody has', async () => {
    expect((await send('GET', '/v1/applications/26-0000-0000/explanation')).status).toBe(404);
  });
});
