import { decide, openAllocation, type Allocation } from '#allocation';
import { Failure, invariant, type Logger } from '#runtime';
import type { DecisionsRecord, DecisionStore, Position } from './decision-store.ts';
import { decisionsRecords } from './decisions-record.ts';
import { decisionsPerRecordMax } from './limits.ts';
import { toLogEntry, type LogRecord } from './translation.ts';

/** One log entry, readable and in its place. */
export type PlacedRecord = LogRecord & { readonly offset: bigint };

/**
 * Decides the log in order and keeps decisions and position together. What was decided before a restart is decided
 * again in memory and compared with what is stored; a difference stops the process.
 */
export class Allocator {
  readonly #store: DecisionStore;
  readonly #logger: Logger;
  readonly #allocation: Allocation = openAllocation();
  #edition = '';
  #stored: Position = { nextOffset: 0n, lastNumber: 0n };
  #decided: Position = { nextOffset: 0n, lastNumber: 0n };
  /** Decided, not stored yet: a commit that failed is made good by the next one. */
  #pending: DecisionsRecord[] = [];
  #repeats = 0;
  #claimed = false;

  constructor(store: DecisionStore, logger: Logger) {
    this.#store = store;
    this.#logger = logger;
  }

  /** The state, for queries. */
  get allocation(): Allocation {
    return this.#allocation;
  }

  /** The offset up to which (exclusive) everything is decided. */
  get nextOffset(): bigint {
    return this.#decided.nextOffset;
  }

  /** Where the log is to be read from: what is not both decided here and stored. */
  get readFrom(): bigint {
    return this.#decided.nextOffset < this.#stored.nextOffset ? this.#decided.nextOffset : this.#stored.nextOffset;
  }

  /** The offset up to which (exclusive) decisions are stored. */
  get storedOffset(): bigint {
    return this.#stored.nextOffset;
  }

  /** Records dropped because their number had been seen. */
  get repeats(): number {
    return this.#repeats;
  }

  /** Claims the store; the log is read from `nextOffset`, whatever Kafka remembers. */
  async start(): Promise<void> {
    this.#stored = await this.#store.claim();
    this.#claimed = true;
    this.#logger.info({ event: 'claimed', nextOffset: String(this.#stored.nextOffset) });
  }

  /** Decides consecutive entries and stores what was not stored yet, in one transaction. */
  async allocate(records: readonly PlacedRecord[], nextOffset: bigint): Promise<void> {
    invariant(this.#claimed, 'the store is claimed before anything is decided');
    for (const record of records) {
      if (record.offset >= this.#decided.nextOffset) this.#pending.push(...this.#decide(record));
    }
    if (nextOffset > this.#decided.nextOffset) this.#decided = { ...this.#decided, nextOffset };
    await this.#keep();
  }

  #decide(record: PlacedRecord): readonly DecisionsRecord[] {
    const { number } = record.value;
    const nextOffset = record.offset + 1n;
    if (number <= this.#decided.lastNumber) {
      this.#repeats += 1;
      this.#decided = { ...this.#decided, nextOffset };
      return [];
    }
    const decisions = decide(this.#allocation, toLogEntry(record), Number(record.offset));
    for (const decision of decisions) if (decision.type === 'PolicyChanged') this.#edition = decision.edition;
    this.#decided = { nextOffset, lastNumber: number };
    return decisionsRecords(record.offset, decisions, {
      edition: this.#edition || this.#allocation.policy.edition,
      perRecordMax: decisionsPerRecordMax,
    });
  }

  async #keep(): Promise<void> {
    const known = this.#pending.filter(({ logOffset }) => logOffset < this.#stored.nextOffset);
    if (known.length > 0) await this.#compare(known);
    this.#pending = this.#pending.slice(known.length);
    if (this.#decided.nextOffset <= this.#stored.nextOffset) return;
    const to = this.#decided;
    await this.#store.commit({ from: this.#stored.nextOffset, to, records: this.#pending });
    this.#stored = to;
    this.#pending = [];
  }

  async #compare(recomputed: readonly DecisionsRecord[]): Promise<void> {
    const stored = await this.#store.digests(recomputed[0]!.logOffset, recomputed.at(-1)!.logOffset);
    for (const [index, record] of recomputed.entries()) {
      const row = stored[index];
      const same =
        row && row.logOffset === record.logOffset && row.part === record.part && row.digest.equals(record.digest);
      if (!same)
        throw new Failure('history-differs', `the decision on log offset ${record.logOffset} is not the stored one`);
    }
  }
}
