/** Connections to Postgres. */
export const poolConnectionsMax = 12;
/** Body of a request, bytes; a bulletin of 10 000 seats has about 3 MB. */
export const requestBytesMax = 4 * 1024 * 1024;
/** Seats of one bulletin; more would not fit a log record with room to spare. */
export const bulletinSeatsMax = 10_000;
/** Preschools of one application (p.15(1)). */
export const preschoolsMax = 4;
/** How long an answer is kept for a repeated Idempotency-Key, ms. */
export const idempotencyKeptMs = 24 * 3_600_000;
/** The log gets a ClockAdvanced when nothing was written for this long, ms. */
export const clockSilenceMs = 60_000;
/** How often the elected instance looks at the clock and at terms of its own, ms. */
export const clockTickMs = 1_000;
/** How long intake waits for an answer of the allocator, ms. */
export const allocatorWaitMs = 1_000;
/** Days to choose when a benefit is not confirmed (policy). */
export const benefitChoiceDays = 2;
/** SIGTERM to exit, ms. */
export const drainMs = 10_000;
