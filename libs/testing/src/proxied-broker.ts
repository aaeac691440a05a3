import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { startKafka, type Kafka } from '#stack';
import { jestRunDirectory } from './jest-run.ts';
import { Proxy } from './proxy.ts';

export type ProxiedBroker = {
  /** Where clients come to: the proxy. The broker itself tells them so, too. */
  readonly brokers: readonly string[];
  /** Makes the network between clients and broker bad on order. */
  readonly proxy: Proxy;
  kill(): Promise<void>;
  /** Starts it again with its port and its data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

/** A broker for one suite alone behind a proxy. The suite stops it in its afterAll. */
export async function startProxiedBroker(): Promise<ProxiedBroker> {
  const name = `kafka-${randomUUID()}`;
  const proxy = await Proxy.start(0);
  const directory = join(jestRunDirectory(), name);
  const recordFile = join(jestRunDirectory(), 'records', `${name}.pid`);
  const plan = { directory, recordFile, outlivesUs: true, advertisedPort: proxy.port };
  let kafka: Kafka = await startKafka(plan);
  proxy.retarget(kafka.port);
  return {
    brokers: [`127.0.0.1:${proxy.port}`],
    proxy,
    kill: () => kafka.kill(),
    restart: async () => {
      await kafka.stop();
      kafka = await startKafka(plan);
      proxy.retarget(kafka.port);
    },
    stop: async () => {
      await proxy.stop();
      await kafka.stop();
    },
  };
}
