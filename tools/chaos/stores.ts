import {
  closeJestRun,
  openJestRun,
  Proxy,
  startOwnDatabaseServer,
  startProxiedBroker,
  type ProxiedBroker,
} from '#testing';
import type { Role } from '#stack';

/** A real broker and a real database, each behind a proxy that makes its network bad on order. */
export type Stores = {
  readonly broker: ProxiedBroker;
  readonly database: { pid(): number; kill(): Promise<void>; restart(): Promise<void> };
  readonly databaseProxy: Proxy;
  /** Where services find the database: behind the proxy. */
  urlOf(role: Role): string;
  /** The same past the proxy: for the judge. */
  directUrlOf(role: Role): string;
  stop(): Promise<void>;
};

/** Starts both, under a folder of their own. */
export async function startStores(): Promise<Stores> {
  await openJestRun();
  const [broker, database] = await Promise.all([startProxiedBroker(), startOwnDatabaseServer()]);
  const databaseProxy = await Proxy.start(Number(new URL(database.urlOf('postgres')).port));
  return {
    broker,
    database,
    databaseProxy,
    urlOf: (role) => {
      const url = new URL(database.urlOf(role));
      url.port = String(databaseProxy.port);
      return url.href;
    },
    directUrlOf: (role) => database.urlOf(role),
    stop: async () => {
      await databaseProxy.stop();
      await Promise.all([broker.stop(), database.stop()]);
      await closeJestRun();
    },
  };
}
