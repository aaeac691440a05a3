import type { Transaction } from '#storage';
import type { DecisionPart } from '../notices/decision-part.ts';

/** Deadlines of live offers: a reminder must name one, and its decision does not carry it (p.16(3)). */
export class Offers {
  async follow(trx: Transaction, { applicationId, decisions }: DecisionPart): Promise<void> {
    for (const { decision } of decisions) {
      switch (decision.type) {
        case 'OfferMade':
          await this.setDeadline(trx, applicationId, decision.vacancyId, decision.answerByMs);
          break;
        case 'DeadlineExtended':
          if (decision.what === 'OFFER' && decision.vacancyId !== null)
            await this.setDeadline(trx, applicationId, decision.vacancyId, decision.untilMs);
          break;
        case 'OfferDeclined':
        case 'OfferLapsed':
        case 'OfferWithdrawn':
        case 'ReferralIssued':
          await trx('offer').where({ application_id: applicationId, vacancy_id: decision.vacancyId }).delete();
          break;
        default:
      }
    }
  }

  async answerByMs(trx: Transaction, applicationId: string, vacancyId: string): Promise<number | null> {
    const row = await trx('offer')
      .where({ application_id: applicationId, vacancy_id: vacancyId })
      .first<{ answer_by: Date } | undefined>('answer_by');
    return row?.answer_by.getTime() ?? null;
  }

  private async setDeadline(trx: Transaction, applicationId: string, vacancyId: string, atMs: number): Promise<void> {
    await trx.raw(
      `insert into offer (application_id, vacancy_id, answer_by) values (?, ?, ?)
       on conflict (application_id, vacancy_id) do update set answer_by = excluded.answer_by`,
      [applicationId, vacancyId, new Date(atMs)],
    );
  }
}
