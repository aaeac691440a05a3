import type { ProducedRecord, RecordProducer } from '#messaging';
import { Failure, type Logger } from '#runtime';
import { Bell, pause, type Clock } from '../clock.ts';
import { relayPollMs, relayRestartMs, type AllocatorLimits } from '../limits.ts';
import type { DecidedRow } from '../record/decided-row.ts';
import { CommittedRows, type Commit } from './committed-rows.ts';
import { isAfter, type DecisionRows, type RowPlace } from './decision-rows.ts';
import { toRecord } from './published-record.ts';

export type RelayOutcome = { readonly published: RowPlace } | { readonly problem: string } | { readonly well: true };

export type DecisionRelayParts = {
  readonly rows: DecisionRows;
  /** A producer for the decisions' topic; a fresh one after every failure. */
  readonly producer: () => Promise<RecordProducer>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly limits: Pick<AllocatorLimits, 'relayRowsMax' | 'relaySendBytesMax' | 'relayHandedBytesMax'>;
  readonly epoch: bigint;
  /** Told after each send that succeeded, with what is wrong after a failure, and when all is well again though nothing is to be sent. */
  readonly report: (outcome: RelayOutcome) => void;
  /** Called once when another relay has taken over. */
  readonly fatal: (error: Error) => void;
};

/**
 * Publishes stored rows, each as one record, in their order. It takes them from the store, or from who has just stored
 * them: what it publishes is committed. After a crash the last rows may be published again, under the same ids.
 */
export class DecisionRelay {
  readonly #parts: DecisionRelayParts;
  readonly #bell: Bell;
  readonly #handed: CommittedRows;
  #stopping = false;
  #isFailing = false;
  /** How often it began to publish. */
  #life = 0;
  /** The last row acknowledged to this relay; the store may know an earlier one. */
  #published: RowPlace = { logOffset: -1n, part: 0 };
  #running: Promise<void> = Promise.resolve();

  constructor(parts: DecisionRelayParts) {
    this.#parts = parts;
    this.#bell = new Bell(parts.clock);
    this.#handed = new CommittedRows(parts.limits.relayHandedBytesMax);
  }

  start(): void {
    this.#running = this.#live();
  }

  /** These rows have just been stored. */
  committed(commit: Commit): void {
    this.#handed.add(commit);
    this.#bell.ring();
  }

  /** Stops after the send at hand. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#bell.ring();
    await this.#running;
  }

  async #live(): Promise<void> {
    const { log, clock, report, fatal } = this.#parts;
    while (!this.#stopping) {
      try {
        await this.#serve();
      } catch (error) {
        if (!(error instanceof Failure) || error.recovery === 'stop') return fatal(error as Error);
        log.warn({ event: 'relay-restarts', err: error });
        report({ problem: error.message });
        this.#isFailing = true;
        await pause(clock, relayRestartMs);
      }
    }
  }

  // A producer that failed may have written or not: the next one begins after the last row that was acknowledged.
  async #serve(): Promise<void> {
    const { rows, epoch } = this.#parts;
    const noted = await rows.begin(epoch);
    if (isAfter(noted, this.#published)) this.#published = noted;
    // The place of the last send was not noted, and there may be no other for long.
    else if (isAfter(this.#published, noted)) await rows.published(epoch, this.#published);
    const producer = await this.#parts.producer();
    try {
      await this.#publishAll(producer);
    } finally {
      await producer.close().catch((error: unknown) => this.#parts.log.debug({ event: 'producer-left', err: error }));
    }
  }

  async #publishAll(producer: RecordProducer): Promise<void> {
    const { rows, epoch, report, limits } = this.#parts;
    const { relaySendBytesMax } = limits;
    // Rows taken for a send that failed are not there any more.
    this.#handed.clear();
    const life = (this.#life += 1);
    let marking: Promise<void> = Promise.resolve();
    let reading = this.#after(this.#published, life);
    while (!this.#stopping) {
      const [batch] = await Promise.all([reading, marking]);
      const last = batch.at(-1);
      if (!last) break;
      // While these travel, the next are read and the place of the last ones is noted.
      reading = this.#after(last, life);
      reading.catch(() => undefined);
      for (const records of sends(batch, relaySendBytesMax)) await producer.send(records);
      this.#published = { logOffset: last.logOffset, part: last.part };
      this.#isFailing = false;
      report({ published: this.#published });
      await marking;
      marking = rows.published(epoch, this.#published);
      marking.catch(() => undefined);
    }
    await reading.catch(() => undefined);
    await marking;
  }

  // Broker and store answer again, and nothing waits: there may be nothing to publish for hours.
  #noteWell(): void {
    if (!this.#isFailing) return;
    this.#isFailing = false;
    this.#parts.report({ well: true });
  }

  /** The next rows behind a place, at least one; none when this life of the relay is over. */
  async #after(place: RowPlace, life: number): Promise<readonly DecidedRow[]> {
    let isQuiet = false;
    while (!this.#stopping && life === this.#life) {
      const handed = this.#handed.takeAfter(place);
      if (handed) return handed;
      // What is stored is handed over, but nobody promises it.
      if (isQuiet || !this.#handed.endsAt(place)) {
        const stored = await this.#parts.rows.after(place, this.#parts.limits.relayRowsMax);
        if (stored.length > 0) return stored;
        this.#noteWell();
      }
      isQuiet = !(await this.#bell.wait(relayPollMs));
    }
    return [];
  }
}

/** Rows as records, in sends of a size that brokers take. */
function* sends(rows: readonly DecidedRow[], bytesMax: number): Iterable<readonly ProducedRecord[]> {
  let records: ProducedRecord[] = [];
  let bytes = 0;
  for (const row of rows) {
    if (bytes > 0 && bytes + row.value.length > bytesMax) {
      yield records;
      records = [];
      bytes = 0;
    }
    records.push(toRecord(row));
    bytes += row.value.length;
  }
  yield records;
}
