import { kafkaClient, type Connection } from '../kafka-client.ts';
import { topicEnds } from './topic-ends.ts';

/** The first offset that partition 0 of a topic still has, and the next one it will give. */
export type TopicSpan = { readonly low: bigint; readonly high: bigint };

/** Asks for the spans of topics, one after another in the order given: a later one is at least as new. */
export async function topicSpans(connection: Connection, topics: readonly string[]): Promise<readonly TopicSpan[]> {
  const admin = kafkaClient(connection).admin();
  await admin.connect();
  try {
    const spans: TopicSpan[] = [];
    for (const topic of topics) {
      const { low, high } = (await topicEnds(admin, topic)).find(({ partition }) => partition === 0)!;
      spans.push({ low, high });
    }
    return spans;
  } finally {
    await admin.disconnect();
  }
}
