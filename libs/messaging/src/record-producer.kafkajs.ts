import { Failure } from '#runtime';
import { kafkaClient } from './kafka-client.ts';
import type { ProducerPlan, RecordProducer } from './record-producer.ts';

/** A record producer over kafkajs. @throws Failure 'broker-unavailable' */
export async function kafkajsProducer({ brokers, clientId, topic, log }: ProducerPlan): Promise<RecordProducer> {
  const producer = kafkaClient({ brokers, log, clientId }).producer({
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
    createPartitioner: () => () => 0,
    retry: { retries: 5, initialRetryTime: 100, maxRetryTime: 1_000 },
  });
  const reached = async (work: Promise<unknown>): Promise<void> => {
    try {
      await work;
    } catch (cause) {
      throw new Failure('broker-unavailable', (cause as Error).message, { cause });
    }
  };
  await reached(producer.connect());
  return {
    send: (records) => reached(producer.send({ topic, acks: -1, messages: records as never })),
    close: () => producer.disconnect(),
  };
}
