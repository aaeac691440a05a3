/** What is wrong with a record's bytes; each is final, no retry mends it. */
export type ContractViolationCode =
  'not-framed' | 'unknown-schema' | 'schema-not-allowed' | 'undecodable' | 'unencodable';

/** Bytes or a value that break the contract. Raised by `decode` and `encode`. */
export class ContractViolation extends Error {
  override readonly name = 'ContractViolation';
  readonly code: ContractViolationCode;

  constructor(code: ContractViolationCode, message: string, options?: { cause: unknown }) {
    super(message, options);
    this.code = code;
  }
}
