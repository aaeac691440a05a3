import type { MessageOf } from '#contracts';

/** All that one log entry decided, or a part of it, as it goes to Kafka. */
export type DecisionsRecord = {
  readonly logOffset: bigint;
  readonly part: number;
  readonly value: MessageOf<'DecisionsMade'>;
  /** SHA-256 of the encoded decisions. */
  readonly digest: Buffer;
};

export type Position = {
  /** The first log offset nothing is stored for. */
  readonly nextOffset: bigint;
  /** Number of the newest entry decided; the same or a lower one is a repeat. */
  readonly lastNumber: bigint;
};

export type Step = {
  readonly from: bigint;
  readonly to: Position;
  readonly records: readonly DecisionsRecord[];
};

/** Where decisions and the place in the log are kept, together. */
export type DecisionStore = {
  /** Takes the store over: every earlier owner is fenced from now on. */
  claim(): Promise<Position>;
  /**
   * Stores decisions, their outbox rows and the new position in one transaction.
   * @throws Failure 'allocator-fenced' when another allocator claimed the store or moved the position
   */
  commit(step: Step): Promise<void>;
  /** Digests stored for the offsets `from`..`to` (inclusive), in order of offset and part. */
  digests(
    from: bigint,
    to: bigint,
  ): Promise<readonly { readonly logOffset: bigint; readonly part: number; readonly digest: Buffer }[]>;
};
