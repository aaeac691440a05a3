import type { AddToOutbox } from '#messaging';
import { type AsyncMessage, type Payload, ShepFault, type SyncRequest } from '#shep';
import type { Transaction } from '#storage';
import type { Arrival, ServiceAnswer } from '../inbound/incoming.ts';
import type { Dialogues } from './dialogues.postgres.ts';
import { readPortalRequest } from './portal-request.ts';

interface Taken {
  readonly serviceId: string;
  readonly correlationId: string;
  readonly messageDateMs: number;
  readonly payload: Payload | undefined;
}

/** Passes what portals send on to intake; the acknowledgement means "received" and nothing else. */
export class TakePortalMessage {
  readonly #dialogues: Dialogues;
  readonly #addToOutbox: AddToOutbox;

  constructor(dialogues: Dialogues, addToOutbox: AddToOutbox) {
    this.#dialogues = dialogues;
    this.#addToOutbox = addToOutbox;
  }

  /** A push of AsyncChannel. @throws ShepFault SCE001 */
  async pushed(
    trx: Transaction,
    message: AsyncMessage & { readonly messageId: string },
    arrival: Arrival,
  ): Promise<void> {
    const { messageType, correlationId } = message;
    if (messageType !== 'REQUEST' && messageType !== 'UPDATE') {
      throw new ShepFault('SCE001', `a portal sends REQUEST or UPDATE, not ${messageType}`);
    }
    await this.#take(trx, { ...message, correlationId: correlationId ?? message.messageId }, arrival);
  }

  /** A portal that calls over SyncChannel and asks nothing of it but the receipt. @throws ShepFault SCE001 */
  async called(trx: Transaction, request: SyncRequest, arrival: Arrival): Promise<ServiceAnswer> {
    await this.#take(trx, { ...request, correlationId: request.correlationId ?? request.messageId }, arrival);
    return { status: { code: 'SCSS001', message: 'The message was received' }, payload: undefined };
  }

  async #take(trx: Transaction, taken: Taken, { peer, receivedAtMs }: Arrival): Promise<void> {
    const { serviceId, correlationId, messageDateMs, payload } = taken;
    const dialogueId = await this.#dialogues.open(trx, { peer: peer.name, serviceId, correlationId });
    const request = readPortalRequest(payload, { dialogueId, messageDateMs, receivedAtMs });
    await this.#dialogues.number(trx, dialogueId, request.value.portalRequestNumber);
    await this.#addToOutbox(trx, { topic: 'kezek.gateway.inbound', key: dialogueId, ...request });
  }
}
