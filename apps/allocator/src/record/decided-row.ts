import type { Decision } from '#allocation';
import { encode, toDecisionBranch, type Decisions } from '#contracts';
import { toBranch } from './translation.ts';

/** All that one log entry decided, or a part of it: one row in Postgres, one record on Kafka. */
export type DecidedRow = {
  readonly logOffset: bigint;
  readonly part: number;
  /** Time of its last decision. */
  readonly atMs: number;
  /** `DecisionsMade`, as it goes to Kafka. */
  readonly value: Buffer;
  /** The link of the hash chain that covers it. */
  readonly chain: Buffer;
  /** Correlation id and trace context of the log entry; null where it has none. */
  readonly correlation: string | null;
  readonly traceparent: string | null;
};

/** Framed values of the records that carry decisions, in order; none when nothing was decided. */
export function encodeDecisions(
  logOffset: bigint,
  decisions: readonly Decision[],
  { edition, perRecordMax }: { readonly edition: string; readonly perRecordMax: number },
): readonly Buffer[] {
  const parts = Math.ceil(decisions.length / perRecordMax);
  const values: Buffer[] = [];
  for (let part = 0; part < parts; part += 1) {
    const slice = parts === 1 ? decisions : decisions.slice(part * perRecordMax, (part + 1) * perRecordMax);
    values.push(encode('DecisionsMade', { logOffset, part, parts, edition, decisions: slice.map(toBranch) }));
  }
  return values;
}

/** The one decision on a record that an operator let pass. */
export function encodeRelease(logOffset: bigint, release: Omit<Decisions.RecordReleased, 'cause'>, edition: string) {
  const decisions = [toDecisionBranch({ type: 'RecordReleased', cause: logOffset, ...release })];
  return encode('DecisionsMade', { logOffset, part: 0, parts: 1, edition, decisions });
}
