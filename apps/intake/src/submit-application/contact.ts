import type { AnyOutgoingMessage } from '#messaging';
import type { Application } from './applications.postgres.ts';

/** How an applicant is reached from a moment on. */
export function contactOf(
  { applicantId, language }: Pick<Application, 'applicantId' | 'language'>,
  phone: string,
  changedAtMs: number,
): AnyOutgoingMessage {
  return {
    topic: 'kezek.contacts',
    key: applicantId,
    name: 'ContactChanged',
    value: { applicantId, phone, preferredLanguage: language, changedAtMs },
  };
}
