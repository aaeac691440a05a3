import { appendFileSync } from 'node:fs';
import type { Topic } from '#contracts';
import { outboxOf, startRelay, type MessagingLimits, type Received } from '#messaging';
import { Failure } from '#runtime';
import { openDatabase, type Transaction } from '#storage';
import { startMember, testLog, unsealed, type HandlerPlan } from '#testing';
import { diceOf } from './dice.ts';
import { isHandledLater, isRefused } from './strict-policies.ts';

/** What one process of a service under chaos is told, as JSON in its first argument. */
export type ServicePlan = {
  /** Of this process, unlike any other's. */
  readonly member: string;
  readonly app: string;
  readonly schema: string;
  readonly brokers: readonly string[];
  readonly url: string;
  readonly seed: number;
  readonly limits: Partial<MessagingLimits>;
  readonly reads: Topic;
  /** Each record is passed on to it, from the transaction that handles it. */
  readonly writes: Topic | undefined;
  /** Topics of the other policies, whose handler refuses some records for good. */
  readonly strict: readonly Topic[];
  /** Read without a database; each beginning and end of a record goes into the journal. */
  readonly watches: Topic | undefined;
  readonly journalFile: string;
  readonly plant: string | undefined;
};

const poisonOneIn = 40;
const staggersOneIn = 25;

/** Whether this record fails until an operator has mended what makes it fail. */
export const isPoison = (seed: number, key: string, n: number): boolean =>
  diceOf(`${seed} poison ${key} ${n}`).one(poisonOneIn);

/** One process of one of the two services: it leaves an effect for each record and passes it on. */
export async function runService(plan: ServicePlan): Promise<{ stop(): Promise<void> }> {
  const { app, brokers, seed, reads, writes, watches } = plan;
  const log = testLog(plan.member);
  const database = openDatabase({ url: plan.url, schema: plan.schema, poolMax: 8, applicationName: plan.member });
  const table = writes ? { [writes.name]: writes } : {};
  const add = outboxOf({ source: app, personalFields: unsealed, table });
  const staggered = new Set<string>();

  const record = async (received: Received, trx: Transaction): Promise<void> => {
    const { key, n } = numbered(received);
    const dice = diceOf(`${seed} ${app} ${key} ${n}`);
    if (dice.one(staggersOneIn) && !staggered.has(`${key} ${n}`)) {
      staggered.add(`${key} ${n}`);
      throw new Failure('source-unavailable', 'it staggers once in each process');
    }
    if (writes && isPoison(seed, key, n) && !(await trx('mended').first())) {
      throw new Failure('message-impossible', 'poison');
    }
    await pause(dice.upTo(4));
    await trx('effect').insert({ topic: reads.name, key, n, by_member: plan.member });
    if (writes) await add(trx, { topic: writes.name, key, name: 'ClockAdvanced', value: received.value as never });
  };
  const watch = async (received: Received): Promise<void> => {
    const { key, n } = numbered(received);
    const { partition } = received.envelope.origin;
    const note = (what: string): void =>
      appendFileSync(
        plan.journalFile,
        `${JSON.stringify({ what, member: plan.member, partition, key, n, atMs: Date.now() })}\n`,
      );
    note('begins');
    await pause(15);
    note('ends');
  };

  const strictly =
    (topic: Topic) =>
    async (received: Received, trx: Transaction): Promise<void> => {
      const sent = numbered(received);
      const isEarly = received.envelope.attempt === 1;
      if (isRefused(seed, topic, sent) || (isEarly && isHandledLater(seed, topic, sent))) {
        throw new Failure('message-impossible', 'refused');
      }
      await trx('effect').insert({ topic: topic.name, ...sent, by_member: plan.member });
    };

  const handlers: HandlerPlan[] = [
    { topic: reads, record },
    ...plan.strict.map((topic) => ({ topic, record: strictly(topic) })),
    ...(watches ? [{ topic: watches, options: { database: false }, record: watch }] : []),
  ];
  const member = await startMember({ app, brokers, database, log, limits: plan.limits, handlers });
  const relay = await startRelay({ app, brokers, database, log });
  return {
    stop: async () => {
      await member.stop();
      await relay.stop();
      await database.destroy();
    },
  };
}

function numbered(received: Received): { key: string; n: number } {
  if (received.name !== 'ClockAdvanced') throw new TypeError(`nobody sends ${received.name}`);
  return { key: received.envelope.key ?? '', n: Number(received.value.number) };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
