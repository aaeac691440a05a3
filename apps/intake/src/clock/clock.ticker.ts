import type { Logger } from '#runtime';

/**
 * Calls `tick` again and again, `everyMs` after the last call ended; a tick that fails is logged and tried again.
 * @returns a function that stops it and waits for the tick under way
 */
export function startTicker(tick: () => Promise<void>, everyMs: number, logger: Logger): () => Promise<void> {
  let stopped = false;
  let wake = (): void => undefined;
  const run = (async () => {
    while (!stopped) {
      try {
        await tick();
      } catch (error) {
        logger.warn({ event: 'tick-failed', err: error });
      }
      if (stopped) break;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, everyMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  })();
  return async () => {
    stopped = true;
    wake();
    await run;
  };
}
