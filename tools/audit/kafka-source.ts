import { setTimeout as sleep } from 'node:timers/promises';
import { topics, type TopicName } from '#contracts';
import { openRecordStream, topicSpans, type RawRecord, type TopicSpan } from '#messaging';
import type { Logger } from '#runtime';
import { SourceBroken, type AuditSource, type CheckpointItem } from './audit-items.ts';
import { mergeTopics } from './merge-topics.ts';

type Broker = { readonly brokers: readonly string[]; readonly log: Logger };

// In the order in which their ends are asked: what a checkpoint covers is then there.
const names = ['kezek.allocation.checkpoints', 'kezek.allocation.decisions', 'kezek.allocation.log'] as const;
const clientId = 'kezek-audit';
/** A broker that gives nothing for so long, though it has what is asked for, will not give it. */
const patienceMs = 60_000;

/**
 * The topics as they are now; what comes later is not looked at.
 * @throws SourceBroken when the beginning of one is gone
 */
export async function openKafkaSource(broker: Broker): Promise<AuditSource> {
  const [checkpoints, decisions, log] = (await topicSpans({ ...broker, clientId }, names)) as [
    TopicSpan,
    TopicSpan,
    TopicSpan,
  ];
  for (const [place, { low }] of [checkpoints, decisions, log].entries())
    if (low !== 0n) throw new SourceBroken(`${names[place]} begins at offset ${low}: what came before is gone`);
  const readCheckpoints = (): AsyncGenerator<CheckpointItem> =>
    recordsOf(broker, 'kezek.allocation.checkpoints', checkpoints, ({ value }) => ({
      kind: 'checkpoint',
      value: value ?? Buffer.alloc(0),
    }));
  return {
    counts: { log: Number(log.high), decisions: Number(decisions.high), checkpoints: Number(checkpoints.high) },
    items: () =>
      mergeTopics(
        recordsOf(broker, 'kezek.allocation.log', log, ({ offset, timestampMs, value }) => ({
          kind: 'log' as const,
          offset,
          appendedAtMs: timestampMs,
          value,
        })),
        recordsOf(broker, 'kezek.allocation.decisions', decisions, ({ value, headers }) => ({
          kind: 'decisions' as const,
          value: value ?? Buffer.alloc(0),
          chain: String(headers['kezek-chain'] ?? ''),
        })),
        readCheckpoints(),
      ),
    checkpoints: readCheckpoints,
  };
}

async function* recordsOf<T>(
  broker: Broker,
  topic: TopicName,
  { high }: TopicSpan,
  toItem: (record: RawRecord) => T,
): AsyncGenerator<T> {
  if (high === 0n) return;
  const stream = await openRecordStream({ ...broker, clientId, topic: topics[topic].name, from: 0n });
  try {
    for (;;) {
      for (const record of await inTime(stream.next(), topic)) {
        yield toItem(record);
        if (record.offset + 1n >= high) return;
      }
    }
  } finally {
    await stream.close();
  }
}

async function inTime<T>(work: Promise<T>, topic: string): Promise<T> {
  const late = new AbortController();
  const waited = sleep(patienceMs, undefined, { signal: late.signal }).then(() => {
    throw new SourceBroken(`Kafka gave nothing of ${topic} for ${patienceMs / 1_000} s`);
  });
  try {
    return await Promise.race([work, waited]);
  } finally {
    late.abort();
    waited.catch(() => undefined);
  }
}
