import kafkajs, { type Kafka, type Producer } from 'kafkajs';
import { encode, type Topic } from '#contracts';
import type { AddToOutbox, KezekTransport, Received } from '#messaging';
import { startRelay, type MessagingLimits, type Relay } from '#messaging';
import type { Database, Transaction } from '#storage';
import { judge, type Sent, type Verdict } from './effects-judge.ts';
import { makeTopics, messagingSchema, startMember, testLog, type MemberPlan } from './member.ts';

/** Short waits, so that a suite sees in seconds what takes minutes in earnest. */
export const hastyLimits: Partial<MessagingLimits> = {
  sessionMs: 6_000,
  heartbeatMs: 300,
  rebalanceMs: 8_000,
  handlerDeadlineMs: 1_500,
  attemptsInPlace: 2,
  backoffFirstMs: 20,
  backoffMaxMs: 300,
  releasePollMs: 100,
  commitEveryMs: 200,
  drainMs: 5_000,
};

/** What a handler under test does before its effect. */
export type Misbehaviour = (sent: Sent, received: Received) => Promise<void> | void;

/**
 * Everything a suite about the runtime needs: topics, a way to write to them past the outbox, members that leave one
 * effect a record in the database, and a judge over both.
 */
export class MessagingRig {
  readonly brokers: readonly string[];
  readonly database: Database;
  readonly kafka: Kafka;
  readonly #close: (() => Promise<void>)[] = [];
  #producer: Promise<Producer> | undefined;
  #sent: Promise<unknown> = Promise.resolve();

  private constructor(brokers: readonly string[], database: Database) {
    this.brokers = brokers;
    this.database = database;
    this.kafka = new kafkajs.Kafka({ brokers: [...brokers], logLevel: kafkajs.logLevel.NOTHING, clientId: 'rig' });
  }

  /** @param url of a role whose schema is `schema` */
  static async open(brokers: readonly string[], url: string, schema: string): Promise<MessagingRig> {
    const { database, stop } = await messagingSchema(url, schema, 16);
    await database.raw(
      'create table effect (id bigint generated always as identity, topic text, key text, n int, by_member text)',
    );
    const rig = new MessagingRig(brokers, database);
    rig.#close.push(stop);
    return rig;
  }

  async close(): Promise<void> {
    await (await this.#producer)?.disconnect();
    for (const close of this.#close.reverse()) await close();
  }

  topics(...topics: readonly Topic[]): Promise<AddToOutbox> {
    return makeTopics(this.brokers, topics);
  }

  async relay(): Promise<Relay> {
    const relay = await startRelay({
      app: 'rig',
      brokers: this.brokers,
      database: this.database,
      log: testLog('relay'),
    });
    this.#close.push(() => relay.stop());
    return relay;
  }

  /** A member whose handler leaves one effect a record, after it has misbehaved as told. */
  async member(
    topic: Topic,
    options: Partial<MemberPlan> & { readonly misbehave?: Misbehaviour; readonly name?: string } = {},
  ): Promise<{ transport: KezekTransport; stop(): Promise<void> }> {
    const { misbehave, name = 'one', limits, ...others } = options;
    const record = async (received: Received, trx: Transaction): Promise<void> => {
      const sent = sentOf(received);
      await misbehave?.(sent, received);
      await trx('effect').insert({ topic: topic.name, key: sent.key, n: sent.n, by_member: name });
    };
    return startMember({
      app: 'rig',
      brokers: this.brokers,
      database: this.database,
      limits: { ...hastyLimits, ...limits },
      handlers: [{ topic, record }],
      ...others,
    });
  }

  /** Writes records past the outbox, in the given order; a `Buffer` instead of a number is written as it is. */
  async send(topic: Topic, records: readonly { key: string | null; n: number | Buffer; id?: string }[]): Promise<void> {
    this.#producer ??= this.#connect();
    const messages = records.map(({ key, n, id }) => ({
      key,
      value: typeof n === 'number' ? valueOf(n) : n,
      headers: id === undefined ? {} : { ce_id: id },
    }));
    // kafkajs loses its own lock when the sends of an idempotent producer overlap while it asks for a new id.
    const producer = await this.#producer;
    const sending = this.#sent.then(() => producer.send({ topic: topic.name, messages }));
    this.#sent = sending.catch(() => undefined);
    await sending;
  }

  async #connect(): Promise<Producer> {
    const producer = this.kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
    });
    await producer.connect();
    return producer;
  }

  async effects(topic: Topic): Promise<readonly Sent[]> {
    return this.database('effect').where({ topic: topic.name }).orderBy('id').select<Sent[]>('key', 'n');
  }

  /** Waits until as many effects are there, and a moment longer, for those that should not come. */
  async effectsReach(topic: Topic, count: number, ms = 30_000): Promise<void> {
    await eventually(
      async () => (await this.effects(topic)).length >= count,
      ms,
      async () => {
        const found = (await this.effects(topic)).length;
        return `${found} of ${count} effects on ${topic.name}`;
      },
    );
    await new Promise((resolve) => setTimeout(resolve, 150));
  }

  async verdict(topic: Topic, sent: readonly Sent[], setAside: readonly Sent[] = []): Promise<Verdict> {
    return judge(sent, await this.effects(topic), setAside);
  }

  /** All records of a topic from its beginning, read by a group of its own. */
  async readAll(topic: string): Promise<readonly kafkajs.KafkaMessage[]> {
    const admin = this.kafka.admin();
    await admin.connect();
    const ends = await admin.fetchTopicOffsets(topic);
    await admin.disconnect();
    const wanted = ends.reduce((sum, { low, high }) => sum + Number(high) - Number(low), 0);
    if (wanted === 0) return [];
    const found: kafkajs.KafkaMessage[] = [];
    const consumer = this.kafka.consumer({ groupId: `rig-${process.hrtime.bigint()}`, maxWaitTimeInMs: 100 });
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consumer.run({ autoCommit: false, eachMessage: async ({ message }) => void found.push(message) });
    await eventually(
      async () => found.length >= wanted,
      15_000,
      async () => `${found.length} of ${wanted} of ${topic}`,
    );
    await consumer.disconnect();
    return found;
  }
}

const valueOf = (n: number): Buffer => encode('ClockAdvanced', { number: BigInt(n), atMs: 1_700_000_000_000 + n });

function sentOf(received: Received): Sent {
  if (received.name !== 'ClockAdvanced') throw new TypeError(`the rig sends no ${received.name}`);
  return { key: received.envelope.key ?? '', n: Number(received.value.number) };
}

/** Waits until a condition holds. @throws Error that says what is there instead */
export async function eventually(
  condition: () => Promise<boolean>,
  ms = 20_000,
  found: () => Promise<string> = async () => 'it is not so',
): Promise<void> {
  const untilMs = Date.now() + ms;
  while (!(await condition())) {
    if (Date.now() > untilMs) throw new Error(`after ${ms} ms: ${await found()}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

/** Numbers 1 to `count` for each key, mixed: a1 b1 c1 a2 b2 c2 … */
export function mixed(keys: readonly string[], count: number): readonly Sent[] {
  return Array.from({ length: count }, (_, index) => keys.map((key) => ({ key, n: index + 1 }))).flat();
}
