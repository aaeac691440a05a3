import type { Logger } from '#runtime';
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import type { Lane, LaneControl } from './lane.ts';
import type { MessagingLimits } from './limits.ts';
import { OffsetHints } from './offset-hints.ts';
import { PartitionPauses } from './partition-pauses.ts';
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
  readonly #pauses: PartitionPauses;
  readonly #hints: OffsetHints;
  readonly #startedAtMs = Date.now();
  #starting: Promise<void> = Promise.resolve();
  #generation = 0;
  #rearranging: unknown;
  #ended = false;
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
    this.#pauses = new PartitionPauses(this.#consumer, plan.log);
    this.#hints = new OffsetHints(this.#consumer, limits.commitEveryMs, plan.log);
  }

  /** Reads until the consumer crashes, stalls or is ended. @returns why it is over */
  async run(): Promise<string> {
    const over = new Promise<string>((resolve) => (this.#end = resolve));
    this.#listen();
    const watch = setInterval(() => this.#watch(), 1_000);
    try {
      this.#starting = this.#startUp();
      return await Promise.race([over, this.#starting.then(() => over)]);
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

  /** Asks the lane of a partition that is ours where to begin, as at its assignment. */
  beginAgain(partition: Partition): void {
    if (this.#plan.state.isAssigned(nameOf(partition))) void this.#begin(partition, this.#generation);
  }

  async #startUp(): Promise<void> {
    await this.#consumer.connect();
    await this.#consumer.subscribe({ topics: [...this.#plan.topics], fromBeginning: true });
    if (this.#ended) return;
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
    // What a session says after its end is not about the one that came after it.
    const polled = (): void => void (this.#ended || state.polled());
    for (const event of [events.FETCH_START, events.FETCH, events.HEARTBEAT]) this.#consumer.on(event, polled);
    this.#consumer.on(events.GROUP_JOIN, ({ payload }) => {
      this.#generation += 1;
      this.#rearranging = undefined;
      if (this.#ended) return;
      this.#pauses.clear();
      const assigned = Object.entries(payload.memberAssignment).flatMap(([topic, partitions]) =>
        partitions.map((partition) => ({ topic, partition })),
      );
      this.#hints.forget();
      for (const partition of assigned) void this.#begin(partition, this.#generation);
      state.joined(assigned.map(nameOf));
    });
    this.#consumer.on(events.REBALANCING, () => void (this.#ended || state.left()));
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
    void this.#tell(this.#generation);
    const { state, limits } = this.#plan;
    // The silence of the session before is not this one's: it would be ended before it could join.
    const silentMs = Math.min(state.silentMs(Date.now()), Date.now() - this.#startedAtMs);
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
    await this.#tell(generation);
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

  #tell(generation: number): Promise<void> {
    return this.#hints.tell(() => generation === this.#generation);
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
        state.settled(nameOf({ topic, partition }), nextOffset);
        this.#hints.settled(topic, partition, nextOffset);
      },
      seek: (offset) => {
        if (isOurs()) this.#consumer.seek({ topic, partition, offset: offset.toString() });
      },
      pauseUntil: (ready, everyMs) =>
        this.#pauses.until(ready, { topic, partition, everyMs }, () => generation === this.#generation && !this.#ended),
    };
  }

  // A disconnect waits for what kafkajs awaits; when that never comes the consumer is left behind, stopped.
  async #close(): Promise<void> {
    this.#ended = true;
    this.#pauses.stop();
    const { drainMs } = this.#plan.limits;
    const drained = Promise.all(this.#busy.values()).then(() => this.#tell(this.#generation));
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
    // One that was still starting would join after all, and hold partitions that nobody handles.
    const leave = (): Promise<void> => this.#consumer.disconnect();
    void this.#starting.then(leave, leave).catch(() => undefined);
  }
}
