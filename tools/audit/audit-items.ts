/** What an audit reads, in the order in which it came to be: an entry, the decisions on it, a checkpoint over both. */
export type AuditItem = LogItem | DecisionsItem | CheckpointItem;

export type LogItem = {
  readonly kind: 'log';
  readonly offset: bigint;
  /** The broker's stamp, ms. */
  readonly appendedAtMs: number;
  /** Framed bytes; null is a tombstone. */
  readonly value: Buffer | null;
};

export type DecisionsItem = {
  readonly kind: 'decisions';
  /** `DecisionsMade`, framed. */
  readonly value: Buffer;
  /** The link of the hash chain that it carries; empty where it carries none. */
  readonly chain: string;
};

export type CheckpointItem = {
  readonly kind: 'checkpoint';
  /** `CheckpointSigned`, framed. */
  readonly value: Buffer;
};

/** Where items come from. It can be read more than once, and gives the same items each time. */
export type AuditSource = {
  /** How many items there are. */
  readonly counts: { readonly log: number; readonly decisions: number; readonly checkpoints: number };
  /** @throws SourceBroken when it ends before its end, or cannot be read */
  items(): AsyncIterable<AuditItem>;
  /** The checkpoints alone. @throws as `items` */
  checkpoints(): AsyncIterable<CheckpointItem>;
};

/** A source that is not whole: an export that was cut off or changed, a topic whose beginning is gone. */
export class SourceBroken extends Error {
  override readonly name = 'SourceBroken';
}
