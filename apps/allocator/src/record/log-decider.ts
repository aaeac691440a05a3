import { decide, openAllocation, type Allocation, type Decision } from '#allocation';
import { invariant } from '#runtime';
import { clockProblem, type ClockTolerance } from './clock-guard.ts';
import { encodeRelease, type DecidedRow } from './decided-row.ts';
import { DecisionsEncoder } from './decisions-encoder.ts';
import { emptyChain, HashChain, type ChainState } from './hash-chain.ts';
import { entryProblem } from './entry-problem.ts';
import { headerText, type HeaderValue } from './header-text.ts';
import { toLogEntry, type LogRecord } from './translation.ts';

/** One place of the log. */
export type LogPlace = {
  readonly offset: bigint;
  readonly appendedAtMs: number;
  /** The framed bytes as they lie on the topic. */
  readonly bytes: Buffer | null;
  readonly headers: Readonly<Record<string, HeaderValue>>;
};
export type PlacedRecord = LogRecord & LogPlace;
export type ReleasedRecord = LogPlace & {
  readonly person: string;
  readonly reason: string;
  readonly releasedAtMs: number;
};

/** What deciding depends on, between two log records. */
export type DeciderState = {
  readonly allocation: Allocation;
  /** The next offset to decide. */
  readonly nextOffset: bigint;
  /** Number of the newest entry decided; the same or a lower one is a repeat. */
  readonly lastNumber: bigint;
  /** Append time of the newest record; undefined before the first. */
  readonly appendedAtMs: number | undefined;
  readonly chain: ChainState;
};

export type DeciderOptions = { readonly perRecordMax: number; readonly clock: ClockTolerance };

/** The state before the first record of the log. */
export const startOfLog = (): DeciderState => ({
  allocation: openAllocation(),
  nextOffset: 0n,
  lastNumber: 0n,
  appendedAtMs: undefined,
  chain: emptyChain(),
});

/**
 * The log in, rows of decisions out: in offset order, with nothing left out and nothing but the log looked at. The same
 * log gives the same rows, byte for byte, wherever it is decided.
 */
export class LogDecider {
  readonly #options: DeciderOptions;
  readonly #allocation: Allocation;
  readonly #chain: HashChain;
  readonly #encoder = new DecisionsEncoder();
  #nextOffset: bigint;
  #lastNumber: bigint;
  #appendedAtMs: number | undefined;
  #repeats = 0;

  constructor(options: DeciderOptions, from: DeciderState = startOfLog()) {
    this.#options = options;
    this.#allocation = from.allocation;
    this.#chain = new HashChain(from.chain);
    this.#nextOffset = from.nextOffset;
    this.#lastNumber = from.lastNumber;
    this.#appendedAtMs = from.appendedAtMs;
  }

  /** The queues, for reading. */
  get allocation(): Allocation {
    return this.#allocation;
  }

  get nextOffset(): bigint {
    return this.#nextOffset;
  }

  get lastNumber(): bigint {
    return this.#lastNumber;
  }

  /** Records dropped since the start because their number had been seen. */
  get repeats(): number {
    return this.#repeats;
  }

  get state(): DeciderState {
    return {
      allocation: this.#allocation,
      nextOffset: this.#nextOffset,
      lastNumber: this.#lastNumber,
      appendedAtMs: this.#appendedAtMs,
      chain: this.#chain.state,
    };
  }

  /** Why the next record must not be decided, in words; undefined when it may be. */
  problemOf(record: PlacedRecord): string | undefined {
    const times = { atMs: record.value.atMs, appendedAtMs: record.appendedAtMs };
    return entryProblem(record) ?? clockProblem(times, this.#appendedAtMs, this.#options.clock);
  }

  /** Decides the next record; a repeat of what was decided before decides nothing. */
  decide(record: PlacedRecord): readonly DecidedRow[] {
    this.#advance(record);
    const { number } = record.value;
    if (number <= this.#lastNumber) {
      this.#repeats += 1;
      return [];
    }
    this.#lastNumber = number;
    const decisions = decide(this.#allocation, toLogEntry(record), Number(record.offset));
    const last = decisions.at(-1);
    if (!last) return [];
    return this.#rows(record, decisions, last.atMs);
  }

  /** Passes over the next record, which an operator let go. */
  release(record: ReleasedRecord): readonly DecidedRow[] {
    this.#advance(record);
    const { person, reason, releasedAtMs: atMs } = record;
    const value = encodeRelease(record.offset, { atMs, person, reason }, this.#allocation.policy.edition);
    return [this.#row(record, 0, value, atMs)];
  }

  #rows(record: PlacedRecord, decisions: readonly Decision[], atMs: number): readonly DecidedRow[] {
    const { perRecordMax } = this.#options;
    const parts = Math.ceil(decisions.length / perRecordMax);
    const { edition } = this.#allocation.policy;
    const rows: DecidedRow[] = [];
    for (let part = 0; part < parts; part += 1) {
      const frame = { logOffset: record.offset, part, parts, edition };
      const from = part * perRecordMax;
      const value = this.#encoder.encode(frame, decisions, from, Math.min(from + perRecordMax, decisions.length));
      rows.push(this.#row(record, part, value, atMs));
    }
    return rows;
  }

  #advance({ offset, appendedAtMs, bytes }: LogPlace): void {
    invariant(offset === this.#nextOffset, 'the log is decided in offset order, with nothing left out');
    this.#nextOffset = offset + 1n;
    this.#appendedAtMs = appendedAtMs;
    this.#chain.addRecord(bytes);
  }

  #row({ offset, headers }: LogPlace, part: number, value: Buffer, atMs: number): DecidedRow {
    return {
      logOffset: offset,
      part,
      atMs,
      value,
      chain: this.#chain.addDecisions(value),
      correlation: headerText(headers['kezek-correlation']),
      traceparent: headerText(headers['traceparent']),
    };
  }
}
