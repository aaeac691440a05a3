/** A place of the log, undecoded. */
export type LogBytes = { readonly offset: bigint; readonly value: Buffer | null };

/** The log from some offset on, for who needs its bytes only. */
export type LogRecords = {
  /** The next records, at least one, in order. @throws Failure 'broker-unavailable' */
  next(): Promise<readonly LogBytes[]>;
  /** Ends the reading; who waits for `next` gets the failure. */
  close(): Promise<void>;
};
