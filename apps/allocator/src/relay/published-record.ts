import { topics } from '#contracts';
import type { ProducedRecord } from '#messaging';
import type { DecidedRow } from '../record/decided-row.ts';

/** Header that carries the link of the hash chain, in hexadecimal digits. */
const chainHeader = 'kezek-chain';

const logTopic = topics['kezek.allocation.log'].name;

/** A row as it goes to Kafka. Nothing in it depends on when or by whom it is published. */
export function toRecord({
  logOffset,
  part,
  atMs,
  chain,
  value,
  correlation,
  traceparent,
}: DecidedRow): ProducedRecord {
  const cause = `${logTopic}/0/${logOffset}`;
  return {
    key: Buffer.from(String(logOffset)),
    value,
    headers: {
      ce_specversion: '1.0',
      ce_id: `${logOffset}.${part}`,
      ce_source: 'kezek/allocator',
      ce_type: 'kezek.DecisionsMade',
      ce_time: new Date(atMs).toISOString(),
      'content-type': 'application/vnd.confluent.avro',
      'kezek-causation': cause,
      'kezek-correlation': correlation ?? cause,
      ...(traceparent === null ? {} : { traceparent }),
      [chainHeader]: chain.toString('hex'),
    },
  };
}
