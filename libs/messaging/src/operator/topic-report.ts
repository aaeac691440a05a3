import { topics, type Topic } from '#contracts';
import type { Logger } from '#runtime';
import { deadLetterTopic } from '../dead-letter.ts';
import { kafkaClient } from '../kafka-client.ts';
import { differencesOf, wantedTopics } from '../topic-table.ts';
import { topicEnds } from './topic-ends.ts';

export type TopicRow = {
  readonly name: string;
  readonly partitions: number;
  /** Records it holds; undefined where it is missing. */
  readonly records: number | undefined;
  readonly deadLetters: number | undefined;
  readonly retention: string;
  readonly failurePolicy: string;
  readonly personal: boolean;
};

const dayMs = 24 * 60 * 60 * 1_000;
const retentionText = (retention: Topic['retention']): string =>
  typeof retention === 'object' ? `${retention.ms / dayMs} days` : retention;

/** The topic table beside what the broker holds. Nothing is changed. */
export async function topicReport({ brokers, log }: { readonly brokers: readonly string[]; readonly log: Logger }) {
  const admin = kafkaClient({ brokers, log, clientId: 'kezek-operator' }).admin();
  await admin.connect();
  try {
    const present = new Set(await admin.listTopics());
    const wanted = wantedTopics();
    const missing = wanted.filter(({ name }) => !present.has(name)).map(({ name }) => `${name} is missing`);
    const live = wanted.filter(({ name }) => present.has(name));
    const count = async (name: string): Promise<number | undefined> => {
      if (!present.has(name)) return undefined;
      return (await topicEnds(admin, name)).reduce((sum, { low, high }) => sum + Number(high - low), 0);
    };
    const rows: TopicRow[] = [];
    for (const topic of Object.values(topics)) {
      rows.push({
        name: topic.name,
        partitions: topic.partitions,
        records: await count(topic.name),
        deadLetters: await count(deadLetterTopic(topic.name)),
        retention: retentionText(topic.retention),
        failurePolicy: topic.failurePolicy,
        personal: topic.personal,
      });
    }
    return { rows, differences: [...missing, ...(await differencesOf(admin, live))] };
  } finally {
    await admin.disconnect();
  }
}
