import { signCheckpoint, type PrivateKey } from '#audit';
import { encode } from '#contracts';
import type { RecordProducer } from '#messaging';
import { Failure, type Logger } from '#runtime';
import { Bell, pause, type Clock } from '../clock.ts';
import {
  checkpointLogMsMax,
  checkpointPollMs,
  checkpointRowsMax,
  checkpointsSentMax,
  relayRestartMs,
} from '../limits.ts';
import type { RowPlace } from '../relay/decision-rows.ts';
import { CheckpointMaker, checkpointOf, startOfCheckpoints, type CheckpointState } from './checkpoint-maker.ts';
import { toRecord } from './checkpoint-record.ts';
import type { CheckpointStore } from './checkpoint-store.ts';
import type { LogBytes, LogRecords } from './log-records.ts';

export type CheckpointerParts = {
  readonly store: CheckpointStore;
  /** The log from an offset on. */
  readonly openLog: (from: bigint) => Promise<LogRecords>;
  /** A producer for the checkpoints' topic; opened for each sending, which is rare. */
  readonly producer: () => Promise<RecordProducer>;
  readonly key: PrivateKey;
  /** Decisions from one checkpoint to the next. */
  readonly everyDecisions: number;
  readonly clock: Clock;
  readonly log: Logger;
  readonly epoch: bigint;
  /** Told each time something was published. */
  readonly report: (publishedNumber: bigint) => void;
  /** Called once when another has taken over, or what is stored does not fit the log. */
  readonly fatal: (error: Error) => void;
};

const afterAllParts = 2 ** 31 - 1;

/**
 * Signs checkpoints over what is decided, stored and published, and publishes them in order. It follows the relay by
 * reading the log and the rows for itself; a life begins at the newest checkpoint that is stored, so the next one is the
 * same whoever makes it. After a crash the last ones may be published again, byte for byte.
 */
export class Checkpointer {
  readonly #parts: CheckpointerParts;
  readonly #bell: Bell;
  #log: LogRecords | undefined;
  #stopping = false;
  #running: Promise<void> = Promise.resolve();

  constructor(parts: CheckpointerParts) {
    this.#parts = parts;
    this.#bell = new Bell(parts.clock);
  }

  start(): void {
    this.#running = this.#live();
  }

  /** Stops after the step at hand. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#bell.ring();
    await this.#log?.close();
    await this.#running;
  }

  async #live(): Promise<void> {
    const { log, clock, fatal } = this.#parts;
    while (!this.#stopping) {
      try {
        await this.#serve();
      } catch (error) {
        if (this.#stopping) return;
        if (!(error instanceof Failure) || error.recovery === 'stop') return fatal(error as Error);
        log.warn({ event: 'checkpoints-restart', err: error });
        await pause(clock, relayRestartMs);
      }
    }
  }

  async #serve(): Promise<void> {
    const { store, epoch } = this.#parts;
    const newest = (await store.begin(epoch)) ?? startOfCheckpoints();
    await this.#publish();
    const log = await this.#parts.openLog(BigInt(newest.tree.entries));
    this.#log = log;
    try {
      await this.#follow(newest, log);
    } finally {
      await log.close();
    }
  }

  async #follow(newest: CheckpointState, log: LogRecords): Promise<void> {
    const { store, everyDecisions } = this.#parts;
    const maker = new CheckpointMaker(newest, everyDecisions);
    const records = new Consecutive(log, this.#parts.clock);
    let place: RowPlace = { logOffset: newest.logOffset, part: afterAllParts };
    while (!this.#stopping) {
      const rows = await store.rowsAfter(place, checkpointRowsMax);
      if (rows.length === 0) await this.#bell.wait(checkpointPollMs);
      for (const row of rows) {
        while (maker.nextOffset <= row.logOffset) maker.addRecord(await records.take(maker.nextOffset));
        const state = maker.addRow(row);
        place = row;
        if (state) await this.#keep(state);
        if (this.#stopping) return;
      }
    }
  }

  async #keep(state: CheckpointState): Promise<void> {
    const { store, key, epoch } = this.#parts;
    await store.add(epoch, state, encode('CheckpointSigned', signCheckpoint(checkpointOf(state), key)));
    await this.#publish();
  }

  async #publish(): Promise<void> {
    const { store, epoch, report, log } = this.#parts;
    for (;;) {
      const waiting = await store.unpublished(checkpointsSentMax);
      const last = waiting.at(-1);
      if (!last) return;
      const producer = await this.#parts.producer();
      try {
        await producer.send(waiting.map(toRecord));
      } finally {
        await producer.close().catch((error: unknown) => log.debug({ event: 'producer-left', err: error }));
      }
      await store.published(epoch, last.number);
      report(last.number);
    }
  }
}

/** Hands out the log one record at a time. */
class Consecutive {
  readonly #log: LogRecords;
  readonly #clock: Clock;
  #batch: readonly LogBytes[] = [];
  #at = 0;

  constructor(log: LogRecords, clock: Clock) {
    this.#log = log;
    this.#clock = clock;
  }

  /** @throws Failure 'history-differs' when the log has a gap where the record was */
  async take(offset: bigint): Promise<Buffer | null> {
    while (this.#at === this.#batch.length) {
      this.#batch = await this.#next();
      this.#at = 0;
    }
    const record = this.#batch[this.#at]!;
    this.#at += 1;
    if (record.offset !== offset)
      throw new Failure('history-differs', `the log has offset ${record.offset} where ${offset} belongs`);
    return record.value;
  }

  // The record is known to be there, so a reader that gets nothing is stuck.
  #next(): Promise<readonly LogBytes[]> {
    return new Promise((resolve, reject) => {
      const callOff = this.#clock.after(checkpointLogMsMax, () =>
        reject(new Failure('broker-unavailable', `the log gave nothing for ${checkpointLogMsMax} ms`)),
      );
      this.#log.next().then(resolve, reject).finally(callOff);
    });
  }
}
