import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { MessageName, Topic, TopicName } from '#contracts';
import {
  BatchHandler,
  KezekTransport,
  RecordHandler,
  ensureTopics,
  messagingMigrations,
  outboxOf,
  type AddToOutbox,
  type Batch,
  type KezekTransportOptions,
  type Line,
  type PersonalFields,
  type Received,
  type RecordHandlerOptions,
} from '#messaging';
import { openLogger, type Logger } from '#runtime';
import { migrate, openDatabase, type Database, type Transaction } from '#storage';

/** A topic for one test alone: a fresh name, one kind of message, and the given policy. */
export function topicOf(plan: Partial<Topic> & { readonly messages: readonly MessageName[] }): Topic {
  return {
    name: `kezek.test.${randomBytes(6).toString('hex')}` as TopicName,
    key: 'anyId',
    partitions: 1,
    retention: { ms: 24 * 60 * 60 * 1_000 },
    personal: false,
    writers: ['test'],
    readers: ['test'],
    recordBytesMax: 1024 * 1024,
    timestamps: 'create',
    failurePolicy: 'park-key',
    retryDelaysMs: [300, 600],
    ...plan,
  };
}

export type HandlerPlan =
  | {
      readonly topic: Topic;
      readonly options?: RecordHandlerOptions;
      readonly record: (received: Received, trx: Transaction) => Promise<void>;
    }
  | { readonly topic: Topic; readonly batch: (batch: Batch, line: Line) => Promise<void> };

export type MemberPlan = Omit<KezekTransportOptions, 'personalFields' | 'log' | 'table'> & {
  readonly handlers: readonly HandlerPlan[];
  readonly log?: Logger;
  readonly personalFields?: PersonalFields;
};

/** Fields that are left as they are: for suites that are not about personal data. */
export const unsealed: PersonalFields = { seal: (text) => text, open: (text) => text };

/** A log that shows what goes wrong when LOG_LEVEL says so. */
export const testLog = (name: string): Logger => openLogger(name, process.env['TEST_LOG_LEVEL'] ?? 'silent');

/** One process's worth of an app: its controllers and transport under Nest, without a relay. */
export async function startMember(plan: MemberPlan): Promise<{ transport: KezekTransport; stop(): Promise<void> }> {
  const { handlers, log = testLog(plan.app), personalFields = unsealed, ...options } = plan;
  const table = Object.fromEntries(handlers.map(({ topic }) => [topic.name, topic]));
  const transport = new KezekTransport({ ...options, personalFields, log, table });
  const member = await NestFactory.createMicroservice(moduleOf(handlers), { strategy: transport, logger: false });
  await member.listen();
  return { transport, stop: () => member.close() };
}

function moduleOf(handlers: readonly HandlerPlan[]) {
  const controllers = handlers.map((plan) => {
    class TestController {
      handle(first: never, second: never): Promise<void> {
        return 'record' in plan ? plan.record(first, second) : plan.batch(first, second);
      }
    }
    const descriptor = Object.getOwnPropertyDescriptor(TestController.prototype, 'handle')!;
    const decorate = 'record' in plan ? RecordHandler(plan.topic.name, plan.options) : BatchHandler(plan.topic.name);
    decorate(TestController.prototype, 'handle', descriptor as never);
    Object.defineProperty(TestController.prototype, 'handle', descriptor);
    Controller()(TestController);
    return TestController;
  });
  class TestModule {}
  Module({ controllers })(TestModule);
  return TestModule;
}

export type MessagingSchema = { readonly database: Database; stop(): Promise<void> };

/** A pool on an app's schema, with the tables of the runtime in it. */
export async function messagingSchema(url: string, schema: string, poolMax = 8): Promise<MessagingSchema> {
  const database = openDatabase({ url, schema, poolMax, applicationName: `test-${schema}` });
  await migrate(database, { schema, migrations: messagingMigrations });
  return { database, stop: () => database.destroy() };
}

/** Creates topics with their retry and dead-letter topics, and says how to write to them. */
export async function makeTopics(brokers: readonly string[], topics: readonly Topic[]): Promise<AddToOutbox> {
  await ensureTopics({ brokers, log: testLog('topics'), table: topics });
  const table = Object.fromEntries(topics.map((topic) => [topic.name, topic]));
  return outboxOf({ source: 'test', personalFields: unsealed, table });
}
