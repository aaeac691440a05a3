import { startOwnBroker } from './broker.ts';
import { Proxy } from './proxy.ts';

export type ProxiedBroker = {
  /** Where clients come to: the proxy. The broker itself tells them so, too. */
  readonly brokers: readonly string[];
  /** Makes the network between clients and broker bad on order. */
  readonly proxy: Proxy;
  /** Its process, for signals; another one after each start. */
  pid(): number;
  kill(): Promise<void>;
  /** Starts it again with its port and its data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

/** A broker for one suite alone behind a proxy. The suite stops it in its afterAll. */
export async function startProxiedBroker(): Promise<ProxiedBroker> {
  const proxy = await Proxy.start(0);
  const broker = await startOwnBroker(proxy.port);
  proxy.retarget(broker.port);
  return {
    brokers: [`127.0.0.1:${proxy.port}`],
    proxy,
    pid: () => broker.pid(),
    kill: () => broker.kill(),
    restart: () => broker.restart(),
    stop: async () => {
      await proxy.stop();
      await broker.stop();
    },
  };
}
