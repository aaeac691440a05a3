/** Connections to Postgres: the store, the relay, stopped lines. */
export const poolConnectionsMax = 6;
/** Decisions of one Kafka record; an entry that decides more is split. */
export const decisionsPerRecordMax = 500;
/** SIGTERM to exit, ms. */
export const drainMs = 10_000;
