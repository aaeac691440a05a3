/** Kinds of refusal a caller can meet; each has a status and a text in three languages. */
export const problemStatus = {
  'invalid-input': 400,
  'malformed-body': 400,
  'idempotency-key-missing': 400,
  'not-found': 404,
  'media-type': 415,
  'too-large': 413,
  conflict: 409,
  'child-already-queued': 409,
  'not-awaited': 409,
  'idempotency-key-reused': 422,
  'age-limit': 422,
  'clock-backwards': 422,
  unavailable: 503,
  bug: 500,
} as const;
export type ProblemKind = keyof typeof problemStatus;
