import type { Decisions } from '#contracts';
import type { Database, Transaction } from '#storage';
import type { Timeline } from './timeline.postgres.ts';
import { statusChangesOf, type StatusChange } from './status-change.ts';

export type EntryStatus = {
  readonly preschoolId: string;
  readonly state: string;
  readonly reason: string | null;
  readonly until: string | null;
};
export type OfferStatus = {
  readonly vacancyId: string;
  readonly preschoolId: string;
  readonly state: string;
  readonly answerBy: string | null;
};
export type ReferralStatus = {
  readonly vacancyId: string;
  readonly preschoolId: string;
  readonly state: string;
  readonly issuedAt: string;
  readonly validUntil: string | null;
  readonly cancellableUntil: string | null;
  readonly signBy: string | null;
};

/** The read model of decisions: what became of each application. */
export class ApplicationStatus {
  readonly #timeline: Timeline;

  constructor(timeline: Timeline) {
    this.#timeline = timeline;
  }

  /** Applies the decisions about one application, in order. */
  async record(trx: Transaction, decisions: readonly Decisions.Decision[]): Promise<void> {
    for (const decision of decisions) {
      const applicationId = 'applicationId' in decision ? decision.applicationId : null;
      if (applicationId === null) continue;
      const { type, atMs, cause: _, ...details } = decision;
      await this.#timeline.add(trx, applicationId, atMs, type, details);
      for (const change of statusChangesOf(decision)) await apply(trx, applicationId, new Date(atMs), change);
    }
  }

  async entriesOf(database: Database, applicationId: string): Promise<readonly EntryStatus[]> {
    const rows = await database('entry_status').where({ application_id: applicationId }).orderBy('preschool_id');
    return rows.map((row) => ({
      preschoolId: row.preschool_id,
      state: row.state,
      reason: row.reason,
      until: iso(row.until),
    }));
  }

  async offersOf(database: Database, applicationId: string): Promise<readonly OfferStatus[]> {
    const rows = await database('offer_status')
      .where({ application_id: applicationId })
      .orderBy(['changed_at', 'vacancy_id']);
    return rows.map((row) => ({
      vacancyId: row.vacancy_id,
      preschoolId: row.preschool_id,
      state: row.state,
      answerBy: iso(row.answer_by),
    }));
  }

  async referralsOf(database: Database, applicationId: string): Promise<readonly ReferralStatus[]> {
    const rows = await database('referral_status').where({ application_id: applicationId }).orderBy('issued_at');
    return rows.map((row) => ({
      vacancyId: row.vacancy_id,
      preschoolId: row.preschool_id,
      state: row.state,
      issuedAt: row.issued_at.toISOString(),
      validUntil: iso(row.valid_until),
      cancellableUntil: iso(row.cancellable_until),
      signBy: iso(row.sign_by),
    }));
  }
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
const dateOf = (atMs: number | undefined): Date | null => (atMs === undefined ? null : new Date(atMs));

async function apply(trx: Transaction, applicationId: string, at: Date, change: StatusChange): Promise<void> {
  switch (change.table) {
    case 'entry':
      await trx('entry_status')
        .insert({
          application_id: applicationId,
          preschool_id: change.preschoolId,
          state: change.state,
          reason: change.reason ?? null,
          until: dateOf(change.untilMs),
          changed_at: at,
        })
        .onConflict(['application_id', 'preschool_id'])
        .merge();
      return;
    case 'offer': {
      const row = {
        vacancy_id: change.vacancyId,
        application_id: applicationId,
        preschool_id: change.preschoolId,
        state: change.state,
        changed_at: at,
        ...(change.answerByMs === undefined ? {} : { answer_by: new Date(change.answerByMs) }),
      };
      await trx('offer_status').insert(row).onConflict(['vacancy_id', 'application_id']).merge();
      return;
    }
    case 'referral':
      return applyReferral(trx, applicationId, at, change);
    case 'application':
      await trx('application')
        .where({ id: applicationId })
        .update({ state: change.state, ended_reason: change.reason });
      return;
    case 'category':
      await trx('application').where({ id: applicationId }).update({ category: change.category });
      return;
  }
}

async function applyReferral(
  trx: Transaction,
  applicationId: string,
  at: Date,
  change: Extract<StatusChange, { table: 'referral' }>,
): Promise<void> {
  const terms = {
    state: change.state,
    ...(change.validUntilMs === undefined ? {} : { valid_until: new Date(change.validUntilMs) }),
    ...(change.cancellableUntilMs === undefined ? {} : { cancellable_until: new Date(change.cancellableUntilMs) }),
    ...(change.signByMs === undefined ? {} : { sign_by: new Date(change.signByMs) }),
  };
  const ids = { application_id: applicationId, vacancy_id: change.vacancyId };
  if (change.cancellableUntilMs !== undefined) {
    await trx('referral_status').insert({ ...ids, preschool_id: change.preschoolId, issued_at: at, ...terms });
    return;
  }
  const latest = trx('referral_status').where(ids).max('issued_at');
  await trx('referral_status').where(ids).where('issued_at', latest).update(terms);
}
