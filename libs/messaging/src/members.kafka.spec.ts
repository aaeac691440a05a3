import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  eventually,
  hastyLimits,
  innocent,
  MessagingRig,
  mixed,
  spawnMember,
  startBroker,
  startDatabase,
  topicOf,
  type TestDatabase,
} from '#testing';

let brokers: readonly string[];
let database: TestDatabase;
let rig: MessagingRig;

beforeAll(async () => {
  ({ brokers } = await startBroker());
  database = await startDatabase();
  rig = await MessagingRig.open(brokers, database.urlOf('intake'), 'intake');
});
afterAll(async () => {
  await rig.close();
  await database.stop();
});

const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const inTurn = (ms: number) => (): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('several members of a group', () => {
  it('share the partitions, and a third that joins and leaves loses and repeats nothing', async () => {
    const topic = topicOf({ messages: ['ClockAdvanced'], partitions: 6 });
    const sent = mixed(keys, 60);
    await rig.topics(topic);
    await rig.send(topic, sent.slice(0, 300));
    const limits = { togetherMax: 5 };
    const plan = { misbehave: inTurn(4), limits };
    const [one, two] = await Promise.all(['one', 'two'].map((name) => rig.member(topic, { ...plan, name })));
    await rig.effectsReach(topic, 40);
    const three = await rig.member(topic, { ...plan, name: 'three' });
    await rig.effectsReach(topic, 150);
    await three.stop();
    await rig.send(topic, sent.slice(300));
    await rig.effectsReach(topic, sent.length, 60_000);
    expect(await rig.readAll(topic.name)).toHaveLength(sent.length);
    expect(await rig.verdict(topic, sent)).toEqual(innocent);
    const by = await rig.database('effect').where({ topic: topic.name }).distinct('by_member').orderBy('by_member');
    expect(by.length).toBeGreaterThan(1);
    await Promise.all([one?.stop(), two?.stop()]);
  });

  it('finish the record at hand when one of them is asked to stop', async () => {
    const topic = topicOf({ messages: ['ClockAdvanced'], partitions: 2 });
    const sent = mixed(keys, 20);
    await rig.topics(topic);
    await rig.send(topic, sent);
    const plan = { misbehave: inTurn(3), limits: { togetherMax: 3 } };
    const one = await rig.member(topic, { ...plan, name: 'one' });
    await rig.effectsReach(topic, 20);
    const before = performance.now();
    await one.stop();
    expect(performance.now() - before).toBeLessThan(3_000);
    const two = await rig.member(topic, { ...plan, name: 'two' });
    await rig.effectsReach(topic, sent.length);
    expect(await rig.verdict(topic, sent)).toEqual(innocent);
    await two.stop();
  });
});

describe('a member that is killed', () => {
  it('between its transaction and the commit of the offset leaves nothing undone and nothing twice', async () => {
    const topic = topicOf({ messages: ['ClockAdvanced'] });
    const sent = mixed(keys, 20);
    await rig.topics(topic);
    await rig.send(topic, sent);
    const process = {
      brokers,
      topic,
      url: database.urlOf('intake'),
      schema: 'intake',
      recordMs: 1,
      limits: { ...hastyLimits, togetherMax: 10 },
    };
    for (const diesAfterTransactions of [1, 2, 3]) {
      const member = await spawnMember({ ...process, name: `mortal-${diesAfterTransactions}`, diesAfterTransactions });
      expect(await member.ended).toBe('SIGKILL');
    }
    const survivor = await rig.member(topic, { name: 'survivor' });
    await rig.effectsReach(topic, sent.length, 60_000);
    expect(await rig.verdict(topic, sent)).toEqual(innocent);
    const byMortals = await rig.database('effect').where({ topic: topic.name }).whereLike('by_member', 'mortal%');
    expect(byMortals.length).toBeGreaterThanOrEqual(30);
    await survivor.stop();
  });

  it('gives its partitions to another once it is silent, also when it wakes up again later', async () => {
    const topic = topicOf({ messages: ['ClockAdvanced'] });
    const sent = mixed(keys, 40);
    await rig.topics(topic);
    await rig.send(topic, sent);
    const sleeper = await spawnMember({
      name: 'sleeper',
      brokers,
      topic,
      url: database.urlOf('intake'),
      schema: 'intake',
      recordMs: 3,
      limits: { ...hastyLimits, togetherMax: 4 },
    });
    await rig.effectsReach(topic, 40);
    sleeper.kill('SIGSTOP');
    const other = await rig.member(topic, { misbehave: inTurn(3), name: 'other', limits: { togetherMax: 4 } });
    await eventually(async () => {
      const rows = await rig.database('effect').where({ topic: topic.name, by_member: 'other' });
      return rows.length > 20;
    }, 40_000);
    sleeper.kill('SIGCONT');
    await rig.effectsReach(topic, sent.length, 60_000);
    expect(await rig.verdict(topic, sent)).toEqual(innocent);
    await other.stop();
    sleeper.kill('SIGKILL');
    await sleeper.ended;
  });
});
