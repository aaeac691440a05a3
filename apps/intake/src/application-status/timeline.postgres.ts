import type { Transaction } from '#storage';

export type TimelineItem = { readonly atMs: number; readonly kind: string; readonly details: object };

/** What happened to an application, in the order it happened; nothing personal stands in it. */
export class Timeline {
  async add(trx: Transaction, applicationId: string, atMs: number, kind: string, details: object): Promise<void> {
    await trx('timeline').insert({
      application_id: applicationId,
      at: new Date(atMs),
      kind,
      details: JSON.stringify(details),
    });
  }

  async of(trx: Transaction, applicationId: string): Promise<readonly TimelineItem[]> {
    const rows = await trx('timeline')
      .where({ application_id: applicationId })
      .orderBy('id')
      .select<{ at: Date; kind: string; details: object }[]>('at', 'kind', 'details');
    return rows.map((row) => ({ atMs: row.at.getTime(), kind: row.kind, details: row.details }));
  }
}
