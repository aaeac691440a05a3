import type { Logger } from '#runtime';
import type { Consumer } from 'kafkajs';

/** Partitions that are not fetched until something says they may be. */
export class PartitionPauses {
  readonly #consumer: Consumer;
  readonly #log: Logger;
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(consumer: Consumer, log: Logger) {
    this.#consumer = consumer;
    this.#log = log;
  }

  /** Pauses a partition and asks every `everyMs` whether it may go on, for as long as it is ours. */
  until(
    ready: () => Promise<boolean> | boolean,
    { topic, partition, everyMs }: { topic: string; partition: number; everyMs: number },
    isOurs: () => boolean,
  ): void {
    if (!isOurs()) return;
    this.#consumer.pause([{ topic, partitions: [partition] }]);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void this.#ask(ready, topic, partition).then((isReady) => {
        if (!isOurs()) return;
        if (isReady) this.#consumer.resume([{ topic, partitions: [partition] }]);
        else this.until(ready, { topic, partition, everyMs }, isOurs);
      });
    }, everyMs);
    this.#timers.add(timer);
  }

  /** Ends all pauses: after a new arrangement everything that is ours is looked at again. */
  clear(): void {
    this.stop();
    const paused = this.#consumer.paused();
    if (paused.length > 0) this.#consumer.resume(paused);
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  async #ask(ready: () => Promise<boolean> | boolean, topic: string, partition: number): Promise<boolean> {
    try {
      return await ready();
    } catch (error) {
      this.#log.warn({ event: 'pause-unclear', topic, partition, err: error });
      return false;
    }
  }
}
