// Generated from schemas/ by `npm run contracts`. Edit the schema, not this file.

/** What the allocator vouches for: the log and all decisions on it up to one entry (docs/audit.md). */
export type CheckpointSigned = {
  /** Counts the checkpoints, from 1. */
  readonly number: bigint;
  /** Offset in the log of the last entry it covers. */
  readonly logOffset: bigint;
  /** Log entries up to there. */
  readonly entries: bigint;
  /** Decisions up to there. */
  readonly decisions: bigint;
  /** The newest link of the hash chain, 64 hexadecimal digits. */
  readonly chain: string;
  /** Root of the Merkle tree over entries and decisions, 64 hexadecimal digits. */
  readonly root: string;
  /** Name of the key that signed, without blanks and plus signs. */
  readonly keyName: string;
  /** Id of the key that signed, 8 hexadecimal digits. */
  readonly keyId: string;
  /** Ed25519 signature of the checkpoint's text, 128 hexadecimal digits. */
  readonly signature: string;
};
