import type { Logger } from '#runtime';
import kafkajs, { type Kafka, type LogEntry } from 'kafkajs';

/** What every part that talks to Kafka is given. */
export type Connection = { readonly brokers: readonly string[]; readonly clientId: string; readonly log: Logger };

/**
 * A kafkajs client. Its own log goes to `debug`, errors to `warn`: it calls every retriable answer of a broker an
 * error. What matters (a reader that died, a relay that cannot publish) is reported by its owner.
 */
export function kafkaClient({ brokers, clientId, log }: Connection): Kafka {
  quietNegativeTimeouts();
  return new kafkajs.Kafka({
    brokers: [...brokers],
    clientId,
    connectionTimeout: 3_000,
    requestTimeout: 10_000,
    enforceRequestTimeout: true,
    retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 5 },
    logLevel: kafkajs.logLevel.INFO,
    logCreator: () => (entry) => logTo(log, entry),
  });
}

function logTo(
  log: Logger,
  { namespace, level, log: { message, timestamp: _, logger: __, ...details } }: LogEntry,
): void {
  const line = { event: 'kafkajs', namespace, message, ...details };
  // A connection that fails is retried by its caller; a broker that is away would fill the log with these.
  if (level === kafkajs.logLevel.ERROR && namespace !== 'Connection') log.warn(line);
  else log.debug(line);
}

let quieted = false;

// kafkajs 2.2.4 schedules its request queue with a time that has passed; Node 24 warns about each such process.
function quietNegativeTimeouts(): void {
  if (quieted) return;
  quieted = true;
  const emitWarning = process.emitWarning.bind(process) as (...args: unknown[]) => void;
  process.emitWarning = ((...args: unknown[]) => {
    if (args[1] !== 'TimeoutNegativeWarning') emitWarning(...args);
  }) as typeof process.emitWarning;
}
