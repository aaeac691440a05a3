import { randomUUID } from 'node:crypto';
import type { Database, Transaction } from '#storage';

/** A conversation with a portal: one request, any number of notifications, one response. */
export interface Dialogue {
  readonly dialogueId: string;
  readonly serviceId: string;
  readonly correlationId: string;
  readonly requestNumber: string;
  /** An application came of it and is not over: its news go on here. */
  readonly goesOn: boolean;
}

interface Row {
  id: string;
  service_id: string;
  correlation_id: string;
  request_number: string;
  application_id: string | null;
  closed_at: Date | null;
}

/** Table `portal_dialogue`: the only place that knows which correlation id of the outside is which dialogue of ours. */
export class Dialogues {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The dialogue of a correlation id; a new one the first time. */
  async open(
    trx: Transaction,
    {
      peer,
      serviceId,
      correlationId,
    }: { readonly peer: string; readonly serviceId: string; readonly correlationId: string },
  ): Promise<string> {
    const { rows } = await trx.raw<{ rows: { id: string }[] }>(
      `insert into portal_dialogue (id, peer, service_id, correlation_id, request_number) values (?, ?, ?, ?, '')
       on conflict (peer, correlation_id) do update set service_id = excluded.service_id returning id`,
      [randomUUID(), peer, serviceId, correlationId],
    );
    return rows[0]!.id;
  }

  async number(trx: Transaction, dialogueId: string, requestNumber: string): Promise<void> {
    await trx('portal_dialogue').where({ id: dialogueId }).update({ request_number: requestNumber });
  }

  /** Ties the dialogue to the application that came of it, so that its later news go the same way. */
  async tie(trx: Transaction, dialogueId: string, applicationId: string): Promise<void> {
    await trx('portal_dialogue')
      .where({ id: dialogueId, application_id: null })
      .update({ application_id: applicationId });
  }

  /**
   * Closes a dialogue for the response of one delivery, before it is sent: what comes later takes another way, however
   * long the sending takes. The same delivery, tried again, gets the same dialogue.
   * @param of the dialogue, or the application whose open dialogue is meant
   * @returns undefined where there is none, or another delivery has ended it
   */
  async end(
    of: { readonly id: string } | { readonly application_id: string },
    deliveryId: string,
  ): Promise<Dialogue | undefined> {
    const [column, value] = Object.entries(of)[0]!;
    const { rows } = await this.#database.raw<{ rows: Row[] }>(
      `update portal_dialogue set closed_at = coalesce(closed_at, clock_timestamp()), ended_by = ?
       where id = (select id from portal_dialogue where ?? = ? and (closed_at is null or ended_by = ?)
         order by opened_at limit 1 for update)
       returning id, service_id, correlation_id, request_number, application_id, closed_at`,
      [deliveryId, column, value, deliveryId],
    );
    return dialogueOf(rows[0]);
  }

  async byId(dialogueId: string): Promise<Dialogue | undefined> {
    return dialogueOf(await this.#database('portal_dialogue').where({ id: dialogueId }).first<Row | undefined>());
  }

  /** The open dialogue in which an application was made, or undefined when it came another way. */
  async ofApplication(applicationId: string, trx?: Transaction): Promise<Dialogue | undefined> {
    const found = await (trx ?? this.#database)('portal_dialogue')
      .where({ application_id: applicationId, closed_at: null })
      .orderBy('opened_at')
      .first<Row | undefined>();
    return dialogueOf(found);
  }
}

function dialogueOf(row: Row | undefined): Dialogue | undefined {
  if (!row) return undefined;
  const { id, service_id, correlation_id, request_number } = row;
  const goesOn = row.application_id !== null && row.closed_at === null;
  return {
    dialogueId: id,
    serviceId: service_id,
    correlationId: correlation_id,
    requestNumber: request_number,
    goesOn,
  };
}
