import { InvariantBroken, type Logger } from '#runtime';
import { setTimeout as sleep } from 'node:timers/promises';

export interface DueWorkParts<Item> {
  readonly name: string;
  /** Items handled at once. */
  readonly atOnceMax: number;
  readonly idlePollMs: number;
  /** Takes up to `count` due items and leases them to this worker. */
  readonly take: (count: number) => Promise<readonly Item[]>;
  /** Lengthens the lease of what is under way, so that a long exchange is not taken by another worker. */
  readonly renew: (items: readonly Item[]) => Promise<void>;
  readonly renewEveryMs: number;
  /** Handles one item to its end or to its next attempt; what it throws was not foreseen. */
  readonly work: (item: Item) => Promise<void>;
  readonly logger: Logger;
}

/** A worker over rows that become due. */
export interface DueWorker {
  /** When it last asked for rows and got an answer, ms. */
  lastPollMs(): number;
  /** Takes nothing more and waits for what is under way. */
  stop(): Promise<void>;
}

/**
 * Takes due rows and works on several at once. An item that fails unforeseen keeps its lease and comes back when that
 * ends; a database that is away is asked again. A broken invariant is thrown to the process.
 */
export function startDueWorker<Item>(parts: DueWorkParts<Item>): DueWorker {
  const { name, atOnceMax, idlePollMs, take, work, renew, renewEveryMs, logger } = parts;
  const underWay = new Map<Item, Promise<void>>();
  let stopped = false;
  let lastPollMs = Date.now();

  const start = (item: Item): void => {
    const run = work(item)
      .catch((error: unknown) => {
        if (error instanceof InvariantBroken) throw error;
        logger.error({ event: 'due-work-failed', worker: name, err: error });
      })
      .finally(() => underWay.delete(item));
    underWay.set(item, run);
  };

  const renewing = setInterval(() => {
    if (underWay.size === 0) return;
    renew([...underWay.keys()]).catch((error: unknown) => {
      logger.warn({ event: 'lease-not-renewed', worker: name, err: error });
    });
  }, renewEveryMs);

  const loop = async (): Promise<void> => {
    while (!stopped) {
      if (underWay.size >= atOnceMax) {
        await Promise.race(underWay.values());
        continue;
      }
      let taken: readonly Item[] = [];
      try {
        taken = await take(atOnceMax - underWay.size);
        lastPollMs = Date.now();
      } catch (error) {
        logger.warn({ event: 'due-work-not-taken', worker: name, err: error });
        await sleep(idlePollMs * 10);
      }
      for (const item of taken) start(item);
      if (taken.length === 0) await sleep(idlePollMs);
    }
  };
  const running = loop();

  return {
    lastPollMs: () => lastPollMs,
    async stop() {
      stopped = true;
      await running;
      await Promise.allSettled(underWay.values());
      clearInterval(renewing);
    },
  };
}
