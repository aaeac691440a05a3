import type { Logger } from '#runtime';
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import type { Lane, LaneControl } from './lane.ts';
import type { MessagingLimits } from './limits.ts';
import type { ReaderState } from './reader-state.ts';
import { rawRecord } from './received-record.ts';

export type ReaderPlan = {
  readonly kafka: Kafka;
  readonly group: string;
  readonly topics: readonly string[];
  readonly limits: MessagingLimits;
  readonly log: Logger;
  readonly state: ReaderState;
  /** The lane of a partition; the same one each time it is asked for. */
  lane(topic: string, partition: number): Lane;
};

type Partition = { readonly topic: string; readonly partition: number };
const rearrangements = new Set([
  'REBALANCE_IN_PROGRESS',
  'ILLEGAL_GENERATION',
  'UNKNOWN_MEMBER_ID',
  'NOT_COORDINATOR_FOR_GROUP',
]);
const nameOf = ({ topic, partition }: Partition): string => `${topic}/${partition}`;

/**
 * One life of a kafkajs consumer, from connecting to its end. It is never repaired: its reader makes another one.
 * The generation counts the arrangements of the group; work begun under one does not go on under the next.
 */
export class ReaderSession {
  readonly #plan: ReaderPlan;
  readonly #consumer: Consumer;
  readonly #busy = new Map<string, Promise<void>>();
  readonly #pauses = new Set<NodeJS.Timeout>();
  readonly #unfinished = new Map<string, { topic: string; partition: number; offset: string }>();
  #generation = 0;
  #rearranging: unknown;
  #ended = false;
  #lastCommitMs = 0;
  #end: (reason: string) => void = () => undefined;

