import type { LogRecords } from '../../apps/allocator/src/checkpoints/log-records.ts';
import type { ProducedRecord, RecordProducer } from '#messaging';
import { Failure } from '#runtime';
import { call, type Wire } from './connection.ts';
import type { Incarnation } from './incarnation.ts';
import type { World } from './world.ts';

export type LogRecordOnTopic = { readonly bytes: Buffer; readonly appendedAtMs: number };
/** What an operator said who let a record pass. */
export type Release = { readonly person: string; readonly reason: string; readonly releasedAtMs: number };

/** The log, the topics of decisions and checkpoints, and the operator's word on stopped lines. */
export class SimulatedKafka {
  readonly log: LogRecordOnTopic[] = [];
  readonly decisions: ProducedRecord[] = [];
  readonly checkpoints: ProducedRecord[] = [];
  readonly releases = new Map<bigint, Release>();
  isUp = true;
  readonly #world: World;
  #waiting: (() => void)[] = [];

  constructor(world: World) {
    this.#world = world;
  }

  append(record: LogRecordOnTopic): void {
    this.log.push(record);
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** Resolves for a reader when the log may have grown, at the latest after `ms`. */
  grown(reader: Incarnation, ms: number): Promise<void> {
    return new Promise((resolve) => {
      let over = false;
      const wake = (): void => {
        if (over) return;
        over = true;
        reader.hear(resolve);
      };
      this.#waiting.push(wake);
      this.#world.time.after(ms, wake);
    });
  }

  /** A stopped line is let pass after a while, by somebody, for some reason; asking again changes nothing. */
  release(offset: bigint, reason: string): void {
    const { time, dice } = this.#world;
    time.after(500 + dice.share() * 8_000, () => {
      if (this.releases.has(offset)) return;
      this.releases.set(offset, {
        person: `operator ${dice.whole(1, 9)}`,
        reason,
        releasedAtMs: 1 + dice.whole(0, 1e12),
      });
    });
  }

  /** An idempotent producer of decisions or checkpoints, as one process reaches it. */
  async producerOf(caller: Incarnation, topic: 'decisions' | 'checkpoints'): Promise<RecordProducer> {
    await call(caller, this.#wire(), () => undefined);
    return {
      send: (records) => call(caller, this.#wire(), () => void this[topic].push(...records)),
      close: () => caller.pause(1),
    };
  }

  /** The log as a reader without a position takes it, a few records at a time. */
  async recordsOf(caller: Incarnation, from: bigint): Promise<LogRecords> {
    const { dice } = this.#world;
    let next = Number(from);
    await call(caller, this.#wire(), () => undefined);
    return {
      next: async () => {
        while (next >= this.log.length) await this.grown(caller, 500);
        const to = Math.min(this.log.length, next + dice.whole(1, 6));
        const records = this.log.slice(next, to).map(({ bytes }, at) => ({ offset: BigInt(next + at), value: bytes }));
        await call(caller, this.#wire(), () => undefined);
        next = to;
        return records;
      },
      close: () => caller.pause(1),
    };
  }

  #wire(): Wire {
    const { dice } = this.#world;
    return {
      lostRequest: 0.01,
      lostAnswer: 0.015,
      lateEffect: 0.015,
      serviceMs: () => 0.3 + dice.share() * 5,
      patienceMs: 12_000,
      isUp: () => this.isUp,
      failure: (message) => new Failure('broker-unavailable', message),
    };
  }
}
