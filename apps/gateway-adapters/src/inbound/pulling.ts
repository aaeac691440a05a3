import { setTimeout as sleep } from 'node:timers/promises';
import { InvariantBroken, type Logger } from '#runtime';
import type { DueWorker } from '../due-work/due-worker.ts';
import { retryDelayMs } from '../due-work/retry-delay.ts';
import { SourceProblem } from '../failures.ts';
import { pullEveryMs } from '../limits.ts';
import type { Pulled } from './pull-messages.ts';

export interface PullingParts {
  readonly serviceId: string;
  readonly pull: () => Promise<Pulled>;
  readonly onPulled: (serviceId: string, pulled: Pulled) => void;
  readonly onProblem: (place: string, problem: SourceProblem) => void;
  readonly logger: Logger;
  /** 0 … 1, for jitter. */
  readonly chance: () => number;
}

/** Pulls one service again and again: at once while there is something, seldom when there is nothing, ever later while it fails. */
export function startPulling(parts: PullingParts): DueWorker {
  const { serviceId, pull, onPulled, onProblem, logger, chance } = parts;
  const waiting = new AbortController();
  let lastPollMs = Date.now();
  let failures = 0;

  const once = async (): Promise<number> => {
    try {
      const pulled = await pull();
      failures = 0;
      onPulled(serviceId, pulled);
      return pulled.accepted + pulled.refused > 0 ? 0 : pullEveryMs;
    } catch (error) {
      if (error instanceof InvariantBroken) throw error;
      failures += 1;
      if (error instanceof SourceProblem) onProblem(`pull ${serviceId}`, error);
      else logger.error({ event: 'pull-failed', serviceId, err: error });
      return retryDelayMs(failures, chance());
    } finally {
      lastPollMs = Date.now();
    }
  };
  const loop = async (): Promise<void> => {
    while (!waiting.signal.aborted) {
      const waitMs = await once();
      // It is woken only to end.
      await sleep(waitMs, undefined, { signal: waiting.signal }).catch(() => undefined);
      lastPollMs = Date.now();
    }
  };
  const running = loop();
  return {
    lastPollMs: () => (failures === 0 ? lastPollMs : Date.now()),
    async stop() {
      waiting.abort();
      await running;
    },
  };
}
