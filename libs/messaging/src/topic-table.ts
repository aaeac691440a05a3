import { topics, type Topic } from '#contracts';
import { Failure, type Logger } from '#runtime';
import kafkajs, { type Admin, type ITopicConfig } from 'kafkajs';
import { deadLetterTopic, retryTopic } from './dead-letter.ts';
import { kafkaClient } from './kafka-client.ts';

const dayMs = 24 * 60 * 60 * 1_000;
const retryRetentionMs = 30 * dayMs;
const deadRetentionMs = 90 * dayMs;
/** What the runtime's own headers may add to a record on its way to a retry or dead-letter topic. */
const headerBytesMax = 64 * 1024;
const attemptsMax = 20;
const attemptEveryMs = 3_000;

/** A topic as it must be on the broker. */
export type WantedTopic = {
  readonly name: string;
  readonly partitions: number;
  readonly settings: Readonly<Record<string, string>>;
};

/** The topics of the table with their retry and dead-letter topics. */
export function wantedTopics(table: readonly Topic[] = Object.values(topics)): readonly WantedTopic[] {
  return table.flatMap((topic) => {
    const bytesMax = topic.recordBytesMax + headerBytesMax;
    const aside = (name: string, retentionMs: number): WantedTopic => ({
      name,
      partitions: topic.partitions,
      settings: settingsOf({ ms: retentionMs }, 'create', bytesMax),
    });
    const steps = topic.failurePolicy === 'retry-topic' ? topic.retryDelaysMs : [];
    return [
      {
        name: topic.name,
        partitions: topic.partitions,
        settings: settingsOf(topic.retention, topic.timestamps, bytesMax),
      },
      ...steps.map((_, index) => aside(retryTopic(topic.name, index + 1), retryRetentionMs)),
      aside(deadLetterTopic(topic.name), deadRetentionMs),
    ];
  });
}

function settingsOf(retention: Topic['retention'], timestamps: Topic['timestamps'], bytesMax: number) {
  return {
    'cleanup.policy': retention === 'compacted' ? 'compact' : 'delete',
    'retention.ms': typeof retention === 'object' ? String(retention.ms) : '-1',
    'message.timestamp.type': timestamps === 'append' ? 'LogAppendTime' : 'CreateTime',
    'max.message.bytes': String(bytesMax),
  };
}

/** How a live topic differs from the table, in words; empty when it does not. */
export type TopicReport = { readonly created: readonly string[]; readonly differences: readonly string[] };

export type EnsureOptions = {
  readonly brokers: readonly string[];
  readonly log: Logger;
  /** Other topics than those of schemas/topics.yaml. */
  readonly table?: readonly Topic[];
  /** Replicas of a topic that is created; -1 leaves it to the broker. */
  readonly replication?: number;
};

/**
 * Creates the topics that are missing. A topic that is there and differs is named and left as it is: partitions and
 * retention of a live topic are changed by a person.
 * @throws Failure 'broker-unavailable' when no broker answers for a minute
 */
export async function ensureTopics(options: EnsureOptions): Promise<TopicReport> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ensureOnce(options);
    } catch (cause) {
      // Apps and broker may start in any order.
      if (attempt >= attemptsMax) throw new Failure('broker-unavailable', 'the topics cannot be checked', { cause });
      options.log.warn({ event: 'topics-unchecked', attempt, err: cause });
      await new Promise((resolve) => setTimeout(resolve, attemptEveryMs));
    }
  }
}

async function ensureOnce({ brokers, log, table, replication = -1 }: EnsureOptions): Promise<TopicReport> {
  const admin = kafkaClient({ brokers, log, clientId: 'kezek-topics' }).admin();
  try {
    await admin.connect();
    const wanted = wantedTopics(table);
    const present = new Set(await admin.listTopics());
    const missing = wanted.filter(({ name }) => !present.has(name));
    if (missing.length > 0) await createTopics(admin, missing, replication);
    const differences = await differencesOf(
      admin,
      wanted.filter(({ name }) => present.has(name)),
    );
    for (const difference of differences) log.warn({ event: 'topic-differs', difference });
    return { created: missing.map(({ name }) => name), differences };
  } finally {
    await admin.disconnect();
  }
}

async function createTopics(admin: Admin, missing: readonly WantedTopic[], replication: number): Promise<void> {
  const configs: ITopicConfig[] = missing.map(({ name, partitions, settings }) => ({
    topic: name,
    numPartitions: partitions,
    replicationFactor: replication,
    configEntries: Object.entries(settings).map(([key, value]) => ({ name: key, value })),
  }));
  // Four apps start at once and each does this; a topic that another made in between is no error.
  await admin.createTopics({ topics: configs, waitForLeaders: true });
}

/** Compares live topics with the table. */
export async function differencesOf(admin: Admin, wanted: readonly WantedTopic[]): Promise<readonly string[]> {
  if (wanted.length === 0) return [];
  const { topics: live } = await admin.fetchTopicMetadata({ topics: wanted.map(({ name }) => name) });
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: wanted.map(({ name, settings }) => ({
      type: kafkajs.ConfigResourceTypes.TOPIC,
      name,
      configNames: Object.keys(settings),
    })),
  });
  return wanted.flatMap(({ name, partitions, settings }) => {
    const found = live.find((topic) => topic.name === name)?.partitions.length;
    const entries = resources.find((resource) => resource.resourceName === name)?.configEntries ?? [];
    return [
      ...(found === partitions ? [] : [`${name}: ${found} partitions, the table says ${partitions}`]),
      ...Object.entries(settings).flatMap(([key, value]) => {
        const actual = entries.find((entry) => entry.configName === key)?.configValue;
        return actual === value ? [] : [`${name}: ${key} is ${actual}, the table says ${value}`];
      }),
    ];
  });
}
