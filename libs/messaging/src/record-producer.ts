import type { Logger } from '#runtime';

/** A record for one partition of a topic, as its reader will see it. */
export type ProducedRecord = {
  readonly key: Buffer | null;
  readonly value: Buffer;
  readonly headers: Readonly<Record<string, string>>;
};

/**
 * Writes records to partition 0 of one topic, in the given order, each once for as long as this producer lives (it is
 * idempotent). After an error nobody knows what was written: close it, and begin another.
 */
export type RecordProducer = {
  /** Resolves once all in-sync replicas have the records. @throws Failure 'broker-unavailable' */
  send(records: readonly ProducedRecord[]): Promise<void>;
  close(): Promise<void>;
};

export type ProducerPlan = {
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly topic: string;
  readonly log: Logger;
};
