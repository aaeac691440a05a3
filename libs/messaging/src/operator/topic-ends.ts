import type { Admin } from 'kafkajs';

export type PartitionEnds = { readonly partition: number; readonly low: bigint; readonly high: bigint };

const triesMax = 10;
const waitMs = 300;

/**
 * The first and the next offset of each partition. A leader that moves at this moment (a topic just made, a broker
 * just started) is waited for; kafkajs asks the old one and gives up.
 */
export async function topicEnds(admin: Admin, topic: string): Promise<readonly PartitionEnds[]> {
  for (let tries = 1; ; tries += 1) {
    try {
      const ends = await admin.fetchTopicOffsets(topic);
      return ends.map(({ partition, low, high }) => ({ partition, low: BigInt(low), high: BigInt(high) }));
    } catch (error) {
      if (tries >= triesMax) throw error;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      await admin.fetchTopicMetadata({ topics: [topic] });
    }
  }
}
