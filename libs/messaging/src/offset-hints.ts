import type { Logger } from '#runtime';
import type { Consumer } from 'kafkajs';

type Offset = { readonly topic: string; readonly partition: number; readonly offset: string };

/** Tells Kafka how far partitions are, from time to time. It is a hint: what is read again is found in the inbox. */
export class OffsetHints {
  readonly #consumer: Consumer;
  readonly #everyMs: number;
  readonly #log: Logger;
  readonly #untold = new Map<string, Offset>();
  #toldAtMs = 0;

  constructor(consumer: Consumer, everyMs: number, log: Logger) {
    this.#consumer = consumer;
    this.#everyMs = everyMs;
    this.#log = log;
  }

  /** Forgets what was not told: it belongs to an arrangement of the group that is over. */
  forget(): void {
    this.#untold.clear();
  }

  settled(topic: string, partition: number, nextOffset: bigint): void {
    this.#untold.set(`${topic}/${partition}`, { topic, partition, offset: nextOffset.toString() });
    if (Date.now() - this.#toldAtMs >= this.#everyMs) void this.tell(() => true);
  }

  /** @param isCurrent whether the arrangement is still the one in which this was settled */
  async tell(isCurrent: () => boolean): Promise<void> {
    if (this.#untold.size === 0 || !isCurrent()) return;
    const offsets = [...this.#untold.values()];
    this.#untold.clear();
    this.#toldAtMs = Date.now();
    try {
      await this.#consumer.commitOffsets(offsets);
    } catch (error) {
      this.#log.debug({ event: 'offset-not-committed', err: error });
      for (const offset of offsets) {
        const name = `${offset.topic}/${offset.partition}`;
        if (isCurrent() && !this.#untold.has(name)) this.#untold.set(name, offset);
      }
    }
  }
}
