import { ContractViolation, decode, type Topic } from '#contracts';
import { Failure, type Logger } from '#runtime';
import type { Database } from '#storage';
import type { Batch, Line, LogItem } from './batch.ts';
import { deadLetter } from './dead-letter.ts';
import { within } from './deadline.ts';
import type { BatchMethod } from './handlers.ts';
import type { Fetch, Lane, LaneControl } from './lane.ts';
import type { MessagingLimits } from './limits.ts';
import { insertOutbox } from './outbox.postgres.ts';
import { openFields, type PersonalFields } from './personal-fields.ts';
import { problemOf } from './problem.ts';
import { envelopeOf } from './record-envelope.ts';
import type { RawRecord } from './received-record.ts';
import { processingBatch } from './spans.ts';
import { keepStop, releaseAt, releasesFrom, type Release } from './stopped-line.postgres.ts';

export type BatchLanePlan = {
  readonly topic: Topic;
  readonly group: string;
  readonly partition: number;
  readonly method: BatchMethod;
  readonly database: Database;
  readonly personalFields: PersonalFields;
  readonly limits: MessagingLimits;
  readonly log: Logger;
  /** The first offset wanted, asked at each assignment; without it Kafka's committed offset counts. */
  readonly position: ((partition: number) => Promise<bigint>) | undefined;
  stopped(why: string | undefined): void;
};

/** One partition whose handler takes whole fetches and keeps its own position. */
export class BatchLane implements Lane {
  readonly #plan: BatchLanePlan;
  /** The next offset to hand over; undefined until the owner was asked. */
  #expected: bigint | undefined;
  /** A seek to the expected offset was made and nothing came of it yet. */
  #sought = false;
  #releases = new Map<bigint, Release>();
  #handed: { readonly nextOffset: bigint; readonly bytes: number }[] = [];

  constructor(plan: BatchLanePlan) {
    this.#plan = plan;
  }

  async assigned(): Promise<bigint | undefined> {
    this.#forget();
    return this.#plan.position?.(this.#plan.partition);
  }

