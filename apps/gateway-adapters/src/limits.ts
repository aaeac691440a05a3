/** Connections to Postgres. */
export const poolConnectionsMax = 16;
/** Exchanges under way with one source at once. */
export const exchangesPerSourceMax = 32;
/** One exchange, from the first byte sent to the last one read, ms; real round trips take up to 31 s. */
export const exchangeMs = 35_000;
/** Answer of a state system, bytes. */
export const answerBytesMax = 15 * 1024 * 1024;
/** How long a taken row is left to a taker that gives no sign of life, ms. */
export const leaseMs = 10_000;
/** How often a taker gives a sign of life, ms. */
export const leaseRenewedEveryMs = 3_000;
/** How often the workers look for due rows when there was nothing to do, ms. */
export const idlePollMs = 50;
/** First wait after a failure, ms; each further one is twice as long, by chance down to half of that. */
export const retryFirstMs = 1_000;
/** Longest wait between two attempts, ms. */
export const retryLongestMs = 5 * 60_000;
/** A check that has waited this long is handed to a person as UNAVAILABLE, ms. */
export const checkWaitMaxMs = 7 * 86_400_000;
/** A cabinet line or stage that could not be delivered for this long is reported as refused, ms. */
export const deliveryWaitMaxMs = 3 * 86_400_000;
/** Intake is told of the delay at this failed attempt, and again at each doubling. */
export const delayToldAtAttempt = 3;
/** How old a register's data may be before its answer is no answer, ms. */
export const registerAgeMaxMs = 40 * 86_400_000;
/** SIGTERM to exit, ms. */
export const drainMs = 10_000;
/** A worker that has not asked for due rows for this long is not working, ms: an exchange of the longest kind fits in. */
export const workerSilenceMaxMs = 2 * exchangeMs;
/** Halves of exchanges written in one transaction. */
export const evidenceBatchMax = 200;
/** Of a message that a stranger sent, bytes kept; its digest is of all of them. */
export const strangerBytesKept = 64 * 1024;
/** Message that another system sends us, bytes. */
export const messageBytesMax = 15 * 1024 * 1024;
/** How long a caller may take to send one message, ms. */
export const messageArrivalMs = 30_000;
/** How long answers are kept for repeats, ms. */
export const repeatsKeptMs = 30 * 86_400_000;
/** Consecutive failures after which a state system is left alone, and for how long, ms. */
export const breakerFailures = 5;
export const breakerRestMs = 10_000;
/** How long a call may wait for its turn at a state system's pace, ms. */
export const paceWaitMaxMs = 10_000;
/** How fast a state system is asked where nothing else was agreed. */
export const commonPace = { perSecond: 50, burst: 50 } as const;
/** Requests in one aggregate request. */
export const aggregateRequestsMax = 100;
/** How long a request waits for others to go with, ms. */
export const aggregateWaitMs = 5;
/** How long an identity that was confirmed need not be asked again, ms. */
export const identityCachedMs = 15 * 60_000;
/** Answers kept in memory. */
export const cachedAnswersMax = 50_000;
/** Consent to one use of one citizen's data, as asked for, ms. */
export const consentMs = 300_000;
/** How often old answers to repeats are forgotten, ms. */
export const forgetEveryMs = 3_600_000;
/** Messages asked for in one pull. */
export const pulledAtOnceMax = 20;
/** How often the gateway is asked for messages when there was none, ms. */
export const pullEveryMs = 2_000;
