import type { MessageOf } from '#contracts';
import type { Keyring } from '#personal-data';
import type { Transaction } from '#storage';
import type { Language } from '../wording/wording.ts';

export type Contact = { readonly phone: string; readonly language: Language };

/** Table `contact`: the only code that seals and opens a telephone number of a person. */
export class Contacts {
  private readonly keyring: Keyring;

  constructor(keyring: Keyring) {
    this.keyring = keyring;
  }

  /** Keeps the newest; an older record that comes later changes nothing. */
  async change(
    trx: Transaction,
    { applicantId, phone, preferredLanguage, changedAtMs }: MessageOf<'ContactChanged'>,
  ): Promise<void> {
    await trx.raw(
      `insert into contact (applicant_id, phone_sealed, language, changed_at) values (?, ?, ?, ?)
       on conflict (applicant_id) do update
         set phone_sealed = excluded.phone_sealed, language = excluded.language, changed_at = excluded.changed_at
         where excluded.changed_at >= contact.changed_at`,
      [applicantId, this.keyring.seal(phone, contextOf(applicantId)), preferredLanguage, new Date(changedAtMs)],
    );
  }

  /** @throws PersonalDataUnreadable when the key is gone or the row was moved */
  open(applicantId: string, { phone_sealed, language }: { phone_sealed: string; language: Language }): Contact {
    return { phone: this.keyring.open(phone_sealed, contextOf(applicantId)), language };
  }
}

const contextOf = (applicantId: string): string => `contact/phone/${applicantId}`;
