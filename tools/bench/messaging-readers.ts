import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventPattern, Transport } from '@nestjs/microservices';
import kafkajs, { type Consumer, type ConsumerRunConfig, type Kafka } from 'kafkajs';
import type { Topic } from '#contracts';
import type { Batch, Received } from '#messaging';
import type { Database, Transaction } from '#storage';
import { startMember, type HandlerPlan } from '#testing';

export type ReaderBench = {
  readonly brokers: readonly string[];
  readonly database: Database;
  readonly topic: Topic;
  /** Records to read before the clock stops, a quarter of them where each leaves a row; the topic has twice as many. */
  readonly count: number;
  /** Where bare readers and Nest's begin; the beginning of the topic without it. */
  readonly fromOffset?: number;
};

/** As many records share a transaction of the runtime by default, and so many partitions are handled at once. */
const together = 100;
const atOnce = 3;
const insertsOneIn = 4;

/** Counts records from the first that is seen; joining a group is not measured. */
class Meter {
  readonly done: Promise<number>;
  readonly #count: number;
  #seen = 0;
  #startedMs = 0;
  #finish: (perSecond: number) => void = () => undefined;

  constructor(count: number) {
    this.#count = count;
    this.done = new Promise((resolve) => (this.#finish = resolve));
  }

  saw(records: number): void {
    if (this.#seen === 0) this.#startedMs = performance.now();
    this.#seen += records;
    if (this.#seen >= this.#count) this.#finish((this.#count / (performance.now() - this.#startedMs)) * 1_000);
  }
}

let groups = 0;
const freshGroup = (): string => `bench-${process.pid}-${(groups += 1)}`;

/** kafkajs' eachBatch, doing nothing, over twice as many records. @returns records/s */
export const bareBatches = (plan: Omit<ReaderBench, 'database'>): Promise<number> =>
  bare({ ...plan, count: plan.count * 2 }, (meter) => ({
    eachBatch: async ({ batch }) => meter.saw(batch.messages.length),
  }));

/** kafkajs' eachMessage, doing nothing. @returns records/s */
export const bareMessages = (plan: ReaderBench): Promise<number> =>
  bare(plan, (meter) => ({ eachMessage: async () => meter.saw(1) }));

async function bare(
  { brokers, topic, count, fromOffset }: Omit<ReaderBench, 'database'>,
  handlers: (meter: Meter) => ConsumerRunConfig,
): Promise<number> {
  const meter = new Meter(count);
  const kafka = new kafkajs.Kafka({ brokers: [...brokers], logLevel: kafkajs.logLevel.NOTHING });
  const groupId = freshGroup();
  await beginAt(kafka, groupId, topic, fromOffset);
  const consumer: Consumer = kafka.consumer({ groupId });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic.name], fromBeginning: true });
  await consumer.run(handlers(meter));
  const perSecond = await meter.done;
  await consumer.disconnect();
  return perSecond;
}

/** Makes a group that is not there yet begin at an offset of the topic's one partition. */
async function beginAt(kafka: Kafka, groupId: string, { name }: Topic, fromOffset: number | undefined): Promise<void> {
  if (fromOffset === undefined) return;
  const admin = kafka.admin();
  await admin.connect();
  await admin.setOffsets({ groupId, topic: name, partitions: [{ partition: 0, offset: String(fromOffset) }] });
  await admin.disconnect();
}

/** Nest's own Kafka transport with an event handler that does nothing. @returns records/s */
export async function stockNest({ brokers, topic, count, fromOffset }: Omit<ReaderBench, 'database'>): Promise<number> {
  const meter = new Meter(count);
  const kafka = new kafkajs.Kafka({ brokers: [...brokers], logLevel: kafkajs.logLevel.NOTHING });
  const groupId = freshGroup();
  // Nest puts this behind the name of the group.
  await beginAt(kafka, `${groupId}-server`, topic, fromOffset);
  class StockController {
    handle(): void {
      meter.saw(1);
    }
  }
  const descriptor = Object.getOwnPropertyDescriptor(StockController.prototype, 'handle')!;
  EventPattern(topic.name)(StockController.prototype, 'handle', descriptor);
  Controller()(StockController);
  class StockModule {}
  Module({ controllers: [StockController] })(StockModule);
  const app = await NestFactory.createMicroservice(StockModule, {
    logger: false,
    transport: Transport.KAFKA,
    options: {
      client: { brokers: [...brokers], logLevel: kafkajs.logLevel.NOTHING },
      consumer: { groupId },
      subscribe: { fromBeginning: true },
    },
  });
  await app.listen();
  const perSecond = await meter.done;
  await app.close();
  return perSecond;
}

/** A batch handler that does nothing. @returns records/s */
export const ourBatches = (plan: ReaderBench): Promise<number> =>
  ours({ ...plan, count: plan.count * 2 }, (meter, topic) => ({
    topic,
    batch: async (batch: Batch, line) => {
      meter.saw(batch.length);
      line.commit(batch.nextOffset);
    },
  }));

/** A record handler without a database that does nothing; each record is decoded. @returns records/s */
export const ourRecords = (plan: ReaderBench): Promise<number> =>
  ours(plan, (meter, topic) => ({ topic, options: { database: false }, record: async () => meter.saw(1) }));

/** A record handler that leaves one row a record, with the inbox in the same transaction. @returns records/s */
export const groupedInserts = (plan: ReaderBench): Promise<number> => {
  const count = Math.ceil(plan.count / insertsOneIn);
  return ours({ ...plan, count }, (meter, topic) => ({
    topic,
    record: async (received: Received, trx: Transaction) => {
      if (received.name !== 'ClockAdvanced') throw new TypeError(`the bench sends no ${received.name}`);
      await insert(trx, received.envelope.key ?? '', received.value.number);
      meter.saw(1);
    },
  }));
};

async function ours(
  { brokers, database, topic, count }: ReaderBench,
  handler: (meter: Meter, topic: Topic) => HandlerPlan,
): Promise<number> {
  const meter = new Meter(count);
  await database.raw('truncate inbox, effect');
  const handlers = [handler(meter, topic)];
  const member = await startMember({ app: freshGroup(), brokers, database, handlers });
  const perSecond = await meter.done;
  await member.stop();
  return perSecond;
}

/** The same inserts, as many in a transaction and as many transactions at once, without Kafka and inbox. @returns rows/s */
export async function insertsAlone({ database, count }: ReaderBench): Promise<number> {
  await database.raw('truncate effect');
  let left = Math.ceil(count / insertsOneIn);
  const rows = left;
  const startedMs = performance.now();
  const writer = async (): Promise<void> => {
    while (left > 0) {
      left -= together;
      await database.transaction(async (trx) => {
        for (let n = 0; n < together; n += 1) await insert(trx, `k${n}`, BigInt(n));
      });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, writer));
  return (rows / (performance.now() - startedMs)) * 1_000;
}

async function insert(trx: Transaction, key: string, n: bigint): Promise<void> {
  await trx.raw('insert into effect (key, n) values (?, ?)', [key, n.toString()]);
}
