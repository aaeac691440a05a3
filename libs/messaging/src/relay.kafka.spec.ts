import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Topic } from '#contracts';
import type { AddToOutbox } from '#messaging';
import type { Transaction } from '#storage';
import { startRelay } from './relay.ts';
import { headerText } from './headers.ts';
import { eventually, MessagingRig, startBroker, startDatabase, testLog, topicOf, type TestDatabase } from '#testing';

let database: TestDatabase;
let rig: MessagingRig;

beforeAll(async () => {
  const { brokers } = await startBroker();
  database = await startDatabase();
  rig = await MessagingRig.open(brokers, database.urlOf('intake'), 'intake');
  await rig.database.raw('create table commit_order (key text, n int, event_id text, primary key (key, n))');
  await rig.database.raw('create table key_counter (key text primary key, n int not null)');
});
afterAll(async () => {
  await rig.close();
  await database.stop();
});

const clock = (key: Topic['key'] = 'anyId'): Topic => topicOf({ messages: ['ClockAdvanced'], partitions: 3, key });

async function topicAndOutbox(topic = clock()): Promise<{ topic: Topic; add: AddToOutbox }> {
  return { topic, add: await rig.topics(topic) };
}

const message = (topic: Topic, key: string | null, n: number) =>
  ({ topic: topic.name, key, name: 'ClockAdvanced', value: { number: BigInt(n), atMs: n } }) as const;

const relay = () => startRelay({ app: 'rig', brokers: rig.brokers, database: rig.database, log: testLog('relay') });

const published = async (topic: Topic): Promise<readonly string[]> =>
  (await rig.readAll(topic.name)).map(({ headers }) => headerText(headers, 'ce_id') ?? '');

const outboxIsEmpty = async (): Promise<boolean> => (await rig.database('outbox').select('id')).length === 0;

