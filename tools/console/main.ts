import { z } from 'zod';
import { openLogger, readEnvironment } from '#runtime';
import { readBrokerState } from './broker-state.ts';
import { consoleServer } from './server.ts';

/** Shows operators what the broker holds and how far everybody has read. It can change nothing, so it guards nothing. */
const settings = readEnvironment(
  z.object({
    KAFKA_BROKERS: z
      .string()
      .min(1)
      .transform((list) => list.split(',')),
    HTTP_HOST: z.string().default('127.0.0.1'),
    HTTP_PORT: z.coerce.number().int().min(0).max(65_535).default(8090),
    REFRESH_SECONDS: z.coerce.number().int().min(2).max(3_600).default(10),
    LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error']).default('info'),
  }),
  process.env,
);
const log = openLogger('console', settings.LOG_LEVEL);
const server = consoleServer({
  read: () => readBrokerState({ brokers: settings.KAFKA_BROKERS, log }, Date.now()),
  refreshSeconds: settings.REFRESH_SECONDS,
  onProblem: (error) => log.warn({ event: 'broker-not-read', err: error }),
  nowMs: Date.now,
});
server.listen(settings.HTTP_PORT, settings.HTTP_HOST, () =>
  log.info({ event: 'listening', ...Object(server.address()) }),
);
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    server.close(() => process.exit(0));
    server.closeAllConnections();
  });
}
