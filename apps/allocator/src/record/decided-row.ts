import { encode, toDecisionBranch, type Decisions } from '#contracts';

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

/** The one decision on a record that an operator let pass. */
export function encodeRelease(logOffset: bigint, release: Omit<Decisions.RecordReleased, 'cause'>, edition: string) {
  const decisions = [toDecisionBranch({ type: 'RecordReleased', cause: logOffset, ...release })];
  return encode('DecisionsMade', { logOffset, part: 0, parts: 1, edition, decisions });
}
