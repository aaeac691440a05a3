/** The publishing thread of allocator-unstored.ts: sends rows as the relay sends stored ones. */
import { parentPort, workerData } from 'node:worker_threads';
import { topics } from '#contracts';
import { platformaticProducer, type ProducedRecord } from '#messaging';
import { openLogger } from '#runtime';
import { shippedLimits } from '../../apps/allocator/src/limits.ts';
import { toRecord } from '../../apps/allocator/src/relay/published-record.ts';
import { decodeRows } from '../../apps/allocator/src/store/copy-rows.ts';

const { brokers } = workerData as { readonly brokers: readonly string[] };
const log = openLogger('unstored-relay', 'warn');
const topic = topics['kezek.allocation.decisions'].name;
const producer = await platformaticProducer({ brokers, clientId: 'bench-unstored', topic, log });
let waiting: Buffer[] = [];
let isSending = false;
parentPort!.on('message', (bytes: Uint8Array) => {
  waiting.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (!isSending) void sendWaiting();
});

/** In sends as large as the relay's, of whatever has come meanwhile. */
async function sendWaiting(): Promise<void> {
  isSending = true;
  while (waiting.length > 0) {
    const taken = waiting;
    waiting = [];
    let records: ProducedRecord[] = [];
    let size = 0;
    for (const row of taken.flatMap(decodeRows)) {
      if (size > 0 && size + row.value.length > shippedLimits.relaySendBytesMax) {
        await producer.send(records);
        [records, size] = [[], 0];
      }
      records.push(toRecord(row));
      size += row.value.length;
    }
    await producer.send(records);
    const offset = decodeRows(taken.at(-1)!).at(-1)!.logOffset;
    parentPort!.postMessage({ offset, bytes: taken.reduce((sum, { length }) => sum + length, 0) });
  }
  isSending = false;
}
