import { join } from 'node:path';
import { AllocatorProcess } from './allocator-process.ts';
import type { BenchStores } from './allocator-stores.ts';
import { processorTimeBetween, processorTimes, type ProcessorTimes } from './processor-time.ts';

const unstoredScript = join(import.meta.dirname, 'allocator-unstored.ts');
/** Entries before the clock starts, as a share: the code is cold. */
const warmUpShare = 0.2;
/** Asking costs the deciding thread about two milliseconds. */
const askEveryMs = 200;
const askEveryAtEndMs = 20;
/** Texts in the command lines of the stores. */
const stores = { postgres: 'listen_addresses=127.0.0.1', broker: 'kafka.Kafka' };

/** One pass over the mix, from the snapshot on. */
export type Pass = {
  /** From the moment a fifth of the mix was decided to the moment all of it was on Kafka. */
  readonly entriesPerSecond: number;
  /** Microseconds of processor time an entry took in that time, by thread and store; empty where it cannot be asked. */
  readonly microsPerEntry: ProcessorTimes;
};

/** The shipped service, end to end: Kafka, Avro, deciding, Postgres, Kafka. */
export const completePass = (bench: BenchStores): Promise<Pass> => pass(bench, undefined);

/** The same without Postgres. */
export const unstoredPass = (bench: BenchStores): Promise<Pass> => pass(bench, unstoredScript);

async function pass(bench: BenchStores, script: string | undefined): Promise<Pass> {
  const { firstOffset, endOffset, lastDecidingOffset } = bench.log;
  await bench.rewind();
  const allocator = new AllocatorProcess({ ...bench, script });
  try {
    await allocator.listening();
    const times = (): ProcessorTimes => processorTimes(allocator.pid, stores);
    const warmOffset = firstOffset + Math.round((endOffset - firstOffset) * warmUpShare);
    let progress = await allocator.progress();
    while (progress.decided < warmOffset) {
      await pause(askEveryMs);
      progress = await allocator.progress();
    }
    const startedMs = performance.now();
    const before = times();
    const from = progress.decided;
    while (progress.published < lastDecidingOffset) {
      await pause(progress.decided < endOffset ? askEveryMs : askEveryAtEndMs);
      progress = await allocator.progress();
    }
    const entries = endOffset - from;
    const passed = processorTimeBetween(before, times());
    return {
      entriesPerSecond: (entries / (performance.now() - startedMs)) * 1_000,
      microsPerEntry: Object.fromEntries(
        Object.entries(passed).map(([name, seconds]) => [name, (seconds * 1e6) / entries]),
      ),
    };
  } finally {
    await allocator.stop();
  }
}

/**
 * A start of the shipped service on a store that has all of the mix: it loads the snapshot, decides the mix again and
 * compares it with what is stored. @returns seconds until it says it is ready, and the process
 */
export async function restart(
  bench: BenchStores,
): Promise<{ readonly seconds: number; readonly allocator: AllocatorProcess }> {
  const startedMs = performance.now();
  const allocator = new AllocatorProcess({ ...bench, script: undefined });
  await allocator.ready();
  return { seconds: (performance.now() - startedMs) / 1_000, allocator };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
