import { readPrivateKey, signCheckpoint } from '#audit';
import { decode, encode, topics } from '#contracts';
import {
  CheckpointMaker,
  checkpointOf,
  startOfCheckpoints,
} from '../../../apps/allocator/src/checkpoints/checkpoint-maker.ts';
import { clockToleranceMs } from '../../../apps/allocator/src/limits.ts';
import type { DecidedRow } from '../../../apps/allocator/src/record/decided-row.ts';
import { LogDecider, type LogPlace, type PlacedRecord } from '../../../apps/allocator/src/record/log-decider.ts';
import { World } from '../../simulate/world.ts';
import { writeLog } from '../../simulate/workload.ts';
import type { AuditItem, AuditSource, CheckpointItem, DecisionsItem, LogItem } from '../audit-items.ts';
import { mergeTopics } from '../merge-topics.ts';

/** The key of the reference implementation of signed notes. */
export const countryKey = readPrivateKey(
  'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz',
);
export const countryPerRecordMax = 7;

/** What lies on the three topics of a small country. */
export type Topics = {
  readonly log: readonly LogItem[];
  readonly decisions: readonly DecisionsItem[];
  readonly checkpoints: readonly CheckpointItem[];
};

export type CountryPlan = { readonly entries?: number; readonly everyDecisions?: number };

/** Decided and signed by the shipped code, with repeats of the writer and records that an operator let pass. */
export function smallCountry(seed: number, { entries = 80, everyDecisions = 20 }: CountryPlan = {}): Topics {
  const clock = { aheadMsMax: clockToleranceMs, backwardsMsMax: clockToleranceMs };
  const decider = new LogDecider({ perRecordMax: countryPerRecordMax, clock });
  const maker = new CheckpointMaker(startOfCheckpoints(), everyDecisions);
  const [log, decisions, checkpoints]: [LogItem[], DecisionsItem[], CheckpointItem[]] = [[], [], []];
  writeLog(new World(seed), 12, entries).forEach(({ bytes, appendedAtMs }, at) => {
    const offset = BigInt(at);
    log.push({ kind: 'log', offset, appendedAtMs, value: bytes });
    maker.addRecord(bytes);
    for (const row of decided(decider, { offset, appendedAtMs, bytes, headers: {} })) {
      decisions.push({ kind: 'decisions', value: row.value, chain: row.chain.toString('hex') });
      const state = maker.addRow(row);
      if (!state) continue;
      const value = encode('CheckpointSigned', signCheckpoint(checkpointOf(state), countryKey));
      checkpoints.push({ kind: 'checkpoint', value });
    }
  });
  return { log, decisions, checkpoints };
}

function decided(decider: LogDecider, place: LogPlace): readonly DecidedRow[] {
  const record = recordAt(place);
  if (record && decider.problemOf(record) === undefined) return decider.decide(record);
  return decider.release({ ...place, person: 'operator 1', reason: 'it is not ours', releasedAtMs: 1 });
}

function recordAt(place: LogPlace): PlacedRecord | undefined {
  try {
    const read = decode(place.bytes!, topics['kezek.allocation.log'].messages);
    return { ...place, ...read } as unknown as PlacedRecord;
  } catch {
    return undefined;
  }
}

/** Topics as an audit reads them. */
export function sourceOf({ log, decisions, checkpoints }: Topics): AuditSource {
  return {
    counts: { log: log.length, decisions: decisions.length, checkpoints: checkpoints.length },
    items: (): AsyncIterable<AuditItem> => mergeTopics(each(log), each(decisions), each(checkpoints)),
    checkpoints: () => each(checkpoints),
  };
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
