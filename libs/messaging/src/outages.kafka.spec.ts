import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  allInnocent,
  eventually,
  hastyLimits,
  MessagingRig,
  mixed,
  PolicyTrials,
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
  await rig.relay();
});
afterEach(() => broker.proxy.weather('fair'));
afterAll(async () => {
  await rig.close();
  await Promise.all([broker.stop(), server.stop()]);
});

const sent = mixed(['a', 'b', 'c', 'd'], 100);
const poison = { key: 'b', n: 60 };

/** For each policy a member that takes 4 ms a record, in small groups, so that a fault finds it in the middle of a fetch. */
async function atWork(): Promise<{ trials: PolicyTrials; stop(): Promise<unknown> }> {
  const trials = await PolicyTrials.open(rig, { sent, poison, partitions: 2 });
  await trials.send();
  const plan = { misbehave: trials.misbehaviour(4), limits: { togetherMax: 10 } };
  const members = await trials.each(({ topic }) => rig.member(topic, plan));
  const effects = await trials.effectsReach(40);
  expect(Math.max(...Object.values(effects))).toBeLessThan(sent.length - 41);
  return { trials, stop: () => Promise.all(members.map((member) => member.stop())) };
}

async function allSettled(trials: PolicyTrials): Promise<void> {
  await trials.releaseLine();
  expect(await trials.verdicts()).toEqual(allInnocent);
}

describe('in the middle of a fetch, under each policy,', () => {
  it('a broker that is killed and comes back changes nothing', async () => {
    const { trials, stop } = await atWork();
    await broker.kill();
    await broker.restart();
    await allSettled(trials);
    await stop();
  });

  it('connections that are cut, again and again, change nothing', async () => {
    const { trials, stop } = await atWork();
    for (let cuts = 0; cuts < 5; cuts += 1) {
      broker.proxy.cut();
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    await allSettled(trials);
    await stop();
  });

  it('connections that are half closed change nothing', async () => {
    const { trials, stop } = await atWork();
    broker.proxy.halfClose();
    await allSettled(trials);
    await stop();
  });

  it('a slow network changes nothing', async () => {
    const { trials, stop } = await atWork();
    broker.proxy.weather('slow', 150);
    await allSettled(trials);
    await stop();
  });

  it('a network that swallows everything for a while changes nothing', async () => {
    const { trials, stop } = await atWork();
    broker.proxy.weather('silent');
    await new Promise((resolve) => setTimeout(resolve, 9_000));
    broker.proxy.weather('fair');
    await allSettled(trials);
    await stop();
  });

  it('a database that is killed and comes back changes nothing', async () => {
    const { trials, stop } = await atWork();
    await server.kill();
    await new Promise((resolve) => setTimeout(resolve, 500));
    await server.restart();
    await allSettled(trials);
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