describe('a relay', () => {
  it('publishes a row that commits late, which a reader with a cursor over ids has passed by', async () => {
    const { topic, add } = await topicAndOutbox(topicOf({ messages: ['ClockAdvanced'] }));
    const late = (await rig.database.transaction()) as Transaction;
    const lateId = await add(late, message(topic, 'slow', 1));
    const earlyId = await rig.database.transaction((trx) => add(trx, message(topic, 'quick', 1)));

    // What a reader with a cursor does: it goes on behind the highest id it has seen.
    const seen = await rig.database('outbox').orderBy('id').select<{ id: bigint }[]>('id');
    const cursor = seen.at(-1)!.id;
    const running = await relay();
    await eventually(outboxIsEmpty);
    await late.commit();
    await eventually(async () => (await published(topic)).length === 2);
    await running.stop();
    expect(await published(topic)).toEqual([earlyId, lateId]);
    const { rows } = await rig.database.raw<{ rows: { last: bigint }[] }>('select last_value as last from outbox_id');
    expect(cursor).toBe(rows[0]!.last);
  });

  it.each([
    ['of each key', clock(), ['a', 'b', 'c', 'd']],
    ['of a topic without keys', topicOf({ messages: ['ClockAdvanced'], key: 'none' }), [null]],
  ])('keeps the commit order %s when many transactions write at once', async (_, topic, keys) => {
    const { add } = await topicAndOutbox(topic);
    const running = await relay();
    await rig.database('key_counter').delete();
    await rig.database('commit_order').delete();
    await rig.database('key_counter').insert(keys.map((key) => ({ key: key ?? '', n: 0 })));
    const transact = async (n: number): Promise<void> => {
      const key = keys[n % keys.length]!;
      await rig.database.transaction(async (trx) => {
        const event_id = await add(trx, message(topic, key, n));
        await new Promise((resolve) => setTimeout(resolve, (n * 7) % 5));
        // Only now are transactions of one key put in order, as they will commit.
        const [counted] = await trx('key_counter')
          .where({ key: key ?? '' })
          .increment('n')
          .returning<{ n: number }[]>('n');
        await trx('commit_order').insert({ key: key ?? '', n: counted!.n, event_id });
      });
    };
    for (let round = 0; round < 20; round += 1) {
      await Promise.all(Array.from({ length: 12 }, (__, index) => transact(round * 12 + index)));
    }
    await eventually(outboxIsEmpty);
    await running.stop();
    const order = new Map<string, number>(
      (await rig.database('commit_order').select<{ event_id: string; n: number }[]>('event_id', 'n')).map((row) => [
        row.event_id,
        row.n,
      ]),
    );
    const byKey = new Map<string, number[]>();
    for (const { key, headers } of await rig.readAll(topic.name)) {
      const name = String(key);
      byKey.set(name, [...(byKey.get(name) ?? []), order.get(headerText(headers, 'ce_id') ?? '') ?? -1]);
    }
    expect([...byKey.values()].flat()).toHaveLength(240);
    for (const numbers of byKey.values()) expect(numbers).toEqual([...numbers].sort((x, y) => x - y));
  });

  it('is active once, and another takes over when its connection is lost', async () => {
    const { topic, add } = await topicAndOutbox();
    const [one, two] = await Promise.all([relay(), relay()]);
    const ids: string[] = [];
    for (let n = 0; n < 60; n += 1) {
      ids.push(await rig.database.transaction((trx) => add(trx, message(topic, 'k', n))));
      if (n % 20 === 10) {
        await rig.database.raw(
          `select pg_terminate_backend(pid) from pg_locks join pg_stat_activity using (pid)
           where locktype = 'advisory' and query like 'listen%'`,
        );
      }
    }
    await eventually(outboxIsEmpty);
    await Promise.all([one.stop(), two.stop()]);
    // A repeat has the id of the first; in the order of first sight nothing is missing and nothing is out of order.
    expect([...new Set(await published(topic))]).toEqual(ids);
  });

  it('is woken by the commit, not by its poll', async () => {
    const { topic, add } = await topicAndOutbox();
    const running = await relay();
    await rig.database.transaction((trx) => add(trx, message(topic, 'k', 0)));
    await eventually(outboxIsEmpty);
    const waits: number[] = [];
    for (let n = 1; n <= 10; n += 1) {
      await new Promise((resolve) => setTimeout(resolve, 120));
      const begun = performance.now();
      await rig.database.transaction((trx) => add(trx, message(topic, 'k', n)));
      await eventually(outboxIsEmpty);
      waits.push(performance.now() - begun);
    }
    await running.stop();
    expect(waits.sort((x, y) => x - y)[5]).toBeLessThan(200);
  });

  it('publishes on while the removal of what it has published waits, and leaves nothing behind', async () => {
    const { topic, add } = await topicAndOutbox();
    const ids = [await rig.database.transaction((trx) => add(trx, message(topic, 'k', 0)))];
    const holder = await rig.database.transaction();
    await holder.raw('select id from outbox for update');
    const running = await relay();
    for (let n = 1; n <= 5; n += 1) {
      await eventually(async () => (await published(topic)).length === n);
      ids.push(await rig.database.transaction((trx) => add(trx, message(topic, 'k', n))));
    }
    await eventually(async () => (await published(topic)).length === ids.length);
    expect(await rig.database('outbox').select('id')).toHaveLength(ids.length);
    await holder.commit();
    await eventually(outboxIsEmpty);
    await running.stop();
    expect(await published(topic)).toEqual(ids);
  });

  it('reads and publishes again what it could not remove', async () => {
    const { topic, add } = await topicAndOutbox();
    await rig.database.raw(`create rule kept as on delete to outbox do instead select 1 / 0`);
    const running = await relay();
    const id = await rig.database.transaction((trx) => add(trx, message(topic, 'k', 0)));
    await eventually(async () => (await published(topic)).length > 1);
    await rig.database.raw('drop rule kept on outbox');
    await eventually(outboxIsEmpty);
    await running.stop();
    expect(new Set(await published(topic))).toEqual(new Set([id]));
  });

  it('leaves a small table behind under constant load', async () => {
    const { topic, add } = await topicAndOutbox();
    const running = await relay();
    for (let round = 0; round < 40; round += 1) {
      const messages = Array.from({ length: 500 }, (_, n) => message(topic, `k${n % 50}`, n));
      await rig.database.transaction((trx) => add.all(trx, messages));
    }
    await eventually(outboxIsEmpty, 60_000);
    await running.stop();
    await rig.database.raw('vacuum outbox');
    const { rows } = await rig.database.raw<{ rows: { bytes: bigint }[] }>(
      `select pg_relation_size('outbox') as bytes`,
    );
    expect(Number(rows[0]!.bytes)).toBeLessThan(8 * 1024 * 1024);
    expect(await published(topic)).toHaveLength(20_000);
  });

  it('publishes more bytes for one partition than a batch of its topic may have', async () => {
    const { topic, add } = await topicAndOutbox(topicOf({ messages: ['ClockAdvanced'], recordBytesMax: 1024 * 1024 }));
    const headers = { filling: 'x'.repeat(4_000) };
    const ids: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      const messages = Array.from({ length: 300 }, (_, n) => ({ ...message(topic, 'k', n), headers }));
      ids.push(...(await rig.database.transaction((trx) => add.all(trx, messages))));
    }
    const running = await relay();
    await eventually(outboxIsEmpty, 30_000);
    await running.stop();
    expect(await published(topic)).toEqual(ids);
  });
});
