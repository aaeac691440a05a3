import { decide, openAllocation, type Allocation, type LogEntry } from '#allocation';
import { encode, topics } from '#contracts';
import { platformaticProducer, type ProducedRecord, type RecordProducer } from '#messaging';
import { Failure } from '#runtime';
import { testLog } from '#testing';
import { toLogRecord } from '../../apps/allocator/src/record/translation.ts';
import { nationalMix, type NationalMix } from '../bench/national-mix.ts';
import type { Dice } from './dice.ts';

const topic = topics['kezek.allocation.log'].name;
const preloadAtOnce = 500;
const togetherMax = 6;
const waitMsMax = 60;
const repeatsOneIn = 60;
const garbageOneIn = 500;
const againMs = 300;
const repeatedMax = 5;

/**
 * The writer of the log: entries of one country, numbered without gaps, in order. What may not have been written is
 * written again, as a relay does, so that the log has repeats; and now and then comes what nobody can read.
 */
export class AllocatorLoad {
  readonly #brokers: readonly string[];
  readonly #dice: Dice;
  readonly #mix: NationalMix;
  readonly #state: Allocation = openAllocation();
  #producer: RecordProducer | undefined;
  #last: readonly ProducedRecord[] = [];
  #number = 0;
  #stopping = false;
  #running: Promise<void> = Promise.resolve();

  constructor(brokers: readonly string[], plan: { readonly applications: number; readonly dice: Dice }) {
    this.#brokers = brokers;
    this.#dice = plan.dice;
    this.#mix = nationalMix(plan.applications, plan.dice.upTo(1_000_000));
  }

  /** Number of the newest entry that is certainly on the topic. */
  get written(): number {
    return this.#number;
  }

  /** Puts the preload on the topic, whose stores are well. */
  async preload(): Promise<void> {
    const records: ProducedRecord[] = [];
    for (const entry of this.#mix.preload()) {
      records.push(this.#recordOf(entry));
      if (records.length === preloadAtOnce) await this.#append(records.splice(0));
    }
    if (records.length > 0) await this.#append(records);
  }

  start(): void {
    this.#running = this.#write();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#running;
    await this.#producer?.close().catch(() => undefined);
  }

  async #write(): Promise<void> {
    const dice = this.#dice;
    while (!this.#stopping) {
      const count = 1 + dice.upTo(togetherMax);
      const records = Array.from({ length: count }, () => this.#recordOf(this.#mix.next()));
      await this.#append(records);
      if (dice.one(repeatsOneIn)) await this.#append(this.#last.slice(-repeatedMax));
      if (dice.one(garbageOneIn)) await this.#append([{ key: null, value: Buffer.from('not agreed'), headers: {} }]);
      this.#last = records;
      await new Promise((resolve) => setTimeout(resolve, dice.upTo(waitMsMax)));
    }
  }

  #recordOf(entry: LogEntry): ProducedRecord {
    this.#number += 1;
    const { name, value } = toLogRecord(entry, BigInt(this.#number));
    this.#mix.learn(decide(this.#state, entry, this.#number));
    return { key: null, value: encode(name, value), headers: { ce_id: `entry-${this.#number}` } };
  }

  /** Until it has succeeded: the broker may be away for as long as the faults please. */
  async #append(records: readonly ProducedRecord[]): Promise<void> {
    for (;;) {
      try {
        this.#producer ??= await platformaticProducer({
          brokers: this.#brokers,
          clientId: 'chaos-load',
          topic,
          log: testLog('load'),
        });
        return await this.#producer.send(records);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        await this.#producer?.close().catch(() => undefined);
        this.#producer = undefined;
        await new Promise((resolve) => setTimeout(resolve, againMs));
      }
    }
  }
}