  #forget(): void {
    this.#expected = undefined;
    this.#handed = [];
  }

  async handle(fetch: Fetch, control: LaneControl): Promise<void> {
    const { log, topic, limits } = this.#plan;
    try {
      const records = await this.#fromPosition(fetch, control);
      if (records.length > 0 && control.mayContinue()) await this.#hand(fetch, records, control);
    } catch (error) {
      // The owner keeps what it has committed; from there it is read again.
      log.error({ event: 'batch-failed', topic: topic.name, partition: fetch.partition, err: error });
      this.#forget();
      control.pauseUntil(() => true, limits.backoffMaxMs);
    }
  }

  /** The records of this fetch from the expected offset on; none when the reader has to seek first. */
  async #fromPosition(fetch: Fetch, control: LaneControl): Promise<readonly RawRecord[]> {
    const { position, topic, database } = this.#plan;
    const first = fetch.records[0]!.offset;
    if (this.#expected === undefined) {
      const wanted = position ? await position(fetch.partition) : first;
      const releases = await releasesFrom(database, topic.name, fetch.partition, wanted);
      this.#releases = new Map(releases.map((release) => [release.offset, release]));
      this.#expected = wanted;
      if (first > wanted) {
        control.seek(wanted);
        return [];
      }
    }
    const expected = this.#expected;
    const from = fetch.records.findIndex(({ offset }) => offset >= expected);
    if (from < 0) {
      if (expected > fetch.endOffset) this.#refuse(fetch, expected, control, 'the log is shorter than the position');
      else control.seek(expected);
      return [];
    }
    const records = fetch.records.slice(from);
    const gap = records.findIndex(({ offset }, index) => offset !== expected + BigInt(index));
    this.#sought &&= gap === 0;
    if (gap < 0) return records;
    if (gap === 0 && !this.#sought) {
      this.#sought = true;
      control.seek(expected);
      return [];
    }
    if (gap === 0) {
      this.#refuse(fetch, expected, control, `the log goes on at ${records[0]!.offset}`);
      return [];
    }
    return records.slice(0, gap);
  }

  // Nothing can be decided behind a hole in the log; it is not a record that could be released.
  #refuse(fetch: Fetch, expected: bigint, control: LaneControl, what: string): void {
    const why = `offset ${expected} is not there: ${what}`;
    this.#plan.log.error({ event: 'log-has-a-hole', topic: fetch.topic, partition: fetch.partition, why });
    this.#plan.stopped(why);
    this.#forget();
    control.pauseUntil(() => true, this.#plan.limits.backoffMaxMs);
  }

  async #hand(fetch: Fetch, records: readonly RawRecord[], control: LaneControl): Promise<void> {
    const { limits, method, stopped, group } = this.#plan;
    const nextOffset = records.at(-1)!.offset + 1n;
    const bytes = records.reduce((sum, { value }) => sum + (value?.length ?? 0), 0);
    const line = this.#lineOf(fetch, records, control);
    const beating = setInterval(() => void control.beat(), limits.heartbeatMs);
    try {
      stopped(undefined);
      await within(
        processingBatch({ topic: fetch.topic, partition: fetch.partition, group }, records, () =>
          method(this.#batchOf(fetch, records, nextOffset), line),
        ),
        limits.batchDeadlineMs,
        'handler-overdue',
        'the batch handler',
      );
    } finally {
      clearInterval(beating);
    }
    if (line.isStopped()) return;
    this.#expected = nextOffset;
    this.#handed.push({ nextOffset, bytes });
    // kafkajs goes on from here; what Kafka may remember is what `commit` said.
    control.advance(nextOffset);
    if (this.#unsettledBytes() > limits.bytesUnsettledMax) {
      control.pauseUntil(() => this.#unsettledBytes() <= limits.bytesUnsettledMax / 2, 20);
    }
  }

  #unsettledBytes(): number {
    return this.#handed.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  #lineOf(fetch: Fetch, records: readonly RawRecord[], control: LaneControl): Line & { isStopped(): boolean } {
    let stopped = false;
    return {
      isStopped: () => stopped,
      isOurs: () => control.mayContinue(),
      commit: (nextOffset) => {
        this.#handed = this.#handed.filter((handed) => handed.nextOffset > nextOffset);
        control.settled(nextOffset);
      },
      stop: async (offset, failure) => {
        stopped = true;
        const record = records.find((candidate) => candidate.offset === offset);
        if (!record) throw new RangeError(`offset ${offset} is not in this batch`);
        await this.#stop(fetch, record, failure, control);
      },
    };
  }

  async #stop(fetch: Fetch, record: RawRecord, failure: Error, control: LaneControl): Promise<void> {
    const { database, group, log, stopped, limits } = this.#plan;
    const problem = problemOf(failure, 1);
    await database.transaction(async (trx) => {
      const letter = { group, problem, disposition: 'stopped', nowMs: Date.now() } as const;
      if (await keepStop(trx, record, problem)) await insertOutbox(trx, [deadLetter(record, 0, letter)]);
    });
    const { topic, partition, offset } = record;
    log.error({ event: 'line-stopped', topic, partition, offset: offset.toString(), ...problem });
    stopped(`offset ${offset}, ${problem.errorClass}: ${problem.message}`);
    this.#forget();
    control.seek(fetch.records[0]!.offset);
    control.pauseUntil(async () => (await releaseAt(database, record)) !== undefined, limits.releasePollMs);
  }

  #batchOf(fetch: Fetch, records: readonly RawRecord[], nextOffset: bigint): Batch {
    const item = (record: RawRecord): LogItem => this.#itemOf(record);
    return {
      topic: fetch.topic,
      partition: fetch.partition,
      length: records.length,
      firstOffset: records[0]!.offset,
      nextOffset,
      endOffset: fetch.endOffset,
      *[Symbol.iterator]() {
        for (const record of records) yield item(record);
      },
    };
  }

  #itemOf(record: RawRecord): LogItem {
    const { topic, personalFields } = this.#plan;
    const place = {
      offset: record.offset,
      key: record.key?.toString('utf8') ?? null,
      appendedAtMs: record.timestampMs,
      bytes: record.value,
      headers: record.headers,
    };
    const release = this.#releases.get(record.offset);
    if (release) return { ...place, kind: 'released', ...release };
    try {
      if (record.value === null) throw new Failure('message-unreadable', 'the record has no value');
      const decoded = decode(record.value, topic.messages);
      const opened = topic.personal
        ? openFields(personalFields, decoded.name, decoded.value, {
            topic: topic.name,
            key: place.key,
            schemaId: decoded.schemaId,
          })
        : decoded.value;
      // Named one by one: spreading a place and a record is slow, and this is made of each record of a log.
      return {
        kind: 'record',
        name: decoded.name,
        schemaId: decoded.schemaId,
        value: opened,
        offset: place.offset,
        key: place.key,
        appendedAtMs: place.appendedAtMs,
        bytes: place.bytes,
        headers: place.headers,
        envelope: () => envelopeOf(record, false),
      } as LogItem;
    } catch (error) {
      if (error instanceof ContractViolation || error instanceof Failure) {
        return { ...place, kind: 'unreadable', failure: error };
      }
      const cause = { cause: error };
      return { ...place, kind: 'unreadable', failure: new Failure('message-unreadable', String(error), cause) };
    }
  }
}
