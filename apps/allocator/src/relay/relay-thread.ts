/** The relay's own thread: publishing must not take turns with deciding. Started by relay-worker.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { topics } from '#contracts';
import { platformaticProducer } from '#messaging';
import { Failure, invariant, openLogger } from '#runtime';
import { openDatabase } from '#storage';
import { processClock } from '../clock.ts';
import { relayConnectionsMax, shippedLimits } from '../limits.ts';
import { decodeRows } from '../store/copy-rows.ts';
import { PostgresDecisionRows } from './decision-rows.postgres.ts';
import { DecisionRelay } from './decision-relay.ts';
import type { FromRelay, RelayPlan, ToRelay } from './relay-worker.ts';

const port = parentPort;
invariant(port, 'the relay runs in a thread of its own');
const { postgresUrl, brokers, logLevel, epoch } = workerData as RelayPlan;
const log = openLogger('allocator-relay', logLevel);
const database = openDatabase({
  url: postgresUrl,
  schema: 'allocator',
  poolMax: relayConnectionsMax,
  applicationName: 'kezek-allocator-relay',
});
const tell = (message: FromRelay): void => port.postMessage(message);
const topic = topics['kezek.allocation.decisions'].name;
const relay = new DecisionRelay({
  rows: new PostgresDecisionRows(database),
  producer: () => platformaticProducer({ brokers, clientId: 'allocator-relay', topic, log }),
  clock: processClock,
  log,
  limits: shippedLimits,
  epoch,
  report: tell,
  fatal: (error) => tell({ fatal: error.message, code: error instanceof Failure ? error.code : null }),
});
port.on('message', (message: ToRelay) => {
  if (message === 'stop') void stop();
  else relay.committed({ after: message.after, rows: decodeRows(Buffer.from(message.rows)) });
});
relay.start();

async function stop(): Promise<void> {
  await relay.stop();
  await database.destroy();
  port!.close();
}
