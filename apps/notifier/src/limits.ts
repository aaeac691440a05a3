/** Connections to Postgres. */
export const poolConnectionsMax = 10;
/** SMS claimed and submitted at once; also the window of unanswered requests at the centre. */
export const smsAtOnceMax = 50;
/** How long a claimed SMS is ours alone, ms; longer than the centre's answer may take, so that no two submit it. */
export const smsClaimMs = 30_000;
/** How long the centre's answer may take, ms. */
export const smsAnswerMsMax = 10_000;
/** How long a connection to the centre may take, ms. */
export const smsConnectMsMax = 5_000;
/** How often a silent line to the centre is tried, ms. */
export const smsEnquireEveryMs = 30_000;
/** First wait before an SMS is tried again, ms; it doubles. */
export const smsRetryFirstMs = 2_000;
/** Longest wait before an SMS is tried again, ms. */
export const smsRetryMsMax = 600_000;
/** Attempts before an SMS is given up; time when the centre is away does not count. */
export const smsAttemptsMax = 50;
/** Pause of all sending when the centre says it is too much, ms. */
export const smsThrottledPauseMs = 1_000;
/** An SMS older than this is not sent any more, ms: the cabinet has the notice. */
export const smsAgeMsMax = 72 * 3_600_000;
/** How long a receipt is waited for, ms: the centre's own term and an hour. */
export const receiptMsMax = smsAgeMsMax + 3_600_000;
/** Applications whose cabinet lines and stages are handed over in one transaction. */
export const handOverApplicationsMax = 200;
/** How long a notice waits for the names of a preschool or seat before it goes out with their codes, ms. */
export const registryWaitMs = 60_000;
/** How soon a notice that misses a name is looked at again, ms. */
export const registryLookAgainMs = 500;
/** How often a worker with nothing to do looks again, ms. */
export const idlePollMs = 100;
/** Longest pause of a worker whose database is away, ms. */
export const workerPauseMsMax = 5_000;
/** How often overdue, unheard and old deliveries are looked for, ms. */
export const housekeepingEveryMs = 30_000;
/** Rows one round of housekeeping treats. */
export const housekeepingRowsMax = 1_000;
/** How long an ended delivery is kept, ms. */
export const endedKeptMs = 90 * 86_400_000;
/** Local hour at which a day's results are issued (workingHours of the provider, policy). */
export const openingHour = 9;
/** Parts an operator may charge for one SMS; a longer text is a mistake in the wording. */
export const smsPartsMax = 5;
/** SIGTERM to exit, ms. */
export const drainMs = 15_000;
