import type { Sender } from '../channel-fields.ts';
import { readFault } from '../faults.ts';
import { exchange, type SoapWay } from '../soap-exchange.ts';
import type { XmlElement } from '../xml-reader.ts';
import type { AsyncMessageToWrite } from './async-message.ts';
import type { AsyncOperation } from './async-operation.ts';
import {
  getMessages,
  getMessageStatus,
  type MessagesWanted,
  type PulledMessage,
  type Receipt,
  sendMessage,
} from './async-operations.ts';
import { type DeliveryNotification, sendDeliveryNotification } from './delivery-notification.ts';

export interface AsyncClientParts extends SoapWay {
  readonly sender: Sender;
  readonly nowMs: () => number;
}

type MessageState = ReturnType<typeof getMessageStatus.readResponse>;

/**
 * A client of the gateway's AsyncChannel. Every call throws as `syncClient` does: ShepFault, PeerUnreachable,
 * SignerUnavailable.
 */
export interface AsyncClient {
  /** The receipt says which ids the gateway gave; for a REQUEST leave them out. */
  sendMessage(message: Omit<AsyncMessageToWrite, 'sender' | 'messageDateMs'>): Promise<Receipt>;
  getMessages(wanted: Omit<MessagesWanted, 'sender'>): Promise<readonly PulledMessage[]>;
  getMessageStatus(messageId: string): Promise<MessageState>;
  /** A puller confirms with it what it took. */
  sendDeliveryNotification(notification: Omit<DeliveryNotification, 'sender' | 'notificationDateMs'>): Promise<void>;
}

/** A client of one AsyncChannel address. */
export function asyncClient(parts: AsyncClientParts): AsyncClient {
  const { sender, nowMs } = parts;
  return {
    sendMessage: (message) =>
      callAsync(parts, sendMessage, { ...message, sender, messageDateMs: nowMs() }, subject(message)),
    getMessages: (wanted) =>
      callAsync(parts, getMessages, { ...wanted, sender, requestDateMs: nowMs() }, subject(wanted)),
    getMessageStatus: (messageId) =>
      callAsync(parts, getMessageStatus, { messageId, sender, requestDateMs: nowMs() }, subject({ messageId })),
    async sendDeliveryNotification(notification) {
      const now = nowMs();
      const request = { ...notification, sender, notificationDateMs: now, requestDateMs: now };
      await callAsync(parts, sendDeliveryNotification, request, subject(notification));
    },
  };
}

type Subject = {
  readonly serviceId?: string;
  readonly messageId?: string | undefined;
  readonly correlationId?: string | undefined;
};

function subject({ serviceId = '', messageId = '', correlationId }: Subject): {
  readonly serviceId: string;
  readonly messageId: string;
  readonly correlationId: string | undefined;
} {
  return { serviceId, messageId, correlationId };
}

/** Calls one operation; also what a simulated gateway uses to push. @throws as `syncClient` */
export async function callAsync<Request, RequestToWrite, Response, ResponseToWrite>(
  way: SoapWay,
  operation: AsyncOperation<Request, RequestToWrite, Response, ResponseToWrite>,
  request: RequestToWrite,
  about: Subject,
): Promise<Response> {
  const read = (element: XmlElement): Response => {
    if (element.name === 'Fault') throw readFault(element);
    return operation.readResponse(element);
  };
  return exchange(way, operation.writeRequest(request), read, subject(about));
}
