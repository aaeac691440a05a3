import type { Logger } from '#runtime';
import type { Database } from '#storage';
import type { Figures } from '../figures.ts';
import { endedKeptMs, housekeepingRowsMax, receiptMsMax, smsAgeMsMax } from '../limits.ts';
import type { Endings } from './endings.postgres.ts';
import type { Lines } from './lines.postgres.ts';

export type HousekeepingParts = {
  readonly database: Database;
  readonly endings: Endings;
  readonly lines: Lines;
  readonly now: () => number;
  readonly figures: Figures;
  readonly log: Logger;
};

/** Offers whose SMS has not reached the phone although half of the time to answer is gone (settled point 4). */
export type Unheard = { readonly deliveryId: string; readonly applicationId: string; readonly answerByMs: number };

type OfLine = { readonly id: string; readonly application_id: string };

/** Ends what nothing else will end, raises the alarm before a deadline, and forgets what ended long ago. */
export class Housekeeping {
  private readonly parts: HousekeepingParts;
  private unheardNow: readonly Unheard[] = [];

  constructor(parts: HousekeepingParts) {
    this.parts = parts;
  }

  /** As of the last round. */
  get unheard(): readonly Unheard[] {
    return this.unheardNow;
  }

  async round(): Promise<boolean> {
    const nowMs = this.parts.now();
    await this.endOverdue(nowMs);
    await this.endWithoutReceipt(nowMs);
    await this.raiseAlarm(nowMs);
    await this.countWaiting(nowMs);
    await this.parts
      .database('delivery')
      .where('ended_at', '<', new Date(nowMs - endedKeptMs))
      .delete();
    return false;
  }

  /** SMS that nobody can send any more; most often because no phone is known. */
  private async endOverdue(nowMs: number): Promise<void> {
    const { rows } = await this.parts.database.raw<{ rows: (OfLine & { has_contact: boolean })[] }>(
      `select delivery.id, application_id, contact.applicant_id is not null as has_contact from delivery
       join application on application.id = application_id
       left join contact using (applicant_id)
       where channel = 'SMS' and state = 'PENDING' and claimed_until <= ?
         and least(answer_by, decided_at + make_interval(secs => ?)) <= ?
       limit ?`,
      [new Date(nowMs), smsAgeMsMax / 1_000, new Date(nowMs), housekeepingRowsMax],
    );
    for (const row of rows) await this.refuse(row, row.has_contact ? 'OVERDUE' : 'NO_CONTACT', nowMs);
  }

  private async endWithoutReceipt(nowMs: number): Promise<void> {
    const rows = await this.parts
      .database('delivery')
      .where({ state: 'HANDED', channel: 'SMS' })
      .where('handed_at', '<', new Date(nowMs - receiptMsMax))
      .limit(housekeepingRowsMax)
      .select<OfLine[]>('id', 'application_id');
    for (const row of rows) await this.refuse(row, 'NO_RECEIPT', nowMs);
  }

  private async refuse({ id: deliveryId, application_id }: OfLine, reason: string, nowMs: number): Promise<void> {
    const { database, endings, lines } = this.parts;
    const ended = await database.transaction(async (trx) => {
      await lines.hold(trx, application_id);
      const done = await endings.end(trx, deliveryId, { outcome: 'REFUSED', reason, endedAtMs: nowMs });
      await lines.align(trx, application_id);
      return done;
    });
    if (ended) this.parts.log.warn({ event: 'sms-given-up', deliveryId, reason });
  }

  private async raiseAlarm(nowMs: number): Promise<void> {
    const { rows } = await this.parts.database.raw<{ rows: { id: string; application_id: string; answer_by: Date }[] }>(
      `select id, application_id, answer_by from delivery
       where channel = 'SMS' and notice in ('N14', 'N15') and state <> 'DELIVERED' and answer_by > ?
         and decided_at + (answer_by - decided_at) / 2 <= ?
       order by answer_by limit ?`,
      [new Date(nowMs), new Date(nowMs), housekeepingRowsMax],
    );
    this.parts.figures.unheard(rows.length);
    const before = new Set(this.unheardNow.map(({ deliveryId }) => deliveryId));
    this.unheardNow = rows.map((row) => ({
      deliveryId: row.id,
      applicationId: row.application_id,
      answerByMs: row.answer_by.getTime(),
    }));
    for (const unheard of this.unheardNow) {
      if (!before.has(unheard.deliveryId)) this.parts.log.warn({ event: 'offer-unheard', ...unheard });
    }
  }

  private async countWaiting(nowMs: number): Promise<void> {
    const { rows } = await this.parts.database.raw<{ rows: { channel: string; count: bigint; oldest: Date | null }[] }>(
      `select channel, count(due_at) as count, min(due_at) as oldest
       from unnest(array['SMS', 'CABINET', 'MONITORING']) as known (channel)
       left join lateral (
         select due_at from delivery where delivery.channel = known.channel and state = 'PENDING' and due_at <= ?
       ) as waiting on true
       group by channel`,
      [new Date(nowMs)],
    );
    for (const { channel, count, oldest } of rows) {
      this.parts.figures.waiting(channel, Number(count), oldest === null ? 0 : (nowMs - oldest.getTime()) / 1_000);
    }
  }
}
