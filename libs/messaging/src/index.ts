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
export { openRecordStream, type RecordStream, type RecordStreamPlan } from './record-stream.kafkajs.ts';
export { openFields } from './personal-fields.ts';
export type { RawRecord } from './received-record.ts';
export { deadLetters, type DeadLetter, type DeadLetterFilter } from './operator/dead-letters.ts';
export { drop, outcomesOf, redrive, type Correction } from './operator/redrive.postgres.ts';
export { groupLag, type Lag } from './operator/group-lag.ts';
export { parkedKeys, requestRelease, type ParkedKey } from './operator/parked-keys.postgres.ts';
export { readTopic, type ReadingPlan } from './operator/read-topic.ts';
export { recordAction, type Operator } from './operator/operator-action.postgres.ts';
export { releaseLine, stoppedLines, type StoppedLine } from './operator/stopped-lines.postgres.ts';
export { topicReport, type TopicRow } from './operator/topic-report.ts';
export { topicSpans, type TopicSpan } from './operator/topic-span.ts';
export { requestReplay, type ReplayedRange, type ReplayRequest } from './operator/replay-group.postgres.ts';
