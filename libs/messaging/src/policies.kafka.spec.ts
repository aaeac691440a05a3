import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FailurePolicy, Topic } from '#contracts';
import { Failure } from '#runtime';
import {
  allPolicies,
  eventually,
  innocent,
  MessagingRig,
  mixed,
  startBroker,
  startDatabase,
  topicOf,
  type Misbehaviour,
  type Sent,
  type TestDatabase,
} from '#testing';

let database: TestDatabase;
let rig: MessagingRig;

beforeAll(async () => {
  const { brokers } = await startBroker();
  database = await startDatabase();
  rig = await MessagingRig.open(brokers, database.urlOf('intake'), 'intake');
  await rig.relay();
});
afterAll(async () => {
  await rig.close();
  await database.stop();
});

const keys = ['a', 'b', 'c'];
const sent = mixed(keys, 10);
const clockOf = (failurePolicy: FailurePolicy): Topic => topicOf({ messages: ['ClockAdvanced'], failurePolicy });

// The poison is key b's record of this number, in one fetch of 30 records.
const places = [
  ['first', 1],
  ['in the middle', 5],
  ['last', 10],
] as const;

const faults: readonly (readonly [string, Misbehaviour])[] = [
  ['throws', () => Promise.reject(new Failure('message-impossible', 'poison'))],
  ['hangs', () => new Promise<void>(() => undefined)],
  ['returns after its deadline', () => new Promise((resolve) => setTimeout(resolve, 1_600))],
];

// Where the poison sits matters to the fetch, not to how the handler fails: all places throw, the rest sits in the middle.
const cases = faults.flatMap(([fault, misbehave]) =>
  places
    .filter(([place]) => fault === 'throws' || place === 'in the middle')
    .map(([place, poison]) => ({
      name: `${fault}, ${place} of a fetch`,
      poison: { key: 'b', n: poison },
      misbehave: ((each, received) =>
        each.key === 'b' && each.n === poison ? misbehave(each, received) : undefined) satisfies Misbehaviour,
    })),
);

/** Runs a member over a fetch with one poison in it until `settled` of the 30 records left their effect. */
async function run(policy: FailurePolicy, misbehave: Misbehaviour, settled: number) {
  const topic = clockOf(policy);
  await rig.topics(topic);
  await rig.send(topic, sent);
  const limits = { handlerDeadlineMs: 800 };
  const member = await rig.member(topic, { misbehave, limits });
  await rig.effectsReach(topic, settled);
  return { topic, member };
}

const deadOf = async (topic: Topic): Promise<readonly Sent[]> =>
  (await rig.readAll(`${topic.name}.dlq`)).map(({ key }) => ({ key: String(key), n: 0 }));

describe('park-key', () => {
  it.concurrent.each(cases)('sets aside the key of a record that $name', async ({ poison, misbehave }) => {
    const { topic, member } = await run('park-key', misbehave, 30 - (11 - poison.n));
    const waiting = sent.filter(({ key, n }) => key === 'b' && n >= poison.n);
    expect(await rig.verdict(topic, sent, waiting)).toEqual(innocent);
    const parked = await rig
      .database('parked_record')
      .where({ topic: topic.name })
      .orderBy('id')
      .select<{ kafka_offset: bigint }[]>('kafka_offset');
    expect(parked.map(({ kafka_offset }) => sent[Number(kafka_offset)])).toEqual(waiting);
    await member.stop();
  });
});

describe('retry-topic', () => {
  it.concurrent.each(cases)('tries a record later, then buries it, that $name', async ({ poison, misbehave }) => {
    const { topic, member } = await run('retry-topic', misbehave, 29);
    await eventually(async () => (await deadOf(topic)).length === 1, 30_000);
    expect(await rig.verdict(topic, sent, [poison])).toEqual(innocent);
    const steps = await Promise.all([1, 2].map((step) => rig.readAll(`${topic.name}.retry.${step}`)));
    expect(steps.map((records) => records.length)).toEqual([1, 1]);
    await member.stop();
  });

  it.concurrent('handles once what succeeds at a later try', async () => {
    let tries = 0;
    const misbehave = ({ key, n }: Sent): void => {
      if (key !== 'b' || n !== 4) return;
      tries += 1;
      if (tries < 4) throw new Failure('source-unavailable', 'not yet');
    };
    const { topic, member } = await run('retry-topic', misbehave, 30);
    const effects = await rig.effects(topic);
    expect([...effects].sort((x, y) => (x.key === y.key ? x.n - y.n : x.key < y.key ? -1 : 1))).toEqual(
      [...sent].sort((x, y) => (x.key === y.key ? x.n - y.n : x.key < y.key ? -1 : 1)),
    );
    expect(await deadOf(topic)).toEqual([]);
    await member.stop();
  });
});

describe('skip', () => {
  it.concurrent.each(cases)('passes by a record, keeping its bytes, that $name', async ({ poison, misbehave }) => {
    const { topic, member } = await run('skip', misbehave, 29);
    await eventually(async () => (await deadOf(topic)).length === 1);
    expect(await rig.verdict(topic, sent, [poison])).toEqual(innocent);
    await member.stop();
  });
});

describe('stop-the-line', () => {
  it.concurrent.each(cases)('lets nothing past a record until it is released, that $name', async (plan) => {
    const { poison, misbehave } = plan;
    const place = sent.findIndex(({ key, n }) => key === 'b' && n === poison.n);
    const { topic, member } = await run('stop-the-line', misbehave, place);
    await eventually(async () => member.transport.ready.problem()?.toString().includes('is stopped') ?? false);
    expect(await rig.verdict(topic, sent.slice(0, place))).toEqual(innocent);
    const stopped = await rig.database('stopped_line').where({ topic: topic.name });
    expect(stopped.map((row: { kafka_offset: bigint }) => Number(row.kafka_offset))).toEqual([place]);
    await rig
      .database('stopped_line')
      .where({ topic: topic.name })
      .update({ released_at: new Date(), released_by: 'anna', release_reason: 'seen' });
    await rig.effectsReach(topic, 29);
    expect(await rig.verdict(topic, sent, [poison])).toEqual(innocent);
    await eventually(async () => member.transport.ready.problem() === undefined);
    await member.stop();
  });
});

describe('a failure of something outside', () => {
  it.concurrent('is tried again in place and changes nothing', async () => {
    let failures = 0;
    const misbehave = ({ key, n }: Sent): void => {
      if (key === 'a' && n % 3 === 0 && failures++ % 2 === 0) throw new Failure('store-unavailable', 'away');
    };
    const { topic, member } = await run('park-key', misbehave, 30);
    expect(await rig.verdict(topic, sent)).toEqual(innocent);
    await member.stop();
  });
});

describe.each(allPolicies)('under %s, an event that was published twice', (policy) => {
  it.concurrent('is handled once, beside its repeat in one fetch and long after it', async () => {
    const topic = clockOf(policy);
    await rig.topics(topic);
    const events = sent.map((each) => ({ ...each, id: `${topic.name} ${each.key} ${each.n}` }));
    await rig.send(
      topic,
      events.flatMap((each) => [each, each]),
    );
    const member = await rig.member(topic);
    await rig.effectsReach(topic, sent.length);
    await rig.send(topic, [...events, { key: 'end', n: 1 }]);
    await rig.effectsReach(topic, sent.length + 1);
    expect(await rig.verdict(topic, [...sent, { key: 'end', n: 1 }])).toEqual(innocent);
    await member.stop();
  });
});
