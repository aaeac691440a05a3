import { ContractViolation } from '#contracts';
import { Failure } from '#runtime';

/** Why a record could not be handled, as it is kept beside its bytes. */
export type Problem = {
  /** A failure code, a contract violation's code, or the name of the error. */
  readonly errorClass: string;
  readonly message: string;
  /** How often it was tried in this place. */
  readonly attempts: number;
};

/** `wait`: something outside is away, not the record's fault, tried until it is back. `retry`: tried a few times. */
export type Treatment = 'wait' | 'retry' | 'final';

const messageMax = 1_000;

// SQLSTATE classes: connection lost, resources, operator intervention (a restart); then what a repeat may mend.
const awayStates = /^(08|53|57P|58|XX000|25P03|25P04)/;
const contendedStates = /^(40|55P03)/;
const awayErrors = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
]);
const awayMessages =
  /Connection terminated|Timeout acquiring a connection|Unable to acquire a connection|connection is closed|not queryable/i;

/** What to do about an error that a handler, or its transaction, ended with. */
export function treatmentOf(error: unknown): Treatment {
  if (error instanceof Failure) {
    if (error.code === 'store-unavailable' || error.code === 'broker-unavailable') return 'wait';
    return error.recovery === 'retry' ? 'retry' : 'final';
  }
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (typeof code === 'string' && (awayStates.test(code) || awayErrors.has(code))) return 'wait';
  if (typeof code === 'string' && contendedStates.test(code)) return 'retry';
  if (typeof message === 'string' && awayMessages.test(message)) return 'wait';
  return 'final';
}

/** The name under which errors of this kind are counted, listed and filtered. */
export function errorClassOf(error: unknown): string {
  if (error instanceof Failure || error instanceof ContractViolation) return error.code;
  return error instanceof Error ? error.name : typeof error;
}

/** An error as it is kept: without its stack, cut to a length that fits a header. */
export function problemOf(error: unknown, attempts: number): Problem {
  const message = error instanceof Error ? error.message : String(error);
  return { errorClass: errorClassOf(error), message: message.slice(0, messageMax), attempts };
}
