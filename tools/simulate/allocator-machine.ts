import { readPrivateKey } from '#audit';
import { decode, topics } from '#contracts';
import type { Batch, Line, LogItem } from '#messaging';
import { Failure } from '#runtime';
import { pino } from 'pino';
import { assembleAllocator, type AssembledAllocator } from '../../apps/allocator/src/assemble.ts';
import { Checkpointer } from '../../apps/allocator/src/checkpoints/checkpointer.ts';
import type { Role } from '../../apps/allocator/src/leadership.ts';
import type { AllocatorLimits } from '../../apps/allocator/src/limits.ts';
import { DecisionRelay } from '../../apps/allocator/src/relay/decision-relay.ts';
import { checkpointKeyText } from './checkpoint-key.ts';
import { Incarnation } from './incarnation.ts';
import { SimulatedDisk } from './simulated-disk.ts';
import type { SimulatedKafka } from './simulated-kafka.ts';
import type { SimulatedPostgres } from './simulated-postgres.ts';
import type { World } from './world.ts';

/** Small, so that a short log meets every limit. */
export const simulatedLimits: AllocatorLimits = {
  decisionsPerRecordMax: 7,
  recordsPerTurn: 3,
  pendingBytesMax: 4_000,
  rowsComparedMax: 10,
  snapshotEveryEntries: 15,
  relayRowsMax: 4,
  relaySendBytesMax: 1_500,
  relayHandedBytesMax: 3_000,
};

/** Decisions from one checkpoint to the next. */
export const checkpointEveryDecisions = 11;
const checkpointKey = readPrivateKey(checkpointKeyText);

const log = pino({ level: process.env['SIMULATION_LOG'] ?? 'silent' });

export type Surroundings = {
  readonly world: World;
  readonly kafka: SimulatedKafka;
  readonly postgres: SimulatedPostgres;
};

/** One machine on which the allocator runs, dies, and is started again: the shipped service between simulated stores. */
export class AllocatorMachine {
  readonly #around: Surroundings;
  readonly #role: Role;
  readonly #disk = new SimulatedDisk();
  /** Why lives ended by themselves. */
  readonly exits: string[] = [];
  #life: Incarnation;
  #service: AssembledAllocator | undefined;
  #relay: DecisionRelay | undefined;
  #checkpointer: Checkpointer | undefined;
  #rearranged = false;
  #leaving = false;

  constructor(around: Surroundings, role: Role) {
    this.#around = around;
    this.#role = role;
    this.#life = new Incarnation(around.world);
    this.#life.kill();
  }

  get life(): Incarnation {
    return this.#life;
  }

  get isLeading(): boolean {
    return !this.#life.isDead && (this.#service?.allocator.isLeading ?? false);
  }

