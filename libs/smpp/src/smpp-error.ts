/** `violation`: the peer does not speak SMPP; `refused`: it answered a bind with an error; the others are about the connection. */
export type SmppErrorCode = 'unreachable' | 'closed' | 'overdue' | 'violation' | 'refused';

/** What goes wrong between two SMPP peers below the level of an operation's own status. */
export class SmppError extends Error {
  override readonly name = 'SmppError';
  readonly code: SmppErrorCode;

  constructor(code: SmppErrorCode, message: string, options?: { cause: unknown }) {
    super(message, options);
    this.code = code;
  }
}
