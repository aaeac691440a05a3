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

const partitions = 4;
const delaysPerSecond = 200;

/**
 * What the runtime costs over kafkajs alone: all readers on one topic, one after another, with handlers that do nothing;
 * then with inbox and inserts beside the same inserts alone; the relay beside a bare producer.
 * @param args `--records N` (default 60 000), `--rounds N` (default 3): each reader is measured so often, the median counts
 */
export async function benchMessaging(
  args: readonly string[],
  progress: (text: string) => void,
): Promise<readonly Figure[]> {
  const records = numberAfter(args, '--records', 60_000);
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
    const delays = await publishDelays({ ...plan, add, perSecond: delaysPerSecond, seconds: 10 });

    const measured = new Map<string, number[]>();
    const readers = { bareBatches, ourBatches, bareMessages, ourRecords, stockNest, groupedInserts, insertsAlone };
    // The first round meets cold code and counts for nobody.
    for (let round = 0; round <= rounds; round += 1) {
      for (const [name, read] of Object.entries(readers)) {
        const perSecond = await read(plan);
        if (round === 0) continue;
        measured.set(name, [...(measured.get(name) ?? []), perSecond]);
        progress(`round ${round}, ${name}: ${Math.round(perSecond)} records/s`);
      }
    }
    const of = (name: keyof typeof readers): number => percentile(measured.get(name)!, 0.5);
    await stop();
    await Promise.all([broker.stop(), server.stop()]);
    const perSecond = (name: string, value: number, baseline: number, atLeast: number): Figure => ({
      name,
      value,
      unit: '1/s',
      baseline,
      goal: { of: 'ratio', atLeast },
    });
    return [
      perSecond('batch handler, of bare eachBatch', of('ourBatches'), of('bareBatches'), 0.8),
      perSecond('record handler without database, of bare eachMessage', of('ourRecords'), of('bareMessages'), 0.6),
      perSecond("record handler without database, of Nest's stock transport", of('ourRecords'), of('stockNest'), 3),
      perSecond('inbox and one insert a record, of the inserts alone', of('groupedInserts'), of('insertsAlone'), 0.5),
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
