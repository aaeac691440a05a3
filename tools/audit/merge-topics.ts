import { decode } from '#contracts';
import type { AuditItem, CheckpointItem, DecisionsItem, LogItem } from './audit-items.ts';

/**
 * Three topics as one sequence: each entry, then the decisions on it, then the checkpoint that ends with it. What lies
 * out of place, or cannot be read, is given as soon as it is met: the judge says what is wrong with it.
 */
export async function* mergeTopics(
  log: AsyncIterator<LogItem>,
  decisions: AsyncIterator<DecisionsItem>,
  checkpoints: AsyncIterator<CheckpointItem>,
): AsyncGenerator<AuditItem> {
  let given = -1n;
  let [entry, made, vouched] = await Promise.all([next(log), next(decisions), next(checkpoints)]);
  for (;;) {
    if (made && (entry === undefined || offsetOfDecisions(made) <= given)) {
      yield made;
      made = await next(decisions);
    } else if (vouched && (entry === undefined || offsetOfCheckpoint(vouched) <= given)) {
      yield vouched;
      vouched = await next(checkpoints);
    } else if (entry) {
      yield entry;
      given = entry.offset;
      entry = await next(log);
    } else return;
  }
}

async function next<T>(items: AsyncIterator<T>): Promise<T | undefined> {
  const { done, value } = await items.next();
  return done ? undefined : value;
}

const offsetOfDecisions = ({ value }: DecisionsItem): bigint => offsetOf(value, 'DecisionsMade');
const offsetOfCheckpoint = ({ value }: CheckpointItem): bigint => offsetOf(value, 'CheckpointSigned');

function offsetOf(value: Buffer, name: 'DecisionsMade' | 'CheckpointSigned'): bigint {
  try {
    return decode(value, [name]).value.logOffset;
  } catch {
    return -1n;
  }
}
