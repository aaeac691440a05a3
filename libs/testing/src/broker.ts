import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startKafka, withLock } from '#stack';
import { startContainerBroker, storesAreContainers } from './container-stores.ts';
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

/** A broker of a suite's own. */
export type OwnBroker = TestBroker & {
  /** Its own, also where clients are told to come to another. */
  readonly port: number;
  /** Its process, for signals; another one after each start. @throws Error where it runs in a container */
  pid(): number;
  stop(): Promise<void>;
  kill(): Promise<void>;
  /** Starts it again with its port and its data. */
  restart(): Promise<void>;
};

/**
 * A broker for one suite alone, which may kill it, stop it and start it again. The suite stops it in its afterAll.
 * @param advertisedPort the port that clients are told to come to, where something stands between
 */
export async function startOwnBroker(advertisedPort?: number): Promise<OwnBroker> {
  if (storesAreContainers()) {
    const store = await startContainerBroker(advertisedPort);
    return { ...store, brokers: [`127.0.0.1:${store.port}`] };
  }
  const name = `kafka-${randomUUID()}`;
  const common = { directory: join(jestRunDirectory(), name), recordFile: recordFile(name), outlivesUs: true };
  const plan = advertisedPort === undefined ? common : { ...common, advertisedPort };
  let kafka = await startKafka(plan);
  return {
    brokers: kafka.brokers,
    port: kafka.port,
    pid: () => kafka.pid(),
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
