import type { TopicName } from '#contracts';
import { Failure, type Logger } from '#runtime';
import { kafkaClient } from './kafka-client.ts';

/**
 * How many partitions a topic has on the broker, whatever the table says.
 * @throws Failure 'broker-unavailable'
 */
export async function livePartitions(
  topic: TopicName,
  { brokers, log }: { readonly brokers: readonly string[]; readonly log: Logger },
): Promise<number> {
  const admin = kafkaClient({ brokers, log, clientId: 'kezek-topics' }).admin();
  try {
    await admin.connect();
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    return topics[0]?.partitions.length ?? 0;
  } catch (cause) {
    throw new Failure('broker-unavailable', `the partitions of ${topic} cannot be counted`, { cause });
  } finally {
    await admin.disconnect();
  }
}
