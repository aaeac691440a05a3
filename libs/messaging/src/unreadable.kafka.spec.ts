import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encode, schemaIdOf, type FailurePolicy, type Topic } from '#contracts';
import { headerText } from './headers.ts';
import {
  eventually,
  innocent,
  MessagingRig,
  mixed,
  startBroker,
  startDatabase,
  topicOf,
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

/** Avro's zigzag varint. */
function varint(n: number): number[] {
  const bytes: number[] = [];
  for (let rest = n * 2; ; rest = Math.floor(rest / 128)) {
    bytes.push((rest % 128) + (rest >= 128 ? 128 : 0));
    if (rest < 128) return bytes;
  }
}

const framed = (schemaId: number, ...body: number[]): Buffer =>
  Buffer.from([0, 0, 0, schemaId >> 8, schemaId & 0xff, ...body]);

const strangers: readonly (readonly [string, string, Buffer])[] = [
  ['bytes that are no message', 'not-framed', Buffer.from('{"json": true}')],
  ['an empty value', 'not-framed', Buffer.alloc(0)],
  ['a schema id nobody knows', 'unknown-schema', framed(60_000, 1, 2, 3)],
  ['a message that does not belong on the topic', 'schema-not-allowed', framed(schemaIdOf('OfferAnswered'), 2)],
  ['a damaged message', 'undecodable', framed(schemaIdOf('ClockAdvanced'), 2)],
  [
    'a message with bytes behind its end',
    'undecodable',
    Buffer.concat([encode('ClockAdvanced', { number: 1n, atMs: 1 }), Buffer.from('more')]),
  ],
  // avsc would make 10^8 items of an array of nulls in these 8 bytes; only the allow-list keeps it from trying.
  ['an array of 10^8 nulls in 8 bytes', 'unknown-schema', framed(65_000, ...varint(100_000_000), 0)],
  [
    'an array of 10^8 vacancies in 8 bytes',
    'undecodable',
    framed(schemaIdOf('VacanciesPublished'), 2, 2, ...varint(100_000_000), 0),
  ],
];

const topicWith = (failurePolicy: FailurePolicy): Topic =>
  topicOf({ messages: ['ClockAdvanced', 'VacanciesPublished'], failurePolicy });

const keys = ['a', 'b', 'c'];

describe.each(['park-key', 'retry-topic', 'skip'] as const)('on a topic with the policy %s', (policy) => {
  it.concurrent.each(strangers)('%s (%s) is kept as it was, and the line goes on', async (_, code, bytes) => {
    const topic = topicWith(policy);
    await rig.topics(topic);
    const before = mixed(keys, 3);
    const after = keys.map((key) => ({ key, n: 4 }));
    await rig.send(topic, [...before, { key: 'stranger', n: bytes }, ...after]);
    const member = await rig.member(topic);
    await rig.effectsReach(topic, 12);
    expect(await rig.verdict(topic, [...before, ...after])).toEqual(innocent);
    const [letter] = await (async () => {
      await eventually(async () => (await rig.readAll(`${topic.name}.dlq`)).length === 1);
      return rig.readAll(`${topic.name}.dlq`);
    })();
    expect(letter?.value).toEqual(bytes);
    expect(String(letter?.key)).toBe('stranger');
    expect(headerText(letter?.headers, 'kezek-dead-error-class')).toBe(code);
    expect(headerText(letter?.headers, 'kezek-dead-origin')).toBe(`${topic.name}/0/9`);
    expect(member.transport.live.problem()).toBeUndefined();
    await member.stop();
  });
});

describe('on a topic with the policy stop-the-line', () => {
  it.concurrent.each(strangers)('%s (%s) is kept as it was, and the line stops', async (_, code, bytes) => {
    const topic = topicWith('stop-the-line');
    await rig.topics(topic);
    const before = mixed(keys, 3);
    await rig.send(topic, [...before, { key: 'stranger', n: bytes }, { key: 'a', n: 4 }]);
    const member = await rig.member(topic);
    await rig.effectsReach(topic, 9);
    await eventually(async () => String(member.transport.ready.problem()).includes(code));
    expect(await rig.verdict(topic, before)).toEqual(innocent);
    const [stop] = await rig.database('stopped_line').where({ topic: topic.name });
    expect(stop).toMatchObject({ kafka_offset: 9n, value: bytes, error_class: code });
    await member.stop();
  });
});

describe('a record with strange headers', () => {
  it('is handled like any other', async () => {
    const topic = topicWith('park-key');
    await rig.topics(topic);
    const producer = rig.kafka.producer();
    await producer.connect();
    const value = encode('ClockAdvanced', { number: 1n, atMs: 5 });
    const headers = [
      {},
      {
        ce_id: Buffer.from([0xff, 0, 0xfe]),
        'kezek-origin': 'elsewhere/0/0',
        'kezek-attempt': 'many',
        ce_time: 'noon',
      },
      { ce_id: 'x'.repeat(100_000), 'kezek-redrives': '-1', 'kezek-part': '1e99', traceparent: ['a', 'b'] },
      { 'kezek-not-before': '99999999999999999999', ce_id: '' },
    ];
    await producer.send({
      topic: topic.name,
      messages: headers.map((each, index) => ({ key: `k${index}`, value, headers: each })),
    });
    await producer.disconnect();
    const member = await rig.member(topic);
    await rig.effectsReach(topic, 4);
    expect((await rig.effects(topic)).map(({ key }) => key).sort()).toEqual(['k0', 'k1', 'k2', 'k3']);
    await member.stop();
  });

  it('is passed by when it is meant for another group', async () => {
    const topic = topicWith('park-key');
    await rig.topics(topic);
    const producer = rig.kafka.producer();
    await producer.connect();
    const value = (n: bigint): Buffer => encode('ClockAdvanced', { number: n, atMs: 5 });
    await producer.send({
      topic: topic.name,
      messages: [
        { key: 'k', value: value(1n), headers: { 'kezek-group': 'somebody.else' } },
        { key: 'k', value: value(2n) },
      ],
    });
    await producer.disconnect();
    const member = await rig.member(topic);
    await rig.effectsReach(topic, 1);
    expect(await rig.effects(topic)).toMatchObject([{ key: 'k', n: 2 }]);
    await member.stop();
  });
});
