import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Topic } from '#contracts';
import {
  eventually,
  hastyLimits,
  innocent,
  MessagingRig,
  mixed,
  spawnMember,
  startOwnDatabaseServer,
  startProxiedBroker,
  topicOf,
  type ProxiedBroker,
} from '#testing';

let broker: ProxiedBroker;
let server: Awaited<ReturnType<typeof startOwnDatabaseServer>>;
let rig: MessagingRig;

beforeAll(async () => {
  [broker, server] = await Promise.all([startProxiedBroker(), startOwnDatabaseServer()]);
  rig = await MessagingRig.open(broker.brokers, server.urlOf('intake'), 'intake');
});
afterEach(() => broker.proxy.weather('fair'));
afterAll(async () => {
  await rig.close();
  await Promise.all([broker.stop(), server.stop()]);
});

const keys = ['a', 'b', 'c', 'd'];
const sent = mixed(keys, 100);

/** A member that takes 2 ms a record, in small groups, so that a fault finds it in the middle of a fetch. */
async function atWork(): Promise<{ topic: Topic; stop(): Promise<void> }> {
  const topic = topicOf({ messages: ['ClockAdvanced'], partitions: 2 });
  await rig.topics(topic);
  await rig.send(topic, sent);
  const misbehave = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2));
  const member = await rig.member(topic, { misbehave, limits: { togetherMax: 10 } });
  await rig.effectsReach(topic, 40);
  return { topic, stop: member.stop };
}

async function allSettled(topic: Topic): Promise<void> {
  await rig.effectsReach(topic, sent.length, 60_000);
  expect(await rig.verdict(topic, sent)).toEqual(innocent);
}

describe('in the middle of a fetch', () => {
  it('a broker that is killed and comes back changes nothing', async () => {
    const { topic, stop } = await atWork();
    await broker.kill();
    await broker.restart();
    await allSettled(topic);
    await stop();
  });

  it('connections that are cut, again and again, change nothing', async () => {
    const { topic, stop } = await atWork();
    for (let cuts = 0; cuts < 5; cuts += 1) {
      broker.proxy.cut();
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    await allSettled(topic);
    await stop();
  });

  it('connections that are half closed change nothing', async () => {
    const { topic, stop } = await atWork();
    broker.proxy.halfClose();
    await allSettled(topic);
    await stop();
  });

  it('a slow network changes nothing', async () => {
    const { topic, stop } = await atWork();
    broker.proxy.weather('slow', 150);
    await allSettled(topic);
    await stop();
  });

  it('a network that swallows everything for a while changes nothing', async () => {
    const { topic, stop } = await atWork();
    broker.proxy.weather('silent');
    await new Promise((resolve) => setTimeout(resolve, 9_000));
    broker.proxy.weather('fair');
    await allSettled(topic);
    await stop();
  });

  it('a database that is killed and comes back changes nothing', async () => {
    const { topic, stop } = await atWork();
    await server.kill();
    await new Promise((resolve) => setTimeout(resolve, 500));
    await server.restart();
    await allSettled(topic);
    await stop();
  });
});

describe('a reader that hears nothing', () => {
  it('says so within ten seconds, and is well again without anybody doing anything', async () => {
    const topic = topicOf({ messages: ['ClockAdvanced'] });
    await rig.topics(topic);
    await rig.send(topic, mixed(['a'], 1));
    const member = await rig.member(topic, { limits: { stallMsMax: 3_000, rebalanceMs: 3_000, drainMs: 1_000 } });
    await rig.effectsReach(topic, 1);
    broker.proxy.weather('silent');
    await eventually(async () => member.transport.ready.problem() !== undefined, 10_000);
    broker.proxy.weather('fair');
    await rig.send(topic, [{ key: 'a', n: 2 }]);
    await rig.effectsReach(topic, 2, 30_000);
    await eventually(async () => member.transport.ready.problem() === undefined);
    await member.stop();
  });

  it('comes back on a slow network, however long it heard nothing', async () => {
    const topic = topicOf({ messages: ['ClockAdvanced'] });
    await rig.topics(topic);
    await rig.send(topic, mixed(['a'], 1));
    const member = await rig.member(topic, { limits: { stallMsMax: 3_000, rebalanceMs: 3_000, drainMs: 1_000 } });
    await rig.effectsReach(topic, 1);
    broker.proxy.weather('closed');
    await eventually(async () => member.transport.ready.problem() !== undefined, 10_000);
    await new Promise((resolve) => setTimeout(resolve, 8_000));
    // Joining takes longer than one look at the silence, which has lasted too long by now.
    broker.proxy.weather('slow', 150);
    await eventually(async () => member.transport.ready.problem() === undefined, 25_000);
    broker.proxy.weather('fair');
    await rig.send(topic, [{ key: 'a', n: 2 }]);
    await rig.effectsReach(topic, 2);
    await member.stop();
  });
});

describe('a relay with nothing to publish', () => {
  it('outlives its database, and publishes once that is back', async () => {
    const topic = topicOf({ messages: ['ClockAdvanced'] });
    const add = await rig.topics(topic);
    const relaying = await spawnMember({
      name: 'relaying',
      brokers: broker.brokers,
      topic,
      url: server.urlOf('intake'),
      schema: 'intake',
      recordMs: 0,
      limits: hastyLimits,
      relays: true,
    });
    const say = (n: number): Promise<string> => {
      const value = { number: BigInt(n), atMs: n };
      return rig.database.transaction((trx) => add(trx, { topic: topic.name, key: 'k', name: 'ClockAdvanced', value }));
    };
    await say(1);
    await rig.effectsReach(topic, 1);
    // Idle, it waits on the very connection that is about to go.
    await new Promise((resolve) => setTimeout(resolve, 700));
    await server.kill();
    await server.restart();
    await say(2);
    await rig.effectsReach(topic, 2, 30_000);
    expect(relaying.process.exitCode).toBeNull();
    relaying.kill('SIGKILL');
    await relaying.ended;
  });
});
