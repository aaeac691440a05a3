/** The thread of checkpoints: hashing must not take turns with deciding. Started by checkpoint-worker.ts. */
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { readPrivateKey } from '#audit';
import { topics } from '#contracts';
import { openRecordStream, platformaticProducer } from '#messaging';
import { Failure, invariant, openLogger } from '#runtime';
import { openDatabase } from '#storage';
import { processClock } from '../clock.ts';
import { checkpointConnectionsMax, checkpointNiceness } from '../limits.ts';
import { PostgresCheckpointStore } from './checkpoint-store.postgres.ts';
import { Checkpointer } from './checkpointer.ts';
import type { CheckpointPlan, FromCheckpoints } from './checkpoint-worker.ts';

const port = parentPort;
invariant(port, 'checkpoints are made in a thread of their own');
// On Linux each thread has a priority of its own; elsewhere this would be the whole process.
if (process.platform === 'linux') setPriority(checkpointNiceness);
const { postgresUrl, brokers, logLevel, epoch, key, everyDecisions } = workerData as CheckpointPlan;
const log = openLogger('allocator-checkpoints', logLevel);
const database = openDatabase({
  url: postgresUrl,
  schema: 'allocator',
  poolMax: checkpointConnectionsMax,
  applicationName: 'kezek-allocator-checkpoints',
});
const tell = (message: FromCheckpoints): void => port.postMessage(message);
const clientId = 'allocator-checkpoints';
const checkpointer = new Checkpointer({
  store: new PostgresCheckpointStore(database),
  openLog: (from) => openRecordStream({ brokers, clientId, log, topic: topics['kezek.allocation.log'].name, from }),
  producer: () => platformaticProducer({ brokers, clientId, topic: topics['kezek.allocation.checkpoints'].name, log }),
  key: readPrivateKey(key),
  everyDecisions,
  clock: processClock,
  log,
  epoch,
  report: (published) => tell({ published }),
  fatal: (error) => tell({ fatal: error.message, code: error instanceof Failure ? error.code : null }),
});
port.once('message', () => void stop());
checkpointer.start();

async function stop(): Promise<void> {
  await checkpointer.stop();
  await database.destroy();
  port!.close();
}
