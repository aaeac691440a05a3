import type { Database, Transaction } from '#storage';
import type { Keyring } from '#personal-data';
import type { Contacts } from '../directory/contacts.postgres.ts';
import { destinationContext, type Endings } from '../delivery/endings.postgres.ts';
import type { Lines } from '../delivery/lines.postgres.ts';
import type { Saying } from '../notices/notice.ts';
import type { Language } from '../wording/wording.ts';

/** An SMS that is ours to submit until `smsClaimMs` have passed. */
export type ClaimedSms = {
  readonly deliveryId: string;
  readonly applicationId: string;
  readonly applicantId: string;
  readonly applicationNumber: string;
  readonly receivedAtMs: number;
  readonly notice: string;
  readonly saying: Saying;
  readonly decidedAtMs: number;
  readonly answerByMs: number | null;
  /** When it must go even at night: half of the time of the most pressing SMS of its line; null when none presses. */
  readonly noLaterMs: number | null;
  readonly createdAtMs: number;
  readonly attempts: number;
  readonly phone: string;
  readonly language: Language;
};

type Row = {
  id: string;
  application_id: string;
  applicant_id: string;
  number: string;
  received_at: Date;
  notice: string;
  saying: Saying;
  decided_at: Date;
  answer_by: Date | null;
  no_later: Date | null;
  created_at: Date;
  attempts: number;
  phone_sealed: string;
  language: Language;
};

/** The SMS part of the lines: claiming what is due, and marking what became of it. */
export class SmsLine {
  private readonly database: Database;
  private readonly keyring: Keyring;
  private readonly contacts: Contacts;
  private readonly endings: Endings;
  private readonly lines: Lines;

  constructor(parts: {
    readonly database: Database;
    readonly keyring: Keyring;
    readonly contacts: Contacts;
    readonly endings: Endings;
    readonly lines: Lines;
  }) {
    this.database = parts.database;
    this.keyring = parts.keyring;
    this.contacts = parts.contacts;
    this.endings = parts.endings;
    this.lines = parts.lines;
  }

  /**
   * Claims the first of each line that is due and whose phone is known, the nearest deadline first. The claim ends by
   * itself, so that the SMS of a process that died is taken up by another.
   */
  async claim(nowMs: number, { limit, claimMs }: { limit: number; claimMs: number }): Promise<readonly ClaimedSms[]> {
    const now = new Date(nowMs);
    const { rows } = await this.database.raw<{ rows: Row[] }>(
      `with due as materialized (
         select delivery.id, applicant_id, number, received_at, phone_sealed, language from delivery
         join application on application.id = application_id
         join contact using (applicant_id)
         where channel = 'SMS' and state = 'PENDING' and head and due_at <= ? and retry_at <= ? and claimed_until <= ?
         order by answer_by nulls last, due_at, delivery.id limit ?
         for update of delivery skip locked
       )
       update delivery set claimed_until = ?, attempts = attempts + 1 from due where delivery.id = due.id
       returning delivery.id, application_id, applicant_id, number, received_at, notice, saying, decided_at, answer_by, created_at,
                 attempts, phone_sealed, language, (
                   select min(pressing.decided_at + (pressing.answer_by - pressing.decided_at) / 2)
                   from delivery as pressing where pressing.application_id = delivery.application_id
                     and pressing.channel = 'SMS' and pressing.state = 'PENDING'
                 ) as no_later`,
      [now, now, now, limit, new Date(nowMs + claimMs)],
    );
    // An update gives its rows in no order.
    return rows.map((row) => this.claimed(row)).sort(byDeadline);
  }

  /** The centre has it. A claim that was lost meanwhile changes nothing. */
  async accepted(sms: ClaimedSms, messageId: string, nowMs: number): Promise<void> {
    await this.database.transaction(async (trx) => {
      await this.lines.hold(trx, sms.applicationId);
      await trx('delivery')
        .where({ id: sms.deliveryId, state: 'PENDING' })
        .update({
          state: 'HANDED',
          sms_message_id: messageId,
          destination_sealed: this.keyring.seal(sms.phone, destinationContext(sms.deliveryId)),
          handed_at: new Date(nowMs),
          reason: null,
        });
      await this.lines.align(trx, sms.applicationId);
    });
  }

  /** To be tried again; `counts` false: this was no attempt. */
  async later(
    { deliveryId }: ClaimedSms,
    { reason, retryAtMs, counts }: { reason: string; retryAtMs: number; counts: boolean },
  ): Promise<void> {
    await this.database.raw(
      `update delivery set retry_at = ?, claimed_until = '-infinity', reason = ?, attempts = attempts - ?
       where id = ? and state = 'PENDING'`,
      [new Date(retryAtMs), reason, counts ? 0 : 1, deliveryId],
    );
  }

  /** Never to be tried again; told as `NoticeDelivered` with the reason. */
  async refused({ deliveryId, applicationId, phone }: ClaimedSms, reason: string, nowMs: number): Promise<void> {
    await this.database.transaction(async (trx: Transaction) => {
      await this.lines.hold(trx, applicationId);
      await trx('delivery')
        .where({ id: deliveryId, state: 'PENDING' })
        .update({ destination_sealed: this.keyring.seal(phone, destinationContext(deliveryId)) });
      await this.endings.end(trx, deliveryId, { outcome: 'REFUSED', reason, endedAtMs: nowMs });
      await this.lines.align(trx, applicationId);
    });
  }

  private claimed(row: Row): ClaimedSms {
    const { phone, language } = this.contacts.open(row.applicant_id, row);
    return {
      deliveryId: row.id,
      applicationId: row.application_id,
      applicantId: row.applicant_id,
      applicationNumber: row.number,
      receivedAtMs: row.received_at.getTime(),
      notice: row.notice,
      saying: row.saying,
      decidedAtMs: row.decided_at.getTime(),
      answerByMs: row.answer_by?.getTime() ?? null,
      noLaterMs: row.no_later?.getTime() ?? null,
      createdAtMs: row.created_at.getTime(),
      attempts: row.attempts,
      phone,
      language,
    };
  }
}

function byDeadline(a: ClaimedSms, b: ClaimedSms): number {
  const [aMs, bMs] = [a.answerByMs ?? Infinity, b.answerByMs ?? Infinity];
  return aMs === bMs ? a.createdAtMs - b.createdAtMs : aMs - bMs;
}
