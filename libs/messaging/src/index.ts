export { KezekTransport, type GroupLag, type KezekTransportOptions } from './transport.ts';
export { BatchHandler, RecordHandler, type Part, type RecordHandlerOptions } from './handlers.ts';
export { causedBy, type Envelope, type Origin, type Received } from './envelope.ts';
export type { Batch, Line, LogItem, LogPlace } from './batch.ts';
export {
  outboxOf,
  type AddToOutbox,
  type AnyOutgoingMessage,
  type OutboxOptions,
  type OutgoingMessage,
} from './outbox.ts';
export type { PersonalFields } from './personal-fields.ts';
export { startRelay, type Relay, type RelayOptions } from './relay.ts';
export type { RelayRow, RelaySource } from './relay-source.ts';
export { ensureTopics, type EnsureOptions, type TopicReport } from './topic-table.ts';
export { messagingMigrations } from './migrations.ts';
export { defaultLimits, type MessagingLimits } from './limits.ts';
export { livePartitions } from './live-topic.ts';
export type { ProducedRecord, ProducerPlan, RecordProducer } from './record-producer.ts';
export { kafkajsProducer } from './record-producer.kafkajs.ts';
export { platformaticProducer } from './record-producer.platformatic.ts';
