import type { Logger } from './logger.ts';

/**
 * Runs `close` once on SIGTERM or SIGINT, then exits; a close that hangs is cut off at the deadline with status 1.
 * Anything nobody caught is a bug: it is logged and the process stops with status 70.
 */
export function stopOnSignals(
  close: () => Promise<void>,
  { deadlineMs, logger }: { deadlineMs: number; logger: Logger },
): void {
  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    logger.info({ event: 'stopping', signal });
    setTimeout(() => {
      logger.error({ event: 'stop-overdue', deadlineMs });
      process.exit(1);
    }, deadlineMs).unref();
    close().then(
      () => {
        logger.info({ event: 'stopped' });
        process.exit(0);
      },
      (error: unknown) => {
        logger.error({ event: 'stop-failed', err: error });
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
  const bug = (error: unknown): void => {
    logger.fatal({ event: 'bug', err: error });
    process.exit(70);
  };
  process.on('uncaughtException', bug);
  process.on('unhandledRejection', bug);
}
