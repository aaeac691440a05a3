import { randomUUID } from 'node:crypto';
import {
  type AsyncMessage,
  asyncClientTypes,
  asyncTypes,
  changeMassageStatusNotification,
  MessageUnreadable,
  sendMessage,
  type StatusNotification,
  writeFault,
} from '#shep';
import type { Transaction } from '#storage';
import { type Arrival, type Channel, digestOfParts, type Incoming } from './incoming.ts';

/** What is done with what the gateway pushes to us. Both refuse with a ShepFault. */
export interface PushHandlers {
  message(trx: Transaction, message: AsyncMessage & { readonly messageId: string }, arrival: Arrival): Promise<void>;
  status(trx: Transaction, notification: StatusNotification, arrival: Arrival): Promise<void>;
}

/** The receiver's side of AsyncChannel: a message is acknowledged when it is stored, whatever becomes of it. */
export function asyncPushes(handlers: PushHandlers, nowMs: () => number): Channel {
  const namespaceOf = (operation: string | undefined): string =>
    operation === changeMassageStatusNotification.name ? asyncClientTypes : asyncTypes;
  return {
    name: 'async',
    read(operation) {
      if (operation.name === sendMessage.name)
        return incomingMessage(sendMessage.readRequest(operation), handlers.message, nowMs);
      if (operation.name === changeMassageStatusNotification.name) {
        return pushedStatus(changeMassageStatusNotification.readRequest(operation), handlers, nowMs);
      }
      throw new MessageUnreadable(`unknown operation ${operation.name}`);
    },
    fault: (operation, fault, atMs) => writeFault(fault, operation ?? sendMessage.name, namespaceOf(operation), atMs),
  };
}

/** A message of AsyncChannel, pushed to us or pulled by us. @throws MessageUnreadable without the gateway's ids */
export function incomingMessage(message: AsyncMessage, take: PushHandlers['message'], nowMs: () => number): Incoming {
  const { messageId, correlationId, sender, serviceId, messageType, routeId, properties, payload } = message;
  if (messageId === undefined || correlationId === undefined) {
    throw new MessageUnreadable('a message has the ids that the gateway gave it');
  }
  return {
    operation: sendMessage.name,
    senderId: sender.senderId,
    password: sender.password,
    serviceId,
    messageId,
    correlationId,
    messageDateMs: message.messageDateMs,
    digest: digestOfParts(serviceId, correlationId, messageType, routeId, properties, payload),
    async answer(trx, arrival) {
      await take(trx, { ...message, messageId }, arrival);
      return sendMessage.writeResponse({
        messageId,
        correlationId,
        responseDateMs: nowMs(),
        sessionId: message.sessionId,
      });
    },
  };
}

function pushedStatus(notification: StatusNotification, handlers: PushHandlers, nowMs: () => number): Incoming {
  const { notificationId, messageId, messageState, status, sessionId } = notification;
  return {
    operation: changeMassageStatusNotification.name,
    // The operation has no sender: the gateway itself speaks, so only a peer that speaks for everybody may.
    senderId: '*',
    password: undefined,
    serviceId: changeMassageStatusNotification.name,
    messageId: notificationId,
    correlationId: messageId,
    messageDateMs: notification.notificationDateMs,
    digest: digestOfParts(messageId, messageState, status),
    async answer(trx, arrival) {
      await handlers.status(trx, notification, arrival);
      return changeMassageStatusNotification.writeResponse({
        responseDateMs: nowMs(),
        sessionId: sessionId ?? randomUUID(),
      });
    },
  };
}
