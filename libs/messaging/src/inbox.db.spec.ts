import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { messagingSchema, startDatabase, type MessagingSchema, type TestDatabase } from '#testing';
import { claim, type InboxKey, type Outcome } from './inbox.postgres.ts';

const topic = 'kezek.test.inbox';
const origin = { topic, partition: 0, offset: 5n };
const first: InboxKey = { origin, part: 0, eventId: 'e', attempt: 1, redriven: false };
const retried: InboxKey = { ...first, attempt: 2 };
const redriven: InboxKey = { ...first, redriven: true };

describe('the inbox', () => {
  let server: TestDatabase;
  let schema: MessagingSchema;
  beforeAll(async () => {
    server = await startDatabase();
    schema = await messagingSchema(server.urlOf('intake'), 'intake', 2);
  });
  beforeEach(async () => {
    await schema.database('inbox').delete();
  });
  afterAll(async () => {
    await schema.stop();
    await server.stop();
  });

  /** Claims records that lie in one fetch. */
  const claimed = (keys: readonly InboxKey[], outcome: Outcome = 'handled'): Promise<readonly boolean[]> =>
    schema.database.transaction((trx) => claim(trx, keys, outcome, 10_000));

  it('gives out a record once, however often it comes', async () => {
    expect(await claimed([first])).toEqual([true]);
    expect(await claimed([first, { ...first, part: 1 }])).toEqual([false, true]);
  });

  it.each([
    ['retried', 'retrying', retried],
    ['re-driven', 'dead', redriven],
  ] as const)('gives out a %s record once when it lies twice in one fetch', async (_, failedAs, again) => {
    const other = { ...again, part: 1, eventId: 'f' };
    await claimed([first, { ...first, part: 1, eventId: 'f' }], failedAs);
    expect(await claimed([again, other, again, other, again])).toEqual([true, true, false, false, false]);
    expect(await claimed([again, again])).toEqual([false, false]);
  });

  it('gives out a re-driven record and not the repeat of the one that died, which lies before it', async () => {
    await claimed([first], 'dead');
    expect(await claimed([first, redriven, redriven])).toEqual([false, true, false]);
  });
});
