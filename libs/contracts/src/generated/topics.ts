// Generated from schemas/ by `npm run contracts`. Edit the schema, not this file.

import type { MessageName } from './messages.ts';

export type FailurePolicy = 'stop-the-line' | 'park-key' | 'retry-topic' | 'skip';
export type TopicName =
  | 'kezek.verification.requests'
  | 'kezek.verification.results'
  | 'kezek.gateway.inbound'
  | 'kezek.gateway.outbound'
  | 'kezek.gateway.outcomes'
  | 'kezek.allocation.log'
  | 'kezek.allocation.decisions'
  | 'kezek.allocation.checkpoints'
  | 'kezek.registry'
  | 'kezek.intake.events'
  | 'kezek.contacts'
  | 'kezek.deliveries';
/** One row of schemas/topics.yaml. */
export type Topic = {
  readonly name: TopicName;
  /** Which id the record key holds. */
  readonly key: string;
  readonly partitions: number;
  readonly retention: { readonly ms: number } | 'forever' | 'compacted';
  /** True when fields that hold personal data are sealed on it. */
  readonly personal: boolean;
  readonly messages: readonly MessageName[];
  readonly writers: readonly string[];
  readonly readers: readonly string[];
  readonly recordBytesMax: number;
  /** append: stamped by the broker; create: by the writer. */
  readonly timestamps: 'create' | 'append';
  readonly failurePolicy: FailurePolicy;
  /** Waits before each attempt on a retry topic, ms. */
  readonly retryDelaysMs: readonly number[];
};
export const topics: Record<TopicName, Topic> = {
  'kezek.verification.requests': {
    name: 'kezek.verification.requests',
    key: 'applicationId',
    partitions: 6,
    retention: { ms: 604800000 },
    personal: true,
    messages: ['VerificationRequested', 'MobileNumberRequested'],
    writers: ['intake'],
    readers: ['gateway-adapters'],
    recordBytesMax: 1048576,
    timestamps: 'create',
    failurePolicy: 'retry-topic',
    retryDelaysMs: [5000, 60000, 600000],
  },
  'kezek.verification.results': {
    name: 'kezek.verification.results',
    key: 'applicationId',
    partitions: 6,
    retention: { ms: 604800000 },
    personal: true,
    messages: ['VerificationCompleted', 'VerificationDelayed', 'MobileNumberAnswered'],
    writers: ['gateway-adapters'],
    readers: ['intake'],
    recordBytesMax: 1048576,
    timestamps: 'create',
    failurePolicy: 'park-key',
    retryDelaysMs: [5000, 60000, 600000],
  },
  'kezek.gateway.inbound': {
    name: 'kezek.gateway.inbound',
    key: 'dialogueId',
    partitions: 6,
    retention: { ms: 604800000 },
    personal: true,
    messages: ['PortalApplicationReceived', 'PortalAnswerReceived'],
    writers: ['gateway-adapters'],
    readers: ['intake'],
    recordBytesMax: 1048576,
    timestamps: 'create',
    failurePolicy: 'park-key',
    retryDelaysMs: [5000, 60000, 600000],
  },
  'kezek.gateway.outbound': {
    name: 'kezek.gateway.outbound',
    key: 'applicationId or dialogueId',
    partitions: 6,
    retention: { ms: 604800000 },
    personal: true,
    messages: ['CabinetMessageRequested', 'MonitoringStageRequested', 'PortalRequestAnswered'],
    writers: ['intake', 'notifier'],
    readers: ['gateway-adapters'],
    recordBytesMax: 1048576,
    timestamps: 'create',
    failurePolicy: 'retry-topic',
    retryDelaysMs: [5000, 60000, 600000],
  },
  'kezek.gateway.outcomes': {
    name: 'kezek.gateway.outcomes',
    key: 'applicationId',
    partitions: 6,
    retention: { ms: 604800000 },
    personal: false,
    messages: ['GatewayDeliveryCompleted'],
    writers: ['gateway-adapters'],
    readers: ['intake', 'notifier'],
    recordBytesMax: 1048576,
    timestamps: 'create',
    failurePolicy: 'park-key',
    retryDelaysMs: [5000, 60000, 600000],
  },
  'kezek.allocation.log': {
    name: 'kezek.allocation.log',
    key: 'none',
    partitions: 1,
    retention: 'forever',
    personal: false,
    messages: [
      'ApplicationQueued',
      'CategoryChanged',
      'ChildChanged',
      'EntriesChanged',
      'ApplicationWithdrawn',
      'ApplicationRevoked',
      'VacanciesPublished',
      'VacancyRecalled',
      'OfferAnswered',
      'InterestAnswered',
      'ReferralCancelled',
      'ReferralExtended',
      'DocumentsSubmitted',
      'AdmissionDecided',
      'BenefitCheckFailed',
      'PlacementEnded',
      'PreschoolClosed',
      'DeadlinesExtended',
      'PolicyChanged',
      'CalendarChanged',
      'ClockAdvanced',
    ],
    writers: ['intake'],
    readers: ['allocator', 'auditor'],
    recordBytesMax: 8388608,
    timestamps: 'append',
    failurePolicy: 'stop-the-line',
    retryDelaysMs: [5000, 60000, 600000],
  },
  'kezek.allocation.decisions': {
    name: 'kezek.allocation.decisions',
    key: 'logOffset',
    partitions: 1,
    retention: 'forever',
    personal: false,
    messages: ['DecisionsMade'],
    writers: ['allocator'],
    readers: ['notifier', 'intake', 'auditor'],
    recordBytesMax: 8388608,
    timestamps: 'create',
    failurePolicy: 'park-key',
    retryDelaysMs: [5000, 60000, 600000],
  },
  'kezek.allocation.checkpoints': {
    name: 'kezek.allocation.checkpoints',
    key: 'none',
    partitions: 1,
    retention: 'forever',
    personal: false,
    messages: ['CheckpointSigned'],
    writers: ['allocator'],
    readers: ['anybody'],
    recordBytesMax: 1048576,
    timestamps: 'create',
    failurePolicy: 'skip',
    retryDelaysMs: [5000, 60000, 600000],
  },
  'kezek.registry': {
    name: 'kezek.registry',
    key: 'preschoolId or vacancyId',
    partitions: 1,
    retention: 'compacted',
    personal: false,
    messages: ['PreschoolRegistered', 'VacancyDescribed'],
    writers: ['intake'],
    readers: ['notifier', 'gateway-adapters'],
    recordBytesMax: 1048576,
    timestamps: 'create',
    failurePolicy: 'park-key',
    retryDelaysMs: [5000, 60000, 600000],
  },
  'kezek.intake.events': {
    name: 'kezek.intake.events',
    key: 'applicationId',
    partitions: 6,
    retention: { ms: 2592000000 },
    personal: true,
    messages: ['ApplicationReceived', 'ApplicationRefused', 'BenefitNotConfirmed', 'CheckDelayed'],
    writers: ['intake'],
    readers: ['notifier'],
    recordBytesMax: 1048576,
    timestamps: 'create',
    failurePolicy: 'park-key',
    retryDelaysMs: [5000, 60000, 600000],
  },
  'kezek.contacts': {
    name: 'kezek.contacts',
    key: 'applicantId',
    partitions: 6,
    retention: 'compacted',
    personal: true,
    messages: ['ContactChanged'],
    writers: ['intake'],
    readers: ['notifier'],
    recordBytesMax: 1048576,
    timestamps: 'create',
    failurePolicy: 'park-key',
    retryDelaysMs: [5000, 60000, 600000],
  },
  'kezek.deliveries': {
    name: 'kezek.deliveries',
    key: 'applicationId',
    partitions: 6,
    retention: { ms: 2592000000 },
    personal: true,
    messages: ['NoticeDelivered'],
    writers: ['notifier'],
    readers: ['intake', 'operator'],
    recordBytesMax: 1048576,
    timestamps: 'create',
    failurePolicy: 'skip',
    retryDelaysMs: [5000, 60000, 600000],
  },
};
