import type { MessageOf } from '#contracts';
import type { AddToOutbox } from '#messaging';
import type { Keyring } from '#personal-data';
import type { Database, Transaction } from '#storage';
import { leaseMs } from '../limits.ts';
import type { CausedBy } from '../verification/checks.ts';
import {
  type Channel,
  channelOf,
  type Delivered,
  type Deliveries,
  type Outgoing,
  type TakenDelivery,
} from './deliveries.ts';

interface Row {
  id: string;
  line_id: string;
  channel: Channel;
  message_sealed: string;
  caused_by: CausedBy;
  asked_at: Date;
  attempts: number;
}

/** Table `gateway_delivery`: messages are sealed whole, they are letters to citizens. */
export class PostgresDeliveries implements Deliveries {
  readonly #database: Database;
  readonly #keyring: Keyring;
  readonly #addToOutbox: AddToOutbox;

  constructor(database: Database, keyring: Keyring, addToOutbox: AddToOutbox) {
    this.#database = database;
    this.#keyring = keyring;
    this.#addToOutbox = addToOutbox;
  }

  /** Keeps a message as due at once; the same delivery again changes nothing. */
  async add(trx: Transaction, message: Outgoing, causedBy: CausedBy): Promise<void> {
    const { deliveryId, applicationId } = message.value;
    const lineId =
      message.name === 'PortalRequestAnswered' ? (applicationId ?? message.value.dialogueId) : applicationId;
    await trx('gateway_delivery')
      .insert({
        id: deliveryId,
        line_id: lineId,
        channel: channelOf[message.name],
        message_sealed: this.#keyring.seal(JSON.stringify(message), context(deliveryId)),
        caused_by: JSON.stringify(causedBy),
      })
      .onConflict('id')
      .ignore();
  }

  async take(channel: Channel, count: number): Promise<readonly TakenDelivery[]> {
    const { rows } = await this.#database.raw<{ rows: Row[] }>(
      `update gateway_delivery set attempts = attempts + 1,
         next_attempt_at = clock_timestamp() + make_interval(secs => ?)
       where id in (
         select id from gateway_delivery due
         where completed_at is null and channel = ? and next_attempt_at <= clock_timestamp()
           and not exists (select from gateway_delivery earlier where earlier.completed_at is null
             and earlier.line_id = due.line_id and earlier.channel = due.channel
             and earlier.place < due.place)
         order by next_attempt_at limit ? for update skip locked)
       returning *`,
      [leaseMs / 1000, channel, count],
    );
    return rows.map((row) => ({
      deliveryId: row.id,
      lineId: row.line_id,
      channel: row.channel,
      message: JSON.parse(this.#keyring.open(row.message_sealed, context(row.id))) as Outgoing,
      causedBy: row.caused_by,
      attempt: row.attempts,
      askedAtMs: row.asked_at.getTime(),
    }));
  }

  async renew(deliveries: readonly TakenDelivery[]): Promise<void> {
    await this.#database.raw(
      `update gateway_delivery set next_attempt_at = clock_timestamp() + make_interval(secs => ?)
       where id = any(?) and completed_at is null and next_attempt_at < clock_timestamp() + make_interval(secs => ?)`,
      [leaseMs / 1000, deliveries.map((taken) => taken.deliveryId), leaseMs / 1000],
    );
  }

  async complete(delivery: TakenDelivery, delivered: Delivered): Promise<void> {
    const { deliveryId, lineId, channel, attempt } = delivery;
    const gatewayMessageId = delivered.outcome === 'DELIVERED' ? (delivered.gatewayMessageId ?? null) : null;
    await this.#database.transaction(async (trx) => {
      const { rows } = await trx.raw<{ rows: { completed_at: Date }[] }>(
        `update gateway_delivery set outcome = ?, gateway_message_id = ?,
           completed_at = date_trunc('milliseconds', clock_timestamp())
         where id = ? and completed_at is null returning completed_at`,
        [delivered.outcome, gatewayMessageId, deliveryId],
      );
      const [completed] = rows;
      if (!completed || channel === 'PORTAL') return;
      const value: MessageOf<'GatewayDeliveryCompleted'> = {
        deliveryId,
        applicationId: lineId,
        channel,
        outcome: delivered.outcome,
        reason: delivered.outcome === 'REFUSED' ? delivered.reason : null,
        attempts: attempt,
        completedAtMs: completed.completed_at.getTime(),
      };
      const topic = 'kezek.gateway.outcomes';
      const name = 'GatewayDeliveryCompleted';
      await this.#addToOutbox(trx, { topic, key: lineId, name, value, ...delivery.causedBy });
    });
  }

  /** Keeps what the gateway says of a message that it has; the last word wins. @returns whether it is one of ours */
  async noteState(trx: Transaction, gatewayMessageId: string, state: string): Promise<boolean> {
    // A state may overtake the receipt that tells the gateway's id; our own id is then all there is.
    const { rowCount } = await trx.raw<{ rowCount: number }>(
      'update gateway_delivery set gateway_state = ? where gateway_message_id = ? or id::text = ?',
      [state, gatewayMessageId, gatewayMessageId],
    );
    return rowCount > 0;
  }

  async delay({ deliveryId, attempt }: TakenDelivery, problem: string, nextAttemptInMs: number): Promise<void> {
    await this.#database.raw(
      `update gateway_delivery set last_problem = ?, next_attempt_at = clock_timestamp() + make_interval(secs => ?)
       where id = ? and completed_at is null and attempts = ?`,
      [problem, nextAttemptInMs / 1000, deliveryId, attempt],
    );
  }
}

function context(id: string): string {
  return `gateway_delivery/message/${id}`;
}
