import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Topic } from '#contracts';
import type { AddToOutbox, Relay } from '#messaging';
import {
  eventually,
  MessagingRig,
  startDatabase,
  startProxiedBroker,
  testLog,
  topicOf,
  type ProxiedBroker,
  type TestDatabase,
} from '#testing';
import { headerText } from './headers.ts';
import { outboxSource } from './outbox-source.postgres.ts';
import { takeSeat, type Seat } from './relay-seat.postgres.ts';
import type { RelaySource } from './relay-source.ts';
import { startRelay } from './relay.ts';

let broker: ProxiedBroker;
let database: TestDatabase;
let rig: MessagingRig;

beforeAll(async () => {
  [broker, database] = await Promise.all([startProxiedBroker(), startDatabase()]);
  rig = await MessagingRig.open(broker.brokers, database.urlOf('intake'), 'intake');
});
afterAll(async () => {
  await rig.close();
  await Promise.all([broker.stop(), database.stop()]);
});

/** The outbox; `begun` resolves when several rows are about to be sent, which is when a relay reads those behind them. */
function watchedOutbox(): { source: RelaySource; begun(): Promise<void> } {
  const outbox = outboxSource(rig.database);
  let begin = (): void => undefined;
  const source: RelaySource = {
    ...outbox,
    next: (taken, limit) => {
      if (taken.length > 1) begin();
      return outbox.next(taken, limit);
    },
  };
  return { source, begun: () => new Promise((resolve) => (begin = resolve)) };
}

async function seatOnceFree(): Promise<Seat> {
  for (;;) {
    const seat = await takeSeat(rig.database, 'outbox');
    if (seat) return seat;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

const outboxIsEmpty = async (): Promise<boolean> => (await rig.database('outbox').select('id')).length === 0;

const published = async (topic: Topic): Promise<readonly string[]> =>
  (await rig.readAll(topic.name)).map(({ headers }) => headerText(headers, 'ce_id') ?? '');

describe('the seat of a relay that sends to a slow broker', () => {
  let topic: Topic;
  let add: AddToOutbox;
  let relay: Relay;
  let seat: Seat | undefined;
  let ids: readonly string[];

  /** Adds rows of which each fills a send. */
  const addLarge = (count: number): Promise<readonly string[]> => {
    const headers = { filling: 'x'.repeat(300_000) };
    const value = { number: 1n, atMs: 1 };
    const message = { topic: topic.name, key: 'k', name: 'ClockAdvanced', value, headers } as const;
    return rig.database.transaction((trx) =>
      add.all(
        trx,
        Array.from({ length: count }, () => message),
      ),
    );
  };

  beforeEach(async () => {
    topic = topicOf({ messages: ['ClockAdvanced'] });
    add = await rig.topics(topic);
    const watched = watchedOutbox();
    const { brokers, database } = rig;
    relay = await startRelay({ app: 'rig', brokers, database, log: testLog('relay'), source: watched.source });
    const [warming] = await addLarge(1);
    await eventually(outboxIsEmpty);
    const begun = watched.begun();
    broker.proxy.weather('slow', 200);
    ids = [warming!, ...(await addLarge(3))];
    await begun;
  });
  afterEach(async () => {
    broker.proxy.weather('fair');
    await relay.stop();
    await seat?.leave();
    await rig.database('outbox').delete();
  });

  it('is left by a stop only when what is being sent is on Kafka and out of the table', async () => {
    const stopped = relay.stop();
    seat = await seatOnceFree();
    expect(await outboxIsEmpty()).toBe(true);
    await stopped;
    broker.proxy.weather('fair');
    expect(await published(topic)).toEqual(ids);
  });

  it('ends the sending in the middle of a batch when it is lost', async () => {
    await rig.database.raw(
      `select pg_terminate_backend(pid) from pg_locks join pg_stat_activity using (pid)
       where locktype = 'advisory' and query like 'listen%'`,
    );
    seat = await seatOnceFree();
    await relay.stop();
    broker.proxy.weather('fair');
    // What was under way when the seat was lost cannot be called back.
    expect(await published(topic)).toEqual(ids.slice(0, 2));
    await seat.leave();

    const next = await rig.relay();
    await eventually(outboxIsEmpty);
    await next.stop();
    expect(await published(topic)).toEqual([...ids.slice(0, 2), ...ids.slice(1)]);
  });
});
