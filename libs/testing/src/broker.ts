import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startKafka, withLock, type Kafka } from '#stack';
import { jestRunDirectory } from './jest-run.ts';

export type TestBroker = { readonly brokers: readonly string[] };

/**
 * The broker that all suites of a jest run share; the first that asks starts it (2 s), the end of the run stops it.
 * Suites keep apart by names of topics and groups of their own. It makes no topics by itself.
 */
export async function startBroker(): Promise<TestBroker> {
  const directory = join(jestRunDirectory(), 'broker');
  return withLock(`${directory}.lock`, async () => {
    const file = join(directory, 'address.json');
    if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as TestBroker;
    const { brokers } = await startKafka({ directory, recordFile: recordFile('kafka'), outlivesUs: true });
    writeFileSync(file, JSON.stringify({ brokers }));
    return { brokers };
  });
}

/**
 * A broker for one suite alone, which may kill it, stop it and start it again (`restart` keeps its port and its data).
 * The suite stops it in its afterAll.
 */
export async function startOwnBroker(): Promise<
  TestBroker & Pick<Kafka, 'stop' | 'kill'> & { restart(): Promise<void> }
> {
  const name = `kafka-${randomUUID()}`;
  const plan = { directory: join(jestRunDirectory(), name), recordFile: recordFile(name), outlivesUs: true };
  let kafka = await startKafka(plan);
  return {
    brokers: kafka.brokers,
    stop: () => kafka.stop(),
    kill: () => kafka.kill(),
    restart: async () => {
      await kafka.stop();
      kafka = await startKafka(plan);
    },
  };
}

function recordFile(name: string): string {
  return join(jestRunDirectory(), 'records', `${name}.pid`);
}