  start(): void {
    const life = new Incarnation(this.#around.world);
    this.#life = life;
    this.#service = undefined;
    this.#relay = undefined;
    this.#checkpointer = undefined;
    this.#leaving = false;
    this.#run(life).catch((error: unknown) => this.#end(life, error as Error));
  }

  kill(): void {
    this.#life.kill();
  }

  /** SIGTERM: as main.ts does it. */
  async leave(): Promise<void> {
    const life = this.#life;
    const service = this.#service;
    this.#leaving = true;
    try {
      await service?.leadership.stop();
      await Promise.all([this.#relay?.stop(), this.#checkpointer?.stop()]);
      await service?.snapshots?.done();
    } catch (error) {
      log.warn({ event: 'left-untidily', err: error });
    }
    life.kill();
  }

  /** Kafka arranges the group anew: the place is asked again. */
  rearrange(): void {
    this.#rearranged = true;
  }

  #end(life: Incarnation, error: Error): void {
    if (life.isDead) return;
    const reason = error instanceof Failure ? error.code : `bug: ${error.stack ?? error.message}`;
    life.end(reason);
    this.exits.push(reason === 'history-differs' ? `${reason}: ${error.message}` : reason);
  }

  async #run(life: Incarnation): Promise<void> {
    const { kafka, postgres, world } = this.#around;
    await life.pause(world.dice.share() * 300);
    const fatal = (error: Error): void => this.#end(life, error);
    this.#service = await assembleAllocator({
      store: postgres.storeOf(life),
      clock: life.clock,
      log,
      limits: simulatedLimits,
      role: this.#role,
      guardsClock: true,
      snapshots: this.#disk.storeOf(life),
      startRelay: (epoch) => {
        const relay = new DecisionRelay({
          rows: postgres.rowsOf(life),
          producer: () => kafka.producerOf(life, 'decisions'),
          clock: life.clock,
          log,
          limits: simulatedLimits,
          epoch,
          report: () => undefined,
          fatal,
        });
        this.#relay = relay;
        relay.start();
        this.#checkpointer = this.#checkpointerOf(life, epoch, fatal);
        this.#checkpointer.start();
        return relay;
      },
      fatal,
    });
    this.#service.leadership.start();
    await this.#read(life, this.#service);
  }

  #checkpointerOf(life: Incarnation, epoch: bigint, fatal: (error: Error) => void): Checkpointer {
    const { kafka, postgres } = this.#around;
    return new Checkpointer({
      store: postgres.checkpointsOf(life),
      openLog: (from) => kafka.recordsOf(life, from),
      producer: () => kafka.producerOf(life, 'checkpoints'),
      key: checkpointKey,
      everyDecisions: checkpointEveryDecisions,
      clock: life.clock,
      log,
      epoch,
      report: () => undefined,
      fatal,
    });
  }

  /** What the runtime does: batches from the position on, one after another, each once it was taken. */
  async #read(life: Incarnation, { reader, allocator }: AssembledAllocator): Promise<void> {
    const { kafka, world } = this.#around;
    const { dice } = world;
    await life.pause(dice.share() * 200);
    let position = allocator.nextOffset;
    while (!this.#leaving) {
      if (this.#rearranged || world.strikes('redelivery', 0.02)) {
        this.#rearranged = false;
        await life.pause(dice.share() * 300);
        const asked = allocator.nextOffset;
        position = asked - BigInt(Math.min(Number(asked), dice.whole(0, 4)));
      }
      if (Number(position) >= kafka.log.length || !kafka.isUp) {
        await kafka.grown(life, 500);
        continue;
      }
      await life.pause(1 + dice.share() * 10);
      const to = Math.min(kafka.log.length, Number(position) + dice.whole(1, 12));
      let stopped: bigint | undefined;
      const line: Line = {
        commit: () => undefined,
        isOurs: () => true,
        stop: async (offset, failure) => {
          await life.pause(2);
          stopped = offset;
          kafka.release(offset, failure.message);
        },
      };
      try {
        await reader.read(batchOf(kafka, Number(position), to), line);
        if (stopped === undefined) position = BigInt(to);
      } catch (error) {
        log.warn({ event: 'batch-failed', err: error });
        await life.pause(200);
        position = allocator.nextOffset;
      }
      while (stopped !== undefined && !kafka.releases.has(stopped)) await life.pause(300);
      if (stopped !== undefined) position = allocator.nextOffset;
    }
  }
}

const logTopic = topics['kezek.allocation.log'];

function batchOf(kafka: SimulatedKafka, from: number, to: number): Batch {
  return {
    topic: logTopic.name,
    partition: 0,
    length: to - from,
    firstOffset: BigInt(from),
    nextOffset: BigInt(to),
    endOffset: BigInt(kafka.log.length),
    *[Symbol.iterator]() {
      for (let offset = from; offset < to; offset += 1) yield itemOf(kafka, BigInt(offset));
    },
  };
}

function itemOf(kafka: SimulatedKafka, offset: bigint): LogItem {
  const { bytes, appendedAtMs } = kafka.log[Number(offset)]!;
  const place = { offset, key: null, appendedAtMs, bytes, headers: {} };
  const release = kafka.releases.get(offset);
  if (release) return { ...place, kind: 'released', ...release };
  try {
    return { ...place, ...decode(bytes, logTopic.messages), kind: 'record' } as unknown as LogItem;
  } catch (error) {
    return { ...place, kind: 'unreadable', failure: error as Failure };
  }
}
