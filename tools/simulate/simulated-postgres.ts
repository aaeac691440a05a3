import type { CheckpointState } from '../../apps/allocator/src/checkpoints/checkpoint-maker.ts';
import type { CheckpointStore } from '../../apps/allocator/src/checkpoints/checkpoint-store.ts';
import { Failure } from '#runtime';
import type { DecidedRow } from '../../apps/allocator/src/record/decided-row.ts';
import type { DecisionRows, RowPlace } from '../../apps/allocator/src/relay/decision-rows.ts';
import type { DecisionStore, Step, Stored } from '../../apps/allocator/src/store/decision-store.ts';
import { call, type Wire } from './connection.ts';
import type { Incarnation } from './incarnation.ts';
import type { World } from './world.ts';

/** A transaction that took place. */
export type Committed = { readonly epoch: bigint; readonly from: bigint; readonly to: bigint; readonly atMs: number };

const isAfter = (row: RowPlace, place: RowPlace): boolean =>
  row.logOffset > place.logOffset || (row.logOffset === place.logOffset && row.part > place.part);

/** The allocator's tables, in one process, doing what the contract suite of the decision store demands of Postgres. */
export class SimulatedPostgres {
  readonly rows: DecidedRow[] = [];
  readonly commits: Committed[] = [];
  isUp = true;
  diskFull = false;
  readonly #world: World;
  #position = { epoch: 0n, nextOffset: 0n, lastNumber: 0n, chain: Buffer.alloc(32) as Buffer };
  #renewedAtMs = Number.NEGATIVE_INFINITY;
  /** Checkpoints that are kept, and what is made of them. */
  readonly checkpoints: (CheckpointState & { readonly value: Buffer })[] = [];
  #checkpointing = { epoch: 0n, published: 0n };
  #relay = { epoch: 0n, logOffset: -1n, part: 0 };

  constructor(world: World) {
    this.#world = world;
  }

  get epoch(): bigint {
    return this.#position.epoch;
  }

  get nextOffset(): bigint {
    return this.#position.nextOffset;
  }

  /** The decision store as one process reaches it. */
  storeOf(caller: Incarnation): DecisionStore {
    const ask = <T>(effect: () => T): Promise<T> => call(caller, this.#wire(false), effect);
    return {
      read: () => ask(() => this.#stored()),
      claim: (epoch, silentMsMin) =>
        ask(() => {
          if (this.#position.epoch !== epoch || this.#silentMs() < silentMsMin) return undefined;
          this.#position = { ...this.#position, epoch: epoch + 1n };
          this.#renewedAtMs = this.#world.time.nowMs;
          return this.#stored();
        }),
      renew: (epoch) => ask(() => this.#renew(epoch, this.#world.time.nowMs)),
      resign: (epoch) => ask(() => void this.#renew(epoch, Number.NEGATIVE_INFINITY)),
      commit: (epoch, step) => call(caller, this.#wire(true), () => this.#commit(epoch, step)),
      links: (from, to) => ask(() => this.rows.filter(({ logOffset }) => logOffset >= from && logOffset <= to)),
    };
  }

  /** The stored rows as the relay of one process reaches them. */
  rowsOf(caller: Incarnation): DecisionRows {
    const ask = <T>(effect: () => T): Promise<T> => call(caller, this.#wire(false), effect);
    return {
      begin: (epoch) =>
        ask(() => {
          if (this.#relay.epoch > epoch) throw new Failure('allocator-fenced', 'a later epoch publishes');
          this.#relay = { ...this.#relay, epoch };
          return { logOffset: this.#relay.logOffset, part: this.#relay.part };
        }),
      after: (place, limit) => ask(() => this.rows.filter((row) => isAfter(row, place)).slice(0, limit)),
      published: (epoch, { logOffset, part }) =>
        ask(() => {
          if (this.#relay.epoch !== epoch) throw new Failure('allocator-fenced', 'another relay publishes');
          if (isAfter({ logOffset, part }, this.#relay)) this.#relay = { epoch, logOffset, part };
        }),
    };
  }

  /** Checkpoints as the leader of one process keeps them. */
  checkpointsOf(caller: Incarnation): CheckpointStore {
    const ask = <T>(effect: () => T): Promise<T> => call(caller, this.#wire(false), effect);
    const owned = (epoch: bigint): void => {
      if (this.#checkpointing.epoch !== epoch) throw new Failure('allocator-fenced', 'another makes checkpoints');
    };
    return {
      begin: (epoch) =>
        ask(() => {
          if (this.#checkpointing.epoch > epoch) throw new Failure('allocator-fenced', 'a later epoch makes them');
          this.#checkpointing = { ...this.#checkpointing, epoch };
          return this.checkpoints.at(-1);
        }),
      rowsAfter: (place, limit) =>
        ask(() => this.rows.filter((row) => isAfter(row, place) && !isAfter(row, this.#relay)).slice(0, limit)),
      add: (epoch, state, value) =>
        ask(() => {
          owned(epoch);
          const next = BigInt(this.checkpoints.length) + 1n;
          if (state.number < next) throw new Failure('store-unavailable', `checkpoint ${state.number} is there`);
          if (state.number > next) throw new Failure('allocator-fenced', `checkpoint ${next} is the next one`);
          this.checkpoints.push({ ...state, value });
        }),
      unpublished: (limit) =>
        ask(() => this.checkpoints.filter(({ number }) => number > this.#checkpointing.published).slice(0, limit)),
      published: (epoch, published) =>
        ask(() => {
          owned(epoch);
          if (published > this.#checkpointing.published) this.#checkpointing = { epoch, published };
        }),
    };
  }

  #commit(epoch: bigint, { from, to, rows }: Step): void {
    if (this.#position.epoch !== epoch || this.#position.nextOffset !== from) {
      throw new Failure('allocator-fenced', `epoch ${epoch} does not own the position, or it is not at ${from}`);
    }
    if (this.diskFull && rows.length > 0) throw new Failure('store-unavailable', 'no space left on device');
    this.#position = { epoch, ...to };
    this.#renewedAtMs = this.#world.time.nowMs;
    this.rows.push(...rows);
    this.commits.push({ epoch, from, to: to.nextOffset, atMs: this.#world.time.nowMs });
  }

  #renew(epoch: bigint, atMs: number): boolean {
    if (this.#position.epoch !== epoch) return false;
    this.#renewedAtMs = atMs;
    return true;
  }

  #stored(): Stored {
    return { ...this.#position, silentMs: this.#silentMs() };
  }

  #silentMs(): number {
    return this.#world.time.nowMs - this.#renewedAtMs;
  }

  #wire(commits: boolean): Wire {
    const { dice } = this.#world;
    const chance = commits ? 0.04 : 0.004;
    return {
      lostRequest: chance,
      lostAnswer: chance,
      lateEffect: chance,
      serviceMs: () =>
        commits && this.#world.strikes('slow-commit', 0.03) ? 100 + dice.share() * 14_000 : 0.2 + dice.share() * 3,
      patienceMs: 10_000,
      isUp: () => this.isUp,
      failure: (message) => new Failure('store-unavailable', message),
    };
  }
}
