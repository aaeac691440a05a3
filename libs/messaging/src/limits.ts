/** Every limit of the runtime, with its unit. An app changes single ones through the transport's options. */
export type MessagingLimits = {
  /** Bytes of one fetch from one partition. */
  readonly fetchBytesPerPartition: number;
  /** Bytes of one fetch. */
  readonly fetchBytes: number;
  /** How long the broker may hold a fetch that finds nothing, ms. */
  readonly fetchWaitMs: number;
  /** Silence after which the group gives a member's partitions away, ms. */
  readonly sessionMs: number;
  readonly heartbeatMs: number;
  /** How long a member has to come back into a group that is being rearranged, ms. */
  readonly rebalanceMs: number;
  /** Silence of a reader (no fetch, no progress) after which it is built anew, ms. */
  readonly stallMsMax: number;
  /** How many partitions of one reader are handled at once; each takes a database connection. */
  readonly partitionsAtOnce: number;
  /** Records that may share one transaction. */
  readonly togetherMax: number;
  /** How long one record's handler may take, ms. */
  readonly handlerDeadlineMs: number;
  /** How long a batch handler may take before it asks for more, ms. */
  readonly batchDeadlineMs: number;
  /** Tries in place before the topic's policy applies. */
  readonly attemptsInPlace: number;
  readonly backoffFirstMs: number;
  readonly backoffMaxMs: number;
  /** How long current records may take to finish when the app stops, ms. */
  readonly drainMs: number;
  /** How often a stopped line or a parked key looks for its release, ms. */
  readonly releasePollMs: number;
  /** Lag above which the app calls itself not ready, s. */
  readonly lagSecondsMax: number;
  /** Bytes handed to batch handlers beyond their last commit at which a partition is paused. */
  readonly bytesUnsettledMax: number;
  /** Kafka's offset is committed at least this often while a fetch is handled, ms. */
  readonly commitEveryMs: number;
};

export const defaultLimits: MessagingLimits = {
  fetchBytesPerPartition: 1024 * 1024,
  fetchBytes: 8 * 1024 * 1024,
  fetchWaitMs: 500,
  sessionMs: 10_000,
  heartbeatMs: 2_000,
  rebalanceMs: 20_000,
  stallMsMax: 8_000,
  partitionsAtOnce: 3,
  togetherMax: 100,
  handlerDeadlineMs: 10_000,
  batchDeadlineMs: 30_000,
  attemptsInPlace: 4,
  backoffFirstMs: 100,
  backoffMaxMs: 5_000,
  drainMs: 10_000,
  releasePollMs: 1_000,
  lagSecondsMax: 300,
  bytesUnsettledMax: 64 * 1024 * 1024,
  commitEveryMs: 1_000,
};

/** Wait before try `attempt` (the second is 2), ms: doubling, with up to half of it left to chance. */
export function backoffMs(attempt: number, limits: MessagingLimits, chance: number): number {
  const full = Math.min(limits.backoffMaxMs, limits.backoffFirstMs * 2 ** Math.max(0, attempt - 2));
  return Math.round(full * (0.5 + chance / 2));
}
