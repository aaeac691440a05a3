import type { Headers } from './headers.ts';

/** A committed row to publish. */
export type RelayRow = {
  readonly id: bigint;
  readonly topic: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Headers;
};

/** Where a relay's rows come from; the outbox is one, a table of decisions with a published position another. */
export type RelaySource = {
  /** Only one relay of a name is active in a schema; the channel `<name> <schema>` wakes it. */
  readonly name: string;
  /**
   * The first rows in publishing order that are not in `taken`: those the relay holds, and those that are
   * published and whose removal is under way.
   * Rows of one topic and key must be in their commit order.
   */
  next(taken: readonly bigint[], limit: number): Promise<readonly RelayRow[]>;
  /** These are on Kafka, acknowledged by all: they need not be given again. */
  published(ids: readonly bigint[]): Promise<void>;
};
