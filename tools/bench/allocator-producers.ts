import { topics } from '#contracts';
import { kafkajsProducer, platformaticProducer, type ProducedRecord, type RecordProducer } from '#messaging';
import { testLog } from '#testing';
import { shippedLimits } from '../../apps/allocator/src/limits.ts';
import { PostgresDecisionRows } from '../../apps/allocator/src/relay/decision-rows.postgres.ts';
import { toRecord } from '../../apps/allocator/src/relay/published-record.ts';
import type { BenchStores } from './allocator-stores.ts';

const makers = { kafkajs: kafkajsProducer, platformatic: platformaticProducer };
const topic = topics['kezek.allocation.decisions'].name;
const rowsAtOnce = 10_000;

/** Records a second that each client writes: stored rows as the relay publishes them, in sends of its size. */
export async function producerRates(
  { brokers, database, log }: BenchStores,
  count: number,
): Promise<Readonly<Record<keyof typeof makers, number>>> {
  const stored = new PostgresDecisionRows(database);
  const records: ProducedRecord[] = [];
  let place = { logOffset: BigInt(log.firstOffset) - 1n, part: 0 };
  for (let rows = await stored.after(place, rowsAtOnce); rows.length > 0 && records.length < count;) {
    records.push(...rows.map(toRecord));
    place = rows.at(-1)!;
    rows = await stored.after(place, rowsAtOnce);
  }
  const rates = { kafkajs: 0, platformatic: 0 };
  // Twice: what is measured first would be measured cold.
  for (const name of ['kafkajs', 'platformatic', 'kafkajs', 'platformatic'] as const) {
    const producer = await makers[name]({ brokers, clientId: `bench-${name}`, topic, log: testLog(name) });
    rates[name] = await sendAll(producer, records);
    await producer.close();
  }
  return rates;
}

async function sendAll(producer: RecordProducer, records: readonly ProducedRecord[]): Promise<number> {
  const startedMs = performance.now();
  let from = 0;
  let bytes = 0;
  for (const [index, { value }] of records.entries()) {
    bytes += value.length;
    if (bytes <= shippedLimits.relaySendBytesMax) continue;
    await producer.send(records.slice(from, index));
    [from, bytes] = [index, value.length];
  }
  await producer.send(records.slice(from));
  return (records.length / (performance.now() - startedMs)) * 1_000;
}
