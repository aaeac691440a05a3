import {
  bracedGuid,
  readProperties,
  readSender,
  requiredText,
  requiredTime,
  type Sender,
  writeProperties,
  writeSender,
  type Property,
} from '../channel-fields.ts';
import { MessageUnreadable } from '../message-unreadable.ts';
import { formatShepTime, parseShepTime } from '../shep-time.ts';
import { childOf, childrenOf, textOf, type XmlElement } from '../xml-reader.ts';
import { xmlElement, xmlLeaf } from '../xml-writer.ts';
import {
  type AsyncMessage,
  type AsyncMessageToWrite,
  oneOf,
  readAsyncMessage,
  writeAsyncMessage,
} from './async-message.ts';
import { asyncClientTypes, asyncOperation } from './async-operation.ts';

export const messageStates = ['ON_DELIVERY', 'DELIVERED', 'NOT_DELIVERED', 'DELIVERY_STOPPED'] as const;
export type MessageState = (typeof messageStates)[number];

/** That a message was received; nothing about what becomes of it. */
export interface Receipt {
  readonly messageId: string;
  readonly correlationId: string;
  readonly responseDateMs: number;
  readonly sessionId: string | undefined;
}

/** Both a sender to the gateway and the gateway pushing to a receiver use it. */
export const sendMessage = asyncOperation<AsyncMessage, AsyncMessageToWrite, Receipt, Receipt>('sendMessage', {
  requestFields: writeAsyncMessage,
  request: readAsyncMessage,
  responseFields: (receipt) => [
    xmlLeaf('messageId', receipt.messageId),
    xmlLeaf('correlationId', receipt.correlationId),
    xmlLeaf('responseDate', formatShepTime(receipt.responseDateMs)),
    xmlLeaf('sessionId', receipt.sessionId && bracedGuid(receipt.sessionId)),
  ],
  response: (element) => ({
    messageId: requiredText(element, 'messageId'),
    correlationId: requiredText(element, 'correlationId'),
    responseDateMs: requiredTime(element, 'responseDate'),
    sessionId: textOf(element, 'sessionId'),
  }),
});

export interface MessagesWanted {
  readonly messageId: string | undefined;
  readonly correlationId: string | undefined;
  readonly serviceId: string;
  readonly sender: Sender | undefined;
  /** Undefined leaves it to the gateway. */
  readonly amount: number | undefined;
  readonly properties: readonly Property[];
}

/** One message of a pull, or what is known of one that cannot be read: it must not hold up the others. */
export type PulledMessage =
  | { readonly kind: 'message'; readonly message: AsyncMessage }
  | { readonly kind: 'unreadable'; readonly messageId: string | undefined; readonly reason: string };

export const getMessages = asyncOperation<
  MessagesWanted,
  MessagesWanted & { readonly requestDateMs: number },
  readonly PulledMessage[],
  { readonly messages: readonly AsyncMessageToWrite[]; readonly responseDateMs: number; readonly sessionId: string }
>('getMessages', {
  requestFields: (wanted) => [
    xmlLeaf('messageId', wanted.messageId),
    xmlLeaf('correlationId', wanted.correlationId),
    xmlLeaf('requestDate', formatShepTime(wanted.requestDateMs)),
    xmlLeaf('serviceId', wanted.serviceId),
    wanted.sender && writeSender(wanted.sender),
    xmlLeaf('amount', wanted.amount),
    ...writeProperties(wanted.properties),
  ],
  request: (element) => ({
    messageId: textOf(element, 'messageId'),
    correlationId: textOf(element, 'correlationId'),
    serviceId: requiredText(element, 'serviceId'),
    sender: readSender(childOf(element, 'sender')),
    amount: amountOf(textOf(element, 'amount')),
    properties: readProperties(element),
  }),
  responseFields: ({ messages, responseDateMs, sessionId }) => [
    xmlLeaf('responseDate', formatShepTime(responseDateMs)),
    xmlLeaf('sessionId', bracedGuid(sessionId)),
    ...messages.map((message) => xmlElement('messages', {}, ...writeAsyncMessage(message))),
  ],
  response: (element) => childrenOf(element, 'messages').map(readPulledMessage),
});

function readPulledMessage(element: XmlElement): PulledMessage {
  try {
    return { kind: 'message', message: readAsyncMessage(element) };
  } catch (error) {
    if (!(error instanceof MessageUnreadable)) throw error;
    const messageId = textOf(childOf(element, 'messageInfo'), 'messageId');
    return { kind: 'unreadable', messageId, reason: error.message };
  }
}

