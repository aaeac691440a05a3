import type { Deliveries } from '#contracts';
import type { AddToOutbox } from '#messaging';
import type { Keyring } from '#personal-data';
import type { Database, Transaction } from '#storage';
import type { Figures } from '../figures.ts';
import type { Cause, Ending } from './delivery.ts';

type EndedRow = {
  id: string;
  application_id: string;
  applicant_id: string;
  notice: string;
  channel: Deliveries.Channel;
  destination_sealed: string | null;
  attempts: number;
  cause: Cause;
};

/** The end of a delivery: its state and the `NoticeDelivered` that tells it, once, in one transaction. */
export class Endings {
  private readonly database: Database;
  private readonly addToOutbox: AddToOutbox;
  private readonly keyring: Keyring;
  private readonly figures: Figures;

  constructor(parts: {
    readonly database: Database;
    readonly addToOutbox: AddToOutbox;
    readonly keyring: Keyring;
    readonly figures: Figures;
  }) {
    this.database = parts.database;
    this.addToOutbox = parts.addToOutbox;
    this.keyring = parts.keyring;
    this.figures = parts.figures;
  }

  /** @returns false when there is no such delivery of ours, or it has ended already */
  async end(
    trx: Transaction,
    deliveryId: string,
    { outcome, reason, endedAtMs, attempts }: Ending & { readonly attempts?: number },
  ): Promise<boolean> {
    const { rows } = await trx.raw<{ rows: EndedRow[] }>(
      `update delivery set state = ?, reason = ?, ended_at = ?, attempts = coalesce(?, attempts)
       from application
       where delivery.id = ? and delivery.state in ('PENDING', 'HANDED') and application.id = delivery.application_id
         and application.applicant_id is not null
       returning delivery.id, application_id, applicant_id, notice, channel, destination_sealed, attempts, cause`,
      [outcome, reason, new Date(endedAtMs), attempts ?? null, deliveryId],
    );
    const row = rows[0];
    if (!row) return false;
    this.figures.ended(row.channel, outcome, reason ?? '');
    await this.addToOutbox(trx, {
      topic: 'kezek.deliveries',
      key: row.application_id,
      name: 'NoticeDelivered',
      value: {
        deliveryId: row.id,
        applicationId: row.application_id,
        applicantId: row.applicant_id,
        notice: row.notice,
        channel: row.channel,
        destination:
          row.destination_sealed === null
            ? null
            : this.keyring.open(row.destination_sealed, destinationContext(row.id)),
        outcome,
        reason,
        attempts: row.attempts,
        completedAtMs: endedAtMs,
      },
      ...row.cause,
    });
    return true;
  }

  /** Ends the SMS that the centre knows by this id. @returns false when no SMS has that id (yet) */
  async endSms(messageId: string, ending: Ending): Promise<boolean> {
    return this.database.transaction(async (trx) => {
      const row = await trx('delivery').where({ sms_message_id: messageId }).first<{ id: string } | undefined>('id');
      if (!row) return false;
      await this.end(trx, row.id, ending);
      return true;
    });
  }
}

/** What a sealed destination belongs to. */
export const destinationContext = (deliveryId: string): string => `delivery/destination/${deliveryId}`;
