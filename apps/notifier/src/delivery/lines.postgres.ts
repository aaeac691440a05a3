import type { Transaction } from '#storage';
import type { NewDelivery } from './delivery.ts';

/**
 * Each application has a line of deliveries per channel, in the order of their causes. Its row in `application` is the
 * lock: who appends, makes the application known or takes from the front holds it to the end of the transaction.
 */
export class Lines {
  /**
   * Appends, in order. A delivery that is there already (the cause was met before) is left as it is.
   * @param atFront true for the receipt of the application: it comes first, even if decisions were read before it
   */
  async append(
    trx: Transaction,
    applicationId: string,
    deliveries: readonly NewDelivery[],
    { nowMs, atFront = false }: { readonly nowMs: number; readonly atFront?: boolean },
  ): Promise<void> {
    if (deliveries.length === 0) return;
    const { rows } = await trx.raw<{ rows: { next_place: number; opens_at: Date | null }[] }>(
      `insert into application (id, next_place) values (?, ?)
       on conflict (id) do update set next_place = application.next_place + ?
       returning next_place, opens_at`,
      [applicationId, 1 + deliveries.length, deliveries.length],
    );
    const { next_place: nextPlace, opens_at: opensAt } = rows[0]!;
    const firstPlace = atFront ? -deliveries.length : nextPlace - deliveries.length;
    const readyMs = ({ atOpening, readyAtMs }: NewDelivery): number =>
      atOpening && opensAt !== null ? Math.max(readyAtMs, opensAt.getTime()) : readyAtMs;
    await trx('delivery')
      .insert(
        deliveries.map((delivery, at) => ({
          id: delivery.deliveryId,
          application_id: applicationId,
          place: firstPlace + at,
          channel: delivery.channel,
          notice: delivery.notice,
          saying: delivery.saying === null ? null : JSON.stringify(delivery.saying),
          decided_at: new Date(delivery.decidedAtMs),
          answer_by: delivery.answerByMs === null ? null : new Date(delivery.answerByMs),
          at_opening: delivery.atOpening,
          ready_at: new Date(readyMs(delivery)),
          due_at: new Date(readyMs(delivery)),
          cause: JSON.stringify(delivery.cause),
          created_at: new Date(nowMs),
        })),
      )
      .onConflict('id')
      .ignore();
    await this.align(trx, applicationId);
  }

  /** Lets results wait for the opening, once it is known when that is. */
  async waitForOpening(trx: Transaction, applicationId: string): Promise<void> {
    await trx.raw(
      `update delivery set ready_at = greatest(ready_at, application.opens_at) from application
       where application.id = delivery.application_id and application.id = ? and at_opening and state = 'PENDING'
         and application.opens_at is not null`,
      [applicationId],
    );
    await this.align(trx, applicationId);
  }

  /** Holds the line of an application to the end of the transaction. To be called before what is at its front leaves it. */
  async hold(trx: Transaction, applicationId: string): Promise<void> {
    await trx.raw(`select from application where id = ? for update`, [applicationId]);
  }

  /**
   * Marks the first of each line, and says when each may go. What is earlier never keeps back an answer that is asked for
   * and must be heard now: it goes along, before it. Everything else waits for its turn.
   */
  async align(trx: Transaction, applicationId: string): Promise<void> {
    await trx.raw(
      `update delivery set head = aligned.head, due_at = aligned.due_at from (
         select id, row_number() over (partition by channel order by place) = 1 as head,
           least(ready_at, min(ready_at) filter (where answer_by is not null) over (
             partition by channel order by place rows between 1 following and unbounded following)) as due_at
         from delivery where application_id = ? and state = 'PENDING'
       ) as aligned
       where delivery.id = aligned.id and (delivery.head <> aligned.head or delivery.due_at <> aligned.due_at)`,
      [applicationId],
    );
  }
}