/** 0 and nonsense mean what absence means: the gateway's own number. */
function amountOf(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-9]\d{0,4}$/.test(text) ? Number(text) : undefined;
}

export interface StatusOfMessage {
  readonly statusCode: string;
  readonly statusMessage: string;
  readonly statusDateMs: number | undefined;
}

export const getMessageStatus = asyncOperation<
  { readonly messageId: string; readonly sender: Sender | undefined },
  { readonly messageId: string; readonly sender: Sender; readonly requestDateMs: number },
  { readonly messageState: MessageState; readonly status: StatusOfMessage },
  {
    readonly messageState: MessageState;
    readonly status: StatusOfMessage & { readonly statusDateMs: number };
    readonly responseDateMs: number;
  }
>('getMessageStatus', {
  requestFields: ({ messageId, requestDateMs, sender }) => [
    xmlLeaf('messageId', messageId),
    xmlLeaf('requestDate', formatShepTime(requestDateMs)),
    writeSender(sender),
  ],
  request: (element) => ({
    messageId: requiredText(element, 'messageId'),
    sender: readSender(childOf(element, 'sender')),
  }),
  responseFields: ({ messageState, status, responseDateMs }) => [
    xmlLeaf('messageState', messageState),
    writeStatus(status),
    xmlLeaf('responseDate', formatShepTime(responseDateMs)),
  ],
  response: (element) => ({
    messageState: oneOf(messageStates, requiredText(element, 'messageState'), 'messageState'),
    status: readStatus(childOf(element, 'status')),
  }),
});

function writeStatus(status: StatusOfMessage & { readonly statusDateMs: number }): ReturnType<typeof xmlElement> {
  return xmlElement(
    'status',
    {},
    xmlLeaf('statusCode', status.statusCode),
    xmlLeaf('statusMessage', status.statusMessage),
    xmlLeaf('statusDate', formatShepTime(status.statusDateMs)),
  );
}

function readStatus(element: ReturnType<typeof childOf>): StatusOfMessage {
  return {
    statusCode: textOf(element, 'statusCode') ?? '',
    statusMessage: textOf(element, 'statusMessage') ?? '',
    statusDateMs: parseShepTime(textOf(element, 'statusDate')),
  };
}

/** A push: what became of a message of ours. The name is misspelt in the protocol. */
export interface StatusNotification {
  readonly notificationId: string;
  readonly messageId: string;
  readonly notificationDateMs: number;
  readonly messageState: MessageState;
  readonly status: StatusOfMessage;
  readonly sessionId: string | undefined;
}

export const changeMassageStatusNotification = asyncOperation<
  StatusNotification,
  StatusNotification & {
    readonly status: StatusOfMessage & { readonly statusDateMs: number };
    readonly requestDateMs: number;
  },
  { readonly responseDateMs: number | undefined; readonly sessionId: string | undefined },
  { readonly responseDateMs: number; readonly sessionId: string }
>('changeMassageStatusNotification', {
  namespace: asyncClientTypes,
  requestFields: (notification) => [
    xmlElement(
      'notification',
      {},
      xmlLeaf('notificationId', notification.notificationId),
      xmlLeaf('messageId', notification.messageId),
      xmlLeaf('notificationDate', formatShepTime(notification.notificationDateMs)),
      xmlLeaf('messageState', notification.messageState),
      writeStatus(notification.status),
    ),
    xmlLeaf('requestDate', formatShepTime(notification.requestDateMs)),
    xmlLeaf('sessionId', notification.sessionId && bracedGuid(notification.sessionId)),
  ],
  request: (element) => {
    const notification = childOf(element, 'notification');
    return {
      notificationId: requiredText(notification, 'notificationId'),
      messageId: requiredText(notification, 'messageId'),
      notificationDateMs: requiredTime(notification, 'notificationDate'),
      messageState: oneOf(messageStates, requiredText(notification, 'messageState'), 'messageState'),
      status: readStatus(childOf(notification, 'status')),
      sessionId: textOf(element, 'sessionId'),
    };
  },
  responseFields: ({ responseDateMs, sessionId }) => [
    xmlLeaf('responseDate', formatShepTime(responseDateMs)),
    xmlLeaf('sessionId', bracedGuid(sessionId)),
  ],
  response: (element) => ({
    responseDateMs: parseShepTime(textOf(element, 'responseDate')),
    sessionId: textOf(element, 'sessionId'),
  }),
});
