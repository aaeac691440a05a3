/** What bounds the reading, storing and publishing of decisions. The simulation makes them small. */
export type AllocatorLimits = {
  /** Decisions of one Kafka record; an entry that decides more is split. */
  readonly decisionsPerRecordMax: number;
  /** Records decided before other work of the process gets its turn. */
  readonly recordsPerTurn: number;
  /** Bytes of rows decided ahead of what is stored; beyond, deciding waits. */
  readonly pendingBytesMax: number;
  /** Rows decided again that are compared with the stored ones in one go. */
  readonly rowsComparedMax: number;
  /** Entries between two snapshots. */
  readonly snapshotEveryEntries: number;
  /** Rows the relay reads at once. */
  readonly relayRowsMax: number;
  /** Bytes of one send; below what a record batch may have. */
  readonly relaySendBytesMax: number;
  /** Bytes of stored rows that wait with the relay; beyond, it reads them from the store. */
  readonly relayHandedBytesMax: number;
};

export const shippedLimits: AllocatorLimits = {
  decisionsPerRecordMax: 500,
  recordsPerTurn: 500,
  pendingBytesMax: 64 * 1024 * 1024,
  rowsComparedMax: 20_000,
  snapshotEveryEntries: 400_000,
  relayRowsMax: 1_000,
  relaySendBytesMax: 1024 * 1024,
  relayHandedBytesMax: 16 * 1024 * 1024,
};

/** Connections to Postgres: the position, the commits, stopped lines, readiness. */
export const poolConnectionsMax = 4;
/** Connections of the relay's thread. */
export const relayConnectionsMax = 2;
/** How long a commit may take before its connection is given up, ms. */
export const commitMsMax = 10_000;
/** Wait before a commit of unknown outcome is looked into again, ms. */
export const commitRetryMs = 200;
/** An entry's time ahead of the broker's stamp, and a stamp before the one ahead of it, ms. */
export const clockToleranceMs = 2 * 60 * 1_000;
/** How often a leader gives a sign of life and a follower looks for it, ms. */
export const leaseRenewMs = 500;
/** Silence of the leader after which a follower takes over, ms. */
export const leaseMs = 5_000;
/** How often the relay looks for rows when nobody wakes it, ms. */
export const relayPollMs = 200;
/** Wait before a relay that failed starts again, ms. */
export const relayRestartMs = 500;
/** Publishing has failed for so long: not ready, ms. */
export const relayFailingMsMax = 15_000;
/** How often checkpoints look for published rows, ms. */
export const checkpointPollMs = 500;
/** How long checkpoints wait for a log record that is known to be there, ms. */
export const checkpointLogMsMax = 60_000;
/** Rows that checkpoints read at once. */
export const checkpointRowsMax = 500;
/** Checkpoints in one send. */
export const checkpointsSentMax = 100;
/** How much the thread of checkpoints gives way to the others (nice). */
export const checkpointNiceness = 10;
/** Connections of the thread of checkpoints. */
export const checkpointConnectionsMax = 1;
/** Snapshots kept. */
export const snapshotsKeptMax = 3;
/** SIGTERM to exit, ms. */
export const drainMs = 10_000;
