// Generated from schemas/ by `npm run contracts`. Edit the schema, not this file.

/** Where it went. */
export type Channel = 'SMS' | 'CABINET' | 'MONITORING';

/** How it ended. */
export type NoticeOutcome = 'DELIVERED' | 'REFUSED';

/** What became of one notice on one channel. */
export type NoticeDelivered = {
  /** The delivery, a random id. */
  readonly deliveryId: string;
  /** The application, a random id. */
  readonly applicationId: string;
  /** The parent or legal representative, a random id. */
  readonly applicantId: string;
  /** Code of the notice, N01 to N36, or of a stage. */
  readonly notice: string;
  /** Where it went. */
  readonly channel: Channel;
  /** Phone number of an SMS. Personal: phone. */
  readonly destination: null | string;
  /** How it ended. */
  readonly outcome: NoticeOutcome;
  /** Code of the refusal. */
  readonly reason: null | string;
  /** Attempts made. */
  readonly attempts: number;
  /** When it ended. */
  readonly completedAtMs: number;
};
