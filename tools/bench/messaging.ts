import {
  closeJestRun,
  makeTopics,
  messagingSchema,
  openJestRun,
  startOwnBroker,
  startOwnDatabaseServer,
  topicOf,
} from '#testing';
import type { Figure } from './figure.ts';
import {
  bareBatches,
  bareMessages,
  groupedInserts,
  insertsAlone,
  ourBatches,
  ourRecords,
  stockNest,
} from './messaging-readers.ts';
import { bareSends, fillOutbox, publishDelays, relayed, rowsOf } from './messaging-relay.ts';
import { percentile } from './percentile.ts';

/** As the topics of the applications have. */
const partitions = 6;
const delaysPerSecond = 200;

/**
 * What the runtime costs over kafkajs alone: all readers on one topic, one after another, with handlers that do nothing;
 * then with inbox and inserts beside the same inserts alone; the relay beside a bare producer.
 * @param args `--records N` (default 100 000), `--rounds N` (default 3): each reader is measured so often, the round of the median ratio counts
 */
export async function benchMessaging(
  args: readonly string[],
  progress: (text: string) => void,
): Promise<readonly Figure[]> {
  const records = numberAfter(args, '--records', 100_000);
  const rounds = numberAfter(args, '--rounds', 3);
  await openJestRun();
  try {
    const [broker, server] = await Promise.all([startOwnBroker(), startOwnDatabaseServer()]);
    const { database, stop } = await messagingSchema(server.urlOf('intake'), 'intake', 16);
    const { brokers } = broker;
    const topic = topicOf({ messages: ['ClockAdvanced'], partitions });
    const plan = { brokers, database, topic, count: records };
    const add = await makeTopics(brokers, [topic]);
    await database.raw('create table effect (id bigint generated always as identity primary key, key text, n bigint)');

    await fillOutbox({ ...plan, add });
    const rows = await rowsOf(database);
    const sends = await bareSends({ ...plan, rows });
    progress(`bare producer, 500 a send: ${Math.round(sends)} records/s`);
    const relay = await relayed(plan);
    progress(`relay: ${Math.round(relay)} rows/s`);

    const readers = { bareBatches, ourBatches, bareMessages, ourRecords, stockNest, groupedInserts, insertsAlone };
    const measured: Record<keyof typeof readers, number>[] = [];
    // The first round meets cold code and counts for nobody.
    for (let round = 0; round <= rounds; round += 1) {
      const perSecond = {} as Record<keyof typeof readers, number>;
      for (const [name, read] of Object.entries(readers)) perSecond[name as keyof typeof readers] = await read(plan);
      if (round > 0) measured.push(perSecond);
      const told = Object.entries(perSecond).map(([name, each]) => `${name} ${Math.round(each)}`);
      progress(`round ${round}, records/s: ${told.join(', ')}`);
    }
    const delays = await publishDelays({ ...plan, add, perSecond: delaysPerSecond, seconds: 10 });
    await stop();
    await Promise.all([broker.stop(), server.stop()]);
    const perSecond = (name: string, value: number, baseline: number, atLeast: number): Figure => ({
      name,
      value,
      unit: '1/s',
      baseline,
      goal: { of: 'ratio', atLeast },
    });
    // What stands beside something was measured within seconds of it: the round whose ratio is the median counts.
    const beside = (name: string, ours: keyof typeof readers, bare: keyof typeof readers, atLeast: number): Figure => {
      const byRatio = [...measured].sort((x, y) => x[ours] / x[bare] - y[ours] / y[bare]);
      const median = byRatio[Math.floor(byRatio.length / 2)]!;
      return perSecond(name, median[ours], median[bare], atLeast);
    };
    return [
      beside('batch handler, of bare eachBatch', 'ourBatches', 'bareBatches', 0.8),
      beside('record handler without database, of bare eachMessage', 'ourRecords', 'bareMessages', 0.6),
      beside("record handler without database, of Nest's stock transport", 'ourRecords', 'stockNest', 3),
      beside('inbox and one insert a record, of the inserts alone', 'groupedInserts', 'insertsAlone', 0.5),
      perSecond('relay, of bare sends of 500', relay, sends, 0.6),
      delay('commit to Kafka at 200/s, median', percentile(delays, 0.5), null),
      delay('commit to Kafka at 200/s, p99', percentile(delays, 0.99), { of: 'value', atMost: 30 }),
    ];
  } finally {
    await closeJestRun();
  }
}

const delay = (name: string, value: number, goal: Figure['goal']): Figure => ({
  name,
  value,
  unit: 'ms',
  baseline: null,
  goal,
});

function numberAfter(args: readonly string[], option: string, otherwise: number): number {
  const at = args.indexOf(option);
  const number = at < 0 ? otherwise : Number(args[at + 1]);
  if (!Number.isInteger(number) || number < 1) throw new RangeError(`${option} takes a number from 1`);
  return number;
}
