import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider, type ReadableSpan } from '@opentelemetry/sdk-trace';
import { causedBy, startRelay, type Relay } from '#messaging';
import { eventually, makeTopics, messagingSchema, startBroker, startDatabase, startMember, topicOf } from '#testing';
import { testLog, type HandlerPlan, type MessagingSchema, type TestDatabase } from '#testing';

let brokers: readonly string[];
let server: TestDatabase;
let schema: MessagingSchema;
let relay: Relay;
const recorded = new InMemorySpanExporter();

beforeAll(async () => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(
    new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: recorded })] }),
  );
  ({ brokers } = await startBroker());
  server = await startDatabase();
  schema = await messagingSchema(server.urlOf('intake'), 'intake');
  relay = await startRelay({ app: 'intake', brokers, database: schema.database, log: testLog('relay') });
});
afterAll(async () => {
  await relay.stop();
  await schema.stop();
  await server.stop();
  trace.disable();
  context.disable();
});

const clock = { name: 'ClockAdvanced', value: { number: 1n, atMs: 5 } } as const;
const spansOf = (topic: string): readonly ReadableSpan[] =>
  recorded.getFinishedSpans().filter(({ attributes }) => attributes['messaging.destination.name'] === topic);
const named = (topic: string, operation: string): readonly ReadableSpan[] =>
  spansOf(topic).filter(({ name }) => name === `${operation} ${topic}`);

describe('the spans of messages', () => {
  it('are one trace from the first message to the last handler, each under what caused it', async () => {
    // Given a handler that answers the record of one topic with a message on a second, which a third party reads
    const [first, second] = [topicOf({ messages: ['ClockAdvanced'] }), topicOf({ messages: ['ClockAdvanced'] })];
    const add = await makeTopics(brokers, [first, second]);
    const answering: HandlerPlan = {
      topic: first,
      record: async ({ envelope }, trx) => {
        await add(trx, { topic: second.name, key: 'k', ...clock, ...causedBy(envelope) });
      },
    };
    const reading = { topic: second, record: () => Promise.resolve() };
    const member = await startMember({
      app: 'chain',
      brokers,
      database: schema.database,
      handlers: [answering, reading],
    });
    // When one message is added
    const id = await schema.database.transaction((trx) => add(trx, { topic: first.name, key: 'k', ...clock }));
    await eventually(async () => named(second.name, 'process').length === 1);
    await member.stop();
    // Then create -> process -> create -> process hang together, and both sends are linked to what they sent
    const [created] = named(first.name, 'create');
    const [processed] = named(first.name, 'process');
    const [answered] = named(second.name, 'create');
    const [read] = named(second.name, 'process');
    const chain = [created, processed, answered, read];
    expect(chain.map((span) => span?.parentSpanContext?.spanId)).toEqual([
      undefined,
      ...chain.slice(0, -1).map((span) => span?.spanContext().spanId),
    ]);
    expect(new Set(chain.map((span) => span?.spanContext().traceId)).size).toBe(1);
    expect(chain.map((span) => span?.kind)).toEqual([
      SpanKind.PRODUCER,
      SpanKind.CONSUMER,
      SpanKind.PRODUCER,
      SpanKind.CONSUMER,
    ]);
    for (const [topic, creation] of [
      [first.name, created],
      [second.name, answered],
    ] as const) {
      const [sent] = named(topic, 'send');
      expect(sent?.kind).toBe(SpanKind.CLIENT);
      expect(sent?.links.map(({ context: linked }) => linked.spanId)).toEqual([creation?.spanContext().spanId]);
    }
    expect(processed?.attributes).toEqual({
      'messaging.system': 'kafka',
      'messaging.operation.name': 'process',
      'messaging.operation.type': 'process',
      'messaging.destination.name': first.name,
      'messaging.destination.partition.id': '0',
      'messaging.consumer.group.name': `chain.${first.name.replace('kezek.', '')}`,
      'messaging.kafka.offset': 0,
      'messaging.message.id': id,
      'kezek.attempt': 1,
    });
  }, 60_000);

  it('show each attempt of a handler that fails, with the class of its error', async () => {
    const topic = topicOf({ messages: ['ClockAdvanced'], failurePolicy: 'skip' });
    const add = await makeTopics(brokers, [topic]);
    const failing = { topic, record: () => Promise.reject(new RangeError('no such day')) };
    const member = await startMember({ app: 'failing', brokers, database: schema.database, handlers: [failing] });
    await schema.database.transaction((trx) => add(trx, { topic: topic.name, key: 'k', ...clock }));
    await eventually(async () => named(topic.name, 'process').length >= 1);
    await member.stop();
    for (const { status, attributes } of named(topic.name, 'process')) {
      expect(status).toEqual({ code: SpanStatusCode.ERROR, message: 'no such day' });
      expect(attributes['error.type']).toBe('RangeError');
    }
  }, 60_000);

  it('of a batch are one, linked to the messages in it', async () => {
    const topic = topicOf({ messages: ['ClockAdvanced'] });
    const add = await makeTopics(brokers, [topic]);
    await schema.database.transaction(async (trx) => {
      for (let n = 0; n < 3; n += 1) await add(trx, { topic: topic.name, key: 'k', ...clock });
    });
    await eventually(async () => named(topic.name, 'send').length === 1);
    const batch = { topic, batch: () => Promise.resolve() };
    const member = await startMember({ app: 'batch', brokers, database: schema.database, handlers: [batch] });
    await eventually(async () => named(topic.name, 'process').length === 1);
    await member.stop();
    const [processed] = named(topic.name, 'process');
    expect(processed?.attributes['messaging.batch.message_count']).toBe(3);
    expect(processed?.links.map(({ context: linked }) => linked.spanId)).toEqual(
      named(topic.name, 'create').map((span) => span.spanContext().spanId),
    );
  }, 60_000);
});
