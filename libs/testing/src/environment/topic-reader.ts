import { randomUUID } from 'node:crypto';
import kafkajs from 'kafkajs';
import { decode, topics, type Decoded, type MessageName, type TopicName } from '#contracts';
import { openKeyring } from '../../../personal-data/src/keyring.ts';
import { openFields } from '../../../messaging/src/personal-fields.ts';

/** A record of a topic with its message decoded; personal fields are opened. */
export type TopicRecord = Decoded<MessageName> & {
  readonly partition: number;
  readonly offset: bigint;
  readonly key: string | null;
  readonly timestampMs: number;
  /** Headers as text; `ce_id` names the event. */
  readonly headers: Readonly<Record<string, string>>;
};

const readMsMax = 30_000;

/**
 * Reads a topic from its first record to the last one there is now, in order within each partition.
 * @throws ContractViolation where a record does not decode, Error after 30 s
 */
export async function readTopic(
  brokers: readonly string[],
  name: TopicName,
  personalDataKeys: string,
): Promise<readonly TopicRecord[]> {
  const kafka = new kafkajs.Kafka({
    brokers: [...brokers],
    clientId: 'kezek-testing',
    logLevel: kafkajs.logLevel.NOTHING,
  });
  const ends = await endsOf(kafka, name);
  const left = new Map([...ends].filter(([, { from, to }]) => to > from).map(([partition, { to }]) => [partition, to]));
  if (left.size === 0) return [];
  const keyring = openKeyring(personalDataKeys);
  const consumer = kafka.consumer({ groupId: `kezek-testing-${randomUUID()}` });
  const records: TopicRecord[] = [];
  try {
    await consumer.connect();
    await consumer.subscribe({ topic: name, fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${name} could not be read in ${readMsMax} ms`)), readMsMax);
      const settle = (end: () => void) => {
        clearTimeout(timer);
        end();
      };
      consumer
        .run({
          autoCommit: false,
          eachMessage: async ({ partition, message }) => {
            const last = left.get(partition);
            if (last === undefined) return;
            try {
              records.push(recordOf(name, partition, message, keyring));
            } catch (error) {
              settle(() => reject(error));
              return;
            }
            if (BigInt(message.offset) + 1n >= last) left.delete(partition);
            if (left.size === 0) settle(resolve);
          },
        })
        .catch((error: unknown) => settle(() => reject(error)));
    });
  } finally {
    await consumer.disconnect();
  }
  return records.sort((a, b) => a.partition - b.partition || (a.offset < b.offset ? -1 : 1));
}

async function endsOf(kafka: InstanceType<typeof kafkajs.Kafka>, name: TopicName) {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const found = await admin.fetchTopicOffsets(name);
    return new Map(found.map(({ partition, low, high }) => [partition, { from: BigInt(low), to: BigInt(high) }]));
  } finally {
    await admin.disconnect();
  }
}

function recordOf(
  name: TopicName,
  partition: number,
  message: kafkajs.KafkaMessage,
  keyring: ReturnType<typeof openKeyring>,
): TopicRecord {
  const key = message.key === null ? null : message.key.toString('utf8');
  const topic = topics[name];
  const decoded = decode(message.value ?? Buffer.alloc(0), topic.messages);
  const place = { topic: name, key, schemaId: decoded.schemaId };
  const value = topic.personal ? openFields(keyring, decoded.name, decoded.value, place) : decoded.value;
  const headers = Object.entries(message.headers ?? {}).map(([header, text]) => [header, String(text)]);
  return {
    ...decoded,
    value,
    partition,
    offset: BigInt(message.offset),
    key,
    timestampMs: Number(message.timestamp),
    headers: Object.fromEntries(headers) as Record<string, string>,
  } as TopicRecord;
}
