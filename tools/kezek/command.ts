/** What a command may touch of the outside. */
export type Io = {
  out(line: string): void;
  err(line: string): void;
  /** The checkout. */
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
};

/** One command of ./kezek. */
export type Command = {
  readonly name: string;
  /** One line in the list of all. */
  readonly summary: string;
  /** What `--help` prints. */
  readonly usage: string;
  /** @returns the exit status. @throws UsageError where the arguments do not fit. */
  run(args: readonly string[], io: Io): Promise<number>;
};

/** The arguments do not fit: exit status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
