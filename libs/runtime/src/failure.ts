/** What is done about a failure of something outside. */
export type Recovery = 'retry' | 'set-aside' | 'stop';

/** Every code has a recovery; docs/failures.md tells cause and effect of each, and a test compares the two. */
export const recoveryOf = {
  'store-unavailable': 'retry',
  'broker-unavailable': 'retry',
  'source-unavailable': 'retry',
  'gateway-unavailable': 'retry',
  'sms-centre-unavailable': 'retry',
  'message-unreadable': 'set-aside',
  'message-impossible': 'set-aside',
  'handler-overdue': 'retry',
  'allocator-fenced': 'stop',
  'history-differs': 'stop',
  'log-not-single': 'stop',
} as const satisfies Record<string, Recovery>;

export type FailureCode = keyof typeof recoveryOf;

/** A failure of something outside: not a refusal (that is data) and not a bug. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly code: FailureCode;

  constructor(code: FailureCode, message: string, options?: { cause: unknown }) {
    super(message, options);
    this.code = code;
  }

  get recovery(): Recovery {
    return recoveryOf[this.code];
  }
}
