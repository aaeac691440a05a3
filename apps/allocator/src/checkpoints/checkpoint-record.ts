import type { ProducedRecord } from '#messaging';
import type { StoredCheckpoint } from './checkpoint-store.ts';

/** A checkpoint as it goes to Kafka. Nothing in it depends on when or by whom it is published. */
export const toRecord = ({ number, atMs, value }: StoredCheckpoint): ProducedRecord => ({
  key: null,
  value,
  headers: {
    ce_specversion: '1.0',
    ce_id: `checkpoint.${number}`,
    ce_source: 'kezek/allocator',
    ce_type: 'kezek.CheckpointSigned',
    ce_time: new Date(atMs).toISOString(),
    'content-type': 'application/vnd.confluent.avro',
  },
});
