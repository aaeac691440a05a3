import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  allInnocent,
  allPolicies,
  eventually,
  hastyLimits,
  innocent,
  MessagingRig,
  mixed,
  PolicyTrials,
  spawnMember,
  startBroker,
  startDatabase,
  topicOf,
  type MemberProcessPlan,
  type TestDatabase,
} from '#testing';

let brokers: readonly string[];
let database: TestDatabase;
let rig: MessagingRig;
let process: Pick<MemberProcessPlan, 'brokers' | 'url' | 'schema'>;

beforeAll(async () => {
  ({ brokers } = await startBroker());
  database = await startDatabase();
  rig = await MessagingRig.open(brokers, database.urlOf('intake'), 'intake');
  await rig.relay();
  process = { brokers, url: database.urlOf('intake'), schema: 'intake' };
});
afterAll(async () => {
  await rig.close();
  await database.stop();
});

const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const inTurn = (ms: number) => (): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('several members of a group', () => {
  it('share the partitions under each policy, and a third that joins and leaves loses and repeats nothing', async () => {
    const sent = mixed(keys, 60);
    const trials = await PolicyTrials.open(rig, { sent, poison: { key: 'c', n: 30 }, partitions: 6 });
    await trials.send(sent.slice(0, 300));
    const plan = { misbehave: trials.misbehaviour(4), limits: { togetherMax: 5 } };
    const join = (name: string) => trials.each(({ topic }) => rig.member(topic, { ...plan, name }));
    const [ones, twos] = await Promise.all([join('one'), join('two')]);
    await trials.effectsReach(40);
    const threes = await join('three');
    await trials.effectsReach(150);
    await Promise.all(threes.map((member) => member.stop()));
    await trials.send(sent.slice(300));
    await trials.releaseLine();
    expect(await trials.verdicts()).toEqual(allInnocent);
    for (const { topic } of trials.trials) {
      expect(await rig.readAll(topic.name)).toHaveLength(sent.length);
      const by = await rig.database('effect').where({ topic: topic.name }).distinct('by_member');
      expect(by.length).toBeGreaterThan(1);
    }
    await Promise.all([...ones, ...twos].map((member) => member.stop()));
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

describe('a member that is killed, under each policy,', () => {
  it('between its transaction and the commit of the offset leaves nothing undone and nothing twice', async () => {
    // The poison is the second record: the transactions are that of the first, the one that sets it aside, the next.
    const sent = mixed(keys, 20);
    const poison = { key: 'b', n: 1 };
    const trials = await PolicyTrials.open(rig, { sent, poison, partitions: 1 });
    await trials.send();
    const limits = { ...hastyLimits, togetherMax: 10 };
    const mortals = (diesAfterTransactions: number) =>
      trials.each(async ({ topic }) => {
        const name = `mortal-${diesAfterTransactions}`;
        const member = await spawnMember({
          ...process,
          topic,
          name,
          poison,
          recordMs: 1,
          limits,
          diesAfterTransactions,
        });
        return member.ended;
      });
    const allKilled = allPolicies.map(() => 'SIGKILL');
    expect(await mortals(1)).toEqual(allKilled);
    expect(await mortals(2)).toEqual(allKilled);
    await trials.releaseLine();
    expect(await mortals(3)).toEqual(allKilled);
    const survivors = await trials.each(({ topic }) =>
      rig.member(topic, { misbehave: trials.misbehaviour(0), name: 'survivor' }),
    );
    expect(await trials.verdicts()).toEqual(allInnocent);
    for (const { topic } of trials.trials) {
      const byMortals = await rig.database('effect').where({ topic: topic.name }).whereLike('by_member', 'mortal%');
      expect(byMortals.length).toBeGreaterThan(0);
    }
    await Promise.all(survivors.map((member) => member.stop()));
  });

  it('gives its partitions to another once it is silent, also when it wakes up again later', async () => {
    const sent = mixed(keys, 40);
    const poison = { key: 'c', n: 25 };
    const trials = await PolicyTrials.open(rig, { sent, poison, partitions: 1 });
    await trials.send();
    const limits = { ...hastyLimits, togetherMax: 4 };
    const sleepers = await trials.each(({ topic }) =>
      spawnMember({ ...process, topic, name: 'sleeper', poison, recordMs: 3, limits }),
    );
    await trials.effectsReach(40);
    for (const sleeper of sleepers) sleeper.kill('SIGSTOP');
    const plan = { misbehave: trials.misbehaviour(3), name: 'other', limits: { togetherMax: 4 } };
    const others = await trials.each(({ topic }) => rig.member(topic, plan));
    await trials.each(({ topic }) =>
      eventually(async () => {
        const rows = await rig.database('effect').where({ topic: topic.name, by_member: 'other' });
        return rows.length > 20;
      }, 60_000),
    );
    for (const sleeper of sleepers) sleeper.kill('SIGCONT');
    await trials.releaseLine();
    expect(await trials.verdicts()).toEqual(allInnocent);
    await Promise.all(others.map((member) => member.stop()));
    for (const sleeper of sleepers) sleeper.kill('SIGKILL');
    await Promise.all(sleepers.map(({ ended }) => ended));
  });
});
