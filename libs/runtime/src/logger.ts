import { pino, type Logger } from 'pino';

export type { Logger };

// Names under which personal data could slip into a log line; the list is a net, not the rule (which is: do not log it).
const personalPaths = ['iin', 'phone', 'applicantIin', 'childIin', 'textKk', 'textRu', 'password'];

/** A JSON logger on standard output; one line an event, named by `event`. */
export function openLogger(app: string, level: string): Logger {
  return pino({
    level,
    base: { app },
    redact: { paths: [...personalPaths, ...personalPaths.map((path) => `*.${path}`)], censor: '[personal]' },
    timestamp: pino.stdTimeFunctions.isoTime,
  });
}
