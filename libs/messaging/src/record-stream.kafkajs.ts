import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '#runtime';
import type { Consumer, EachBatchPayload } from 'kafkajs';
import { kafkaClient, type Connection } from './kafka-client.ts';
import { rawRecord, type RawRecord } from './received-record.ts';

export type RecordStreamPlan = Connection & {
  readonly topic: string;
  /** The first offset wanted. */
  readonly from: bigint;
};

/** Partition 0 of a topic, taken by who reads it at his own pace. */
export type RecordStream = {
  /**
   * The next records, at least one; waits for them where there are none yet. Called again when the last call has
   * settled.
   * @throws Failure 'broker-unavailable' when the stream has broken or was closed
   */
  next(): Promise<readonly RawRecord[]>;
  close(): Promise<void>;
};

const heartbeatMs = 2_000;
/** A broker that has just started loads its groups for a while, and kafkajs gives up at once. */
const openTriesMax = 10;
const openRetryMs = 500;
/** Leaving the group may take so long; then the broker finds out by itself. */
const closeMsMax = 5_000;

/**
 * Reads with a group of its own that keeps no position.
 * @throws Failure 'broker-unavailable'
 */
export async function openRecordStream(plan: RecordStreamPlan): Promise<RecordStream> {
  for (let tries = 1; ; tries += 1) {
    const stream = new KafkajsRecordStream(consumerOf(plan), plan);
    try {
      await stream.open();
      return stream;
    } catch (cause) {
      await stream.close();
      if (tries >= openTriesMax) throw new Failure('broker-unavailable', (cause as Error).message, { cause });
      await sleep(openRetryMs);
    }
  }
}

// A consumer that kafkajs starts again by itself cannot be closed; who reads opens another stream.
const consumerOf = (plan: RecordStreamPlan): Consumer =>
  kafkaClient(plan).consumer({
    groupId: `${plan.clientId}-${randomUUID()}`,
    maxWaitTimeInMs: 200,
    retry: { retries: 3, restartOnFailure: async () => false },
  });

class KafkajsRecordStream implements RecordStream {
  readonly #consumer: Consumer;
  readonly #topic: string;
  #nextOffset: bigint;
  /** A batch that waits to be taken, or one that waits for a batch. */
  #offered: { readonly records: readonly RawRecord[]; taken(): void } | undefined;
  #wanting: { resolve(records: readonly RawRecord[]): void; reject(error: Error): void } | undefined;
  #broken: Error | undefined;
  #closing: Promise<void> | undefined;

  constructor(consumer: Consumer, { topic, from }: RecordStreamPlan) {
    this.#consumer = consumer;
    this.#topic = topic;
    this.#nextOffset = from;
  }

  async open(): Promise<void> {
    const { events } = this.#consumer;
    const joined = Promise.withResolvers<void>();
    // Before anybody waits for it, connecting may have failed.
    joined.promise.catch(() => undefined);
    this.#consumer.on(events.CRASH, ({ payload }) => {
      this.#break(payload.error);
      joined.reject(payload.error);
    });
    this.#consumer.on(events.GROUP_JOIN, () => {
      joined.resolve();
      this.#consumer.seek({ topic: this.#topic, partition: 0, offset: String(this.#nextOffset) });
    });
    await this.#consumer.connect();
    await this.#consumer.subscribe({ topics: [this.#topic], fromBeginning: true });
    await this.#consumer.run({ autoCommit: false, eachBatch: (payload) => this.#offer(payload) });
    await joined.promise;
  }

  next(): Promise<readonly RawRecord[]> {
    return new Promise((resolve, reject) => {
      if (this.#broken) return reject(this.#broken);
      this.#wanting = { resolve, reject };
      this.#meet();
    });
  }

  close(): Promise<void> {
    this.#break(new Error('the stream was closed'));
    this.#closing ??= this.#leave();
    return this.#closing;
  }

  async #leave(): Promise<void> {
    const late = new AbortController();
    const given = sleep(closeMsMax, undefined, { signal: late.signal });
    await Promise.race([this.#consumer.disconnect(), given]).catch(() => undefined);
    late.abort();
    await given.catch(() => undefined);
  }

  async #offer({ batch: { messages }, heartbeat }: EachBatchPayload): Promise<void> {
    const records = messages
      .map((message) => rawRecord(this.#topic, 0, message))
      .filter(({ offset }) => offset >= this.#nextOffset);
    if (records.length === 0 || this.#broken) return;
    const taken = new Promise<void>((resolve) => {
      this.#offered = { records, taken: resolve };
    });
    this.#meet();
    // Whoever reads may take long over a batch; the group must not take him for dead.
    const beat = setInterval(() => void heartbeat().catch(() => undefined), heartbeatMs);
    await taken.finally(() => clearInterval(beat));
  }

  #meet(): void {
    if (!this.#offered || !this.#wanting) return;
    const { records, taken } = this.#offered;
    const { resolve } = this.#wanting;
    this.#offered = undefined;
    this.#wanting = undefined;
    this.#nextOffset = records.at(-1)!.offset + 1n;
    taken();
    resolve(records);
  }

  #break(cause: Error): void {
    this.#broken ??= new Failure('broker-unavailable', cause.message, { cause });
    this.#offered?.taken();
    this.#offered = undefined;
    this.#wanting?.reject(this.#broken);
    this.#wanting = undefined;
  }
}
