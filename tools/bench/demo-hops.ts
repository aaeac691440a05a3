import { randomUUID } from 'node:crypto';
import { decode, fromDecisionBranch, topics, type TopicName } from '#contracts';
import kafkajs from 'kafkajs';

/** The hops of an application, in order; each ends where the next begins. */
export const hops = [
  'door and outbox',
  'state databases',
  'verdict and outbox',
  'allocator',
  'notice and SMS',
] as const;
export type Hop = (typeof hops)[number];
/** How long one application spent in each hop, ms. */
export type Life = Readonly<Record<Hop | 'total', number>>;

type Marks = {
  receivedMs?: number;
  askedMs?: number;
  answeredMs?: number;
  queuedMs?: number;
  decidedMs?: number;
  toldMs?: number;
};

/** Watches the topics from now on. Times are those of the records; the clock is the machine's, the same for all. */
export async function hopTimes(
  brokers: readonly string[],
  count: number,
): Promise<{ whenAllTold(): Promise<readonly Life[]> }> {
  const marks = new Map<string, Marks>();
  const markOf = (applicationId: string): Marks => {
    const known = marks.get(applicationId) ?? {};
    marks.set(applicationId, known);
    return known;
  };
  let told = 0;
  let allTold = (): void => undefined;
  const done = new Promise<void>((resolve) => (allTold = resolve));
  const kafka = new kafkajs.Kafka({ clientId: 'bench', brokers: [...brokers], logLevel: kafkajs.logLevel.NOTHING });
  const consumer = kafka.consumer({ groupId: `bench-${randomUUID()}` });
  const watched: TopicName[] = [
    'kezek.intake.events',
    'kezek.verification.requests',
    'kezek.verification.results',
    'kezek.allocation.log',
    'kezek.allocation.decisions',
    'kezek.deliveries',
  ];
  await consumer.connect();
  await consumer.subscribe({ topics: watched, fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ topic, message }) => {
      const { name, value } = decode(message.value!, topics[topic as TopicName].messages);
      const writtenMs = Number(message.timestamp);
      if (name === 'ApplicationReceived') markOf(value.applicationId).receivedMs = value.receivedAtMs;
      if (name === 'VerificationRequested') markOf(value.applicationId).askedMs = writtenMs;
      if (name === 'VerificationCompleted') markOf(value.applicationId).answeredMs = writtenMs;
      if (name === 'ApplicationQueued') markOf(value.applicationId).queuedMs = writtenMs;
      if (name === 'DecisionsMade') {
        for (const decision of value.decisions.map(fromDecisionBranch)) {
          if (decision.type === 'EntryQueued') markOf(decision.applicationId).decidedMs = writtenMs;
        }
      }
      if (name === 'NoticeDelivered' && value.channel === 'SMS' && value.notice === 'N04') {
        const mark = markOf(value.applicationId);
        if (mark.toldMs === undefined) told += 1;
        mark.toldMs = value.completedAtMs;
        if (told === count) allTold();
      }
    },
  });
  return {
    async whenAllTold() {
      await done;
      await consumer.disconnect();
      return [...marks.values()].map(lifeOf).filter((life) => life !== undefined);
    },
  };
}

function lifeOf({ receivedMs, askedMs, answeredMs, queuedMs, decidedMs, toldMs }: Marks): Life | undefined {
  if (!receivedMs || !askedMs || !answeredMs || !queuedMs || !decidedMs || !toldMs) return undefined;
  return {
    'door and outbox': askedMs - receivedMs,
    'state databases': answeredMs - askedMs,
    'verdict and outbox': queuedMs - answeredMs,
    allocator: decidedMs - queuedMs,
    'notice and SMS': toldMs - decidedMs,
    total: toldMs - receivedMs,
  };
}

/** The middle one of the times given, ms. */
export function medianMs(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}
