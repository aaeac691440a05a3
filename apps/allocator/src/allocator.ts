import type { Allocation } from '#allocation';
import { Failure, invariant, type Logger } from '#runtime';
import { HistoryCheck } from './history-check.ts';
import { GroupCommit } from './group-commit.ts';
import { Bell, type Clock } from './clock.ts';
import type { AllocatorLimits } from './limits.ts';
import { PendingRows } from './pending-rows.ts';
import type { DeciderState, LogDecider, PlacedRecord, ReleasedRecord } from './record/log-decider.ts';
import { stepOf, type DecisionStore, type Position, type Step, type Stored } from './store/decision-store.ts';

/** One place of the log, as it is read. */
export type LogStep =
  | ({ readonly kind: 'record' } & PlacedRecord)
  | ({ readonly kind: 'released' } & ReleasedRecord)
  | { readonly kind: 'unreadable'; readonly offset: bigint; readonly failure: Error };

/** Where the reader is to stop until an operator decides, and why. */
export type Stop = { readonly offset: bigint; readonly failure: Error };

export type AllocatorParts = {
  readonly decider: LogDecider;
  readonly store: DecisionStore;
  readonly clock: Clock;
  readonly log: Logger;
  readonly limits: AllocatorLimits;
  /** Called between entries, from time to time, with the next offset and how to get at the state there. */
  readonly decided?: (nextOffset: bigint, state: () => DeciderState) => void;
  /** Called when the decisions of a step are stored, by this process as the leader. */
  readonly stored: (step: Step) => void;
  /** Called once when this process must not go on. */
  readonly fatal: (error: Error) => void;
};

/**
 * Decides the log in memory, on leader and followers alike, and knows what of it is stored. The leader stores the rest:
 * whatever was decided while the last commit was on its way goes into the next one.
 */
export class Allocator {
  readonly #parts: AllocatorParts;
  readonly #pending: PendingRows;
  readonly #history: HistoryCheck;
  readonly #settled: Bell;
  #stored: Position | undefined;
  #commit: GroupCommit | undefined;
  #broken: Error | undefined;

  constructor(parts: AllocatorParts) {
    this.#parts = parts;
    const { decider, store, limits } = parts;
    this.#pending = new PendingRows(decider.state.chain.head);
    this.#history = new HistoryCheck({
      decider,
      store,
      pending: this.#pending,
      rowsComparedMax: limits.rowsComparedMax,
    });
    this.#settled = new Bell(parts.clock);
  }

  /** The state, for queries. */
  get allocation(): Allocation {
    return this.#parts.decider.allocation;
  }

  /** The offset up to which (exclusive) everything is decided here: where the log is to be read from. */
  get nextOffset(): bigint {
    return this.#parts.decider.nextOffset;
  }

  /** The offset up to which (exclusive) decisions are known to be stored; undefined before the store was asked. */
  get storedOffset(): bigint | undefined {
    return this.#stored?.nextOffset;
  }

  get isLeading(): boolean {
    return this.#commit !== undefined;
  }

  get repeats(): number {
    return this.#parts.decider.repeats;
  }

  /** True once all that is stored was decided here again, the same. */
  isCaughtUp(): boolean {
    return this.#stored !== undefined && !this.#history.isOpen() && this.nextOffset >= this.#stored.nextOffset;
  }

  /**
   * Decides consecutive places of the log; those decided before are passed over.
   * @returns where to stop, when a place must not be decided
   */
  async take(places: Iterable<LogStep>): Promise<Stop | undefined> {
    let taken = 0;
    for (const place of places) {
      if (this.#broken) throw this.#broken;
      if (place.offset < this.nextOffset) continue;
      const stop = this.#decide(place);
      if (stop) {
        await this.#settle();
        return stop;
      }
      taken += 1;
      if (taken % this.#parts.limits.recordsPerTurn === 0) await this.#settle();
    }
    await this.#settle();
    return undefined;
  }

  /** Tells what is stored, as it was read from the store. */
  async noteStored(stored: Stored): Promise<void> {
    if (this.isLeading) return;
    this.#stored = stored;
    await this.#guarded(async () => this.#history.expect(stored));
    this.#settled.ring();
  }

  /** From now on this process stores what it decides, under an epoch it has claimed. */
  async lead(claimed: Stored): Promise<void> {
    invariant(!this.isLeading, 'the store is claimed once');
    this.#stored = claimed;
    await this.#guarded(async () => this.#history.expect(claimed));
    const { store, clock, log, stored, fatal } = this.#parts;
    this.#commit = new GroupCommit({
      store,
      clock,
      log,
      epoch: claimed.epoch,
      next: () => this.#nextStep(),
      stored: (step) => {
        this.#stored = step.to;
        this.#pending.drop(step.to.nextOffset);
        this.#settled.ring();
        stored(step);
      },
      fatal: (error) => {
        this.#break(error);
        fatal(error);
      },
    });
    this.#commit.kick();
  }

  /** Resolves when nothing decided is left to store, or storing has ended. */
  async drained(): Promise<void> {
    await this.#commit?.drained();
  }

  #decide(place: LogStep): Stop | undefined {
    const { decider, log } = this.#parts;
    if (place.kind === 'unreadable') return place;
    try {
      if (place.kind === 'released') {
        const { person, reason, offset } = place;
        log.warn({ event: 'record-released', offset: String(offset), person, reason });
        this.#pending.push(decider.release(place));
        return undefined;
      }
      const problem = decider.problemOf(place);
      if (problem !== undefined) return { offset: place.offset, failure: new Failure('message-impossible', problem) };
      this.#pending.push(decider.decide(place));
      return undefined;
    } catch (error) {
      // Half an entry may be decided: this state must not decide, answer or store anything more.
      this.#break(error as Error);
      this.#parts.fatal(error as Error);
      throw error;
    }
  }

  // Between turns: compares what was decided again, stores what is new, and waits when too much is not stored.
  async #settle(): Promise<void> {
    await this.#guarded(async () => this.#history.proceed());
    this.#commit?.kick();
    const { decider, clock, decided, limits } = this.#parts;
    decided?.(decider.nextOffset, () => decider.state);
    await clock.turn();
    while (this.#isWaitingForStore() && this.#pending.bytes > limits.pendingBytesMax) await this.#settled.wait(1_000);
  }

  // A follower, too: what it has decided ahead of a slow leader would be its first commit. Who still catches up does not
  // wait: what it decides is stored already.
  #isWaitingForStore(): boolean {
    return !this.#broken && (this.isLeading || this.isCaughtUp());
  }

  #nextStep(): Step | undefined {
    const { decider } = this.#parts;
    const from = this.#stored;
    if (!from || this.#broken || this.#history.isOpen() || decider.nextOffset <= from.nextOffset) return undefined;
    const to = { nextOffset: decider.nextOffset, lastNumber: decider.lastNumber };
    const rows = this.#pending.before(to.nextOffset);
    return stepOf(from.nextOffset, { ...to, chain: this.#pending.linkBefore(to.nextOffset) }, rows);
  }

  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof Failure && error.recovery === 'retry') throw error;
      this.#break(error as Error);
      this.#parts.fatal(error as Error);
      throw error;
    }
  }

  #break(error: Error): void {
    this.#broken ??= error;
    this.#commit?.stop();
  }
}