  constructor(plan: ReaderPlan) {
    this.#plan = plan;
    const { limits } = plan;
    this.#consumer = plan.kafka.consumer({
      groupId: plan.group,
      sessionTimeout: limits.sessionMs,
      rebalanceTimeout: limits.rebalanceMs,
      heartbeatInterval: limits.heartbeatMs,
      maxBytesPerPartition: limits.fetchBytesPerPartition,
      maxBytes: limits.fetchBytes,
      maxWaitTimeInMs: limits.fetchWaitMs,
      metadataMaxAge: 60_000,
      retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 4, restartOnFailure: async () => false },
    });
  }

  /** Reads until the consumer crashes, stalls or is ended. @returns why it is over */
  async run(): Promise<string> {
    const over = new Promise<string>((resolve) => (this.#end = resolve));
    this.#listen();
    const watch = setInterval(() => this.#watch(), 1_000);
    try {
      return await Promise.race([over, this.#startUp().then(() => over)]);
    } finally {
      clearInterval(watch);
      await this.#close();
    }
  }

  /** Takes no more records; `run` returns once the current ones are done, or the time is over. */
  end(reason: string): void {
    this.#ended = true;
    this.#end(reason);
  }

  async #startUp(): Promise<void> {
    await this.#consumer.connect();
    await this.#consumer.subscribe({ topics: [...this.#plan.topics], fromBeginning: true });
    await this.#consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: this.#plan.limits.partitionsAtOnce,
      eachBatch: (payload) => this.#eachBatch(payload),
    });
  }

  #listen(): void {
    const { state } = this.#plan;
    const { events } = this.#consumer;
    this.#consumer.on(events.FETCH_START, () => state.polled());
    this.#consumer.on(events.FETCH, () => state.polled());
    this.#consumer.on(events.HEARTBEAT, () => state.polled());
    this.#consumer.on(events.GROUP_JOIN, ({ payload }) => {
      this.#generation += 1;
      this.#rearranging = undefined;
      this.#stopPauses();
      const assigned = Object.entries(payload.memberAssignment).flatMap(([topic, partitions]) =>
        partitions.map((partition) => ({ topic, partition })),
      );
      this.#unfinished.clear();
      for (const partition of assigned) void this.#begin(partition, this.#generation);
      state.joined(assigned.map(nameOf));
    });
    this.#consumer.on(events.REBALANCING, () => state.left());
    this.#consumer.on(events.CRASH, ({ payload }) => this.end(`crashed: ${payload.error.message}`));
  }

  // An owner that keeps its own position may be behind what Kafka remembers, with nothing new to make us look.
  async #begin({ topic, partition }: Partition, generation: number): Promise<void> {
    try {
      const offset = await this.#plan.lane(topic, partition).assigned();
      if (offset === undefined || generation !== this.#generation || this.#ended) return;
      this.#consumer.seek({ topic, partition, offset: offset.toString() });
    } catch (error) {
      this.end(`no position for ${topic}/${partition}: ${(error as Error).message}`);
    }
  }

  // kafkajs can stop fetching without a word (a lost answer, a join that never returns); nothing but its silence tells.
  #watch(): void {
    void this.#commit(this.#generation);
    const { state, limits } = this.#plan;
    const silentMs = state.silentMs(Date.now());
    const allowedMs = limits.stallMsMax + (state.isJoined() ? 0 : limits.rebalanceMs);
    if (silentMs > allowedMs && this.#busy.size === 0) this.end(`no fetch for ${silentMs} ms`);
  }

  async #eachBatch(payload: EachBatchPayload): Promise<void> {
    const { topic, partition } = payload.batch;
    const name = nameOf({ topic, partition });
    const generation = this.#generation;
    // After a rebalance kafkajs may hand over a partition that this process is still finishing.
    await this.#busy.get(name);
    if (this.#ended || generation !== this.#generation) return;
    const work = this.#handle(payload, generation);
    const settled = work.catch(() => undefined).then(() => void this.#busy.delete(name));
    this.#busy.set(name, settled);
    await work;
    await this.#commit(generation);
    if (this.#rearranging !== undefined && generation === this.#generation) await this.#leaveTogether();
  }

  // The group waits for us before it gives our partitions to others: come back only when no lane is at work.
  async #leaveTogether(): Promise<void> {
    const reason = this.#rearranging as { type?: string; message: string };
    await Promise.all(this.#busy.values());
    // kafkajs joins again on these; after anything else it would go on under the old arrangement.
    if (rearrangements.has(reason.type ?? '')) throw reason;
    this.end(`heartbeat failed: ${reason.message}`);
  }

  async #handle(payload: EachBatchPayload, generation: number): Promise<void> {
    const { batch } = payload;
    const { topic, partition } = batch;
    const { state, log } = this.#plan;
    const endOffset = BigInt(batch.highWatermark);
    const records = batch.messages.map((message) => rawRecord(topic, partition, message));
    const first = records[0];
    if (!first) return;
    state.fetched(nameOf({ topic, partition }), { endOffset, nextOffset: first.offset, atMs: first.timestampMs });
    try {
      const fetch = { topic, partition, records, endOffset };
      await this.#plan.lane(topic, partition).handle(fetch, this.#controlOf(payload, generation));
    } catch (error) {
      log.error({ event: 'lane-broken', group: this.#plan.group, topic, partition, err: error });
      this.end(`lane broken: ${(error as Error).message}`);
    }
  }

  #controlOf(payload: EachBatchPayload, generation: number): LaneControl {
    const { topic, partition } = payload.batch;
    const { state } = this.#plan;
    const isOurs = (): boolean => generation === this.#generation && this.#rearranging === undefined && !this.#ended;
    return {
      mayContinue: () => isOurs() && payload.isRunning(),
      beat: async () => {
        if (generation !== this.#generation) return;
        try {
          await payload.heartbeat();
        } catch (error) {
          this.#rearranging ??= error;
        }
      },
      advance: (nextOffset) => {
        if (generation === this.#generation) payload.resolveOffset((nextOffset - 1n).toString());
      },
      settled: (nextOffset) => {
        if (generation !== this.#generation) return;
        this.#unfinished.set(nameOf({ topic, partition }), { topic, partition, offset: nextOffset.toString() });
        state.settled(nameOf({ topic, partition }), nextOffset);
        if (Date.now() - this.#lastCommitMs >= this.#plan.limits.commitEveryMs) void this.#commit(generation);
      },
      seek: (offset) => {
        if (isOurs()) this.#consumer.seek({ topic, partition, offset: offset.toString() });
      },
      pauseUntil: (ready, everyMs) => this.#pauseUntil({ topic, partition }, generation, ready, everyMs),
    };
  }

  #pauseUntil(
    { topic, partition }: Partition,
    generation: number,
    ready: () => Promise<boolean> | boolean,
    everyMs: number,
  ): void {
    if (generation !== this.#generation || this.#ended) return;
    this.#consumer.pause([{ topic, partitions: [partition] }]);
    const ask = async (): Promise<void> => {
      this.#pauses.delete(timer);
      if (generation !== this.#generation || this.#ended) return;
      const isReady = await Promise.resolve()
        .then(ready)
        .catch((error: unknown) => {
          this.#plan.log.warn({ event: 'pause-unclear', topic, partition, err: error });
          return false;
        });
      if (generation !== this.#generation || this.#ended) return;
      if (isReady) this.#consumer.resume([{ topic, partitions: [partition] }]);
      else this.#pauseUntil({ topic, partition }, generation, ready, everyMs);
    };
    const timer = setTimeout(() => void ask(), everyMs);
    this.#pauses.add(timer);
  }

  /** Tells Kafka how far we are. A failure is harmless: what is read again is found in the inbox. */
  async #commit(generation: number): Promise<void> {
    if (generation !== this.#generation || this.#unfinished.size === 0) return;
    const offsets = [...this.#unfinished.values()];
    this.#unfinished.clear();
    this.#lastCommitMs = Date.now();
    try {
      await this.#consumer.commitOffsets(offsets);
    } catch (error) {
      for (const offset of offsets) {
        const name = nameOf(offset);
        if (generation === this.#generation && !this.#unfinished.has(name)) this.#unfinished.set(name, offset);
      }
      this.#plan.log.debug({ event: 'offset-not-committed', group: this.#plan.group, err: error });
    }
  }

  #stopPauses(): void {
    for (const timer of this.#pauses) clearTimeout(timer);
    this.#pauses.clear();
    const paused = this.#consumer.paused();
    if (paused.length > 0) this.#consumer.resume(paused);
  }

  // A disconnect waits for what kafkajs awaits; when that never comes the consumer is left behind, stopped.
  async #close(): Promise<void> {
    this.#ended = true;
    for (const timer of this.#pauses) clearTimeout(timer);
    const { drainMs } = this.#plan.limits;
    const drained = Promise.all(this.#busy.values()).then(() => this.#commit(this.#generation));
    const gone = drained.then(() => this.#consumer.disconnect());
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => (timer = setTimeout(() => resolve('late'), drainMs)));
    const outcome = await Promise.race([gone.catch((error: unknown) => error), late]);
    clearTimeout(timer);
    if (outcome === 'late') {
      this.#plan.log.warn({ event: 'reader-left-behind', group: this.#plan.group, drainMs });
      void this.#consumer.stop().catch(() => undefined);
    }
    this.#generation += 1;
  }
}
