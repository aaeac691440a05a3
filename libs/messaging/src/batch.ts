import type { ContractViolation, Decoded, MessageName } from '#contracts';
import type { Failure } from '#runtime';
import type { Envelope } from './envelope.ts';
import type { Headers } from './headers.ts';

/** One place of a log, as a batch handler meets it. */
export type LogItem<N extends MessageName = MessageName> =
  | (Decoded<N> & LogPlace & { readonly kind: 'record'; envelope(): Envelope })
  | (LogPlace & { readonly kind: 'unreadable'; readonly failure: Failure | ContractViolation })
  | (LogPlace & {
      readonly kind: 'released';
      readonly person: string;
      readonly reason: string;
      readonly releasedAtMs: number;
    });

export type LogPlace = {
  readonly offset: bigint;
  readonly key: string | null;
  /** The record's timestamp, ms: the broker's where the topic is stamped at append. */
  readonly appendedAtMs: number;
  /** The framed bytes as they lie on the topic; null is a tombstone. */
  readonly bytes: Buffer | null;
  readonly headers: Headers;
};

/** Consecutive places of one partition. Iterating decodes as it goes. */
export type Batch<N extends MessageName = MessageName> = Iterable<LogItem<N>> & {
  readonly topic: string;
  readonly partition: number;
  readonly length: number;
  readonly firstOffset: bigint;
  /** The offset after the last item: the position once all of it is settled. */
  readonly nextOffset: bigint;
  /** Offset at which the log ended when this was fetched; `nextOffset` equal to it means: caught up. */
  readonly endOffset: bigint;
};

/** What a batch handler may do to its line. */
export type Line = {
  /** Tells how far everything is settled. Kafka's committed offset follows as a hint; memory limits count from here. */
  commit(nextOffset: bigint): void;
  /**
   * Stops the line at a record until an operator releases it. The bytes and the reason are kept. Return from the
   * handler after it resolves; the partition is read again from your position once released.
   */
  stop(offset: bigint, failure: Error): Promise<void>;
  /** False once the partition is no longer ours: decide nothing more. */
  isOurs(): boolean;
};
