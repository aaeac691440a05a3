// Generated from schemas/ by `npm run contracts`. Edit the schema, not this file.

/** Language of messages. */
export type MessageLanguage = 'kk' | 'ru';

/** How a person is reached. */
export type ContactChanged = {
  /** The parent or legal representative, a random id. */
  readonly applicantId: string;
  /** Mobile number, E.164. Personal: phone. */
  readonly phone: string;
  /** Language of messages. */
  readonly preferredLanguage: MessageLanguage;
  /** Since when. */
  readonly changedAtMs: number;
};
