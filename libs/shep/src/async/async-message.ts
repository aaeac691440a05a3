import {
  bracedGuid,
  type Property,
  readProperties,
  readSender,
  requiredText,
  requiredTime,
  type Sender,
  writeProperties,
  writeSender,
} from '../channel-fields.ts';
import { MessageUnreadable } from '../message-unreadable.ts';
import { type Payload, type PayloadToWrite, readData, writeData } from '../payload.ts';
import { formatShepTime } from '../shep-time.ts';
import { childOf, textOf, type XmlElement } from '../xml-reader.ts';
import { type Xml, xmlElement, xmlLeaf } from '../xml-writer.ts';

export const messageTypes = ['REQUEST', 'NOTIFICATION', 'UPDATE', 'RESPONSE'] as const;
export type MessageType = (typeof messageTypes)[number];

interface AsyncMessageInfo {
  /** Made by the gateway: a sender of a REQUEST leaves it out. */
  readonly messageId: string | undefined;
  /** Made by the gateway for a REQUEST; everything that answers it carries it. */
  readonly correlationId: string | undefined;
  readonly serviceId: string;
  readonly messageType: MessageType;
  readonly routeId: string | undefined;
  readonly messageDateMs: number;
  readonly sender: Sender;
  readonly properties: readonly Property[];
  readonly sessionId: string | undefined;
}

export type AsyncMessage = AsyncMessageInfo & { readonly payload: Payload | undefined };
export type AsyncMessageToWrite = AsyncMessageInfo & { readonly payload: PayloadToWrite | undefined };

/** Writes messageInfo and messageData; type and route stand before the date, other than in SyncChannel. */
export function writeAsyncMessage(message: AsyncMessageToWrite): readonly Xml[] {
  const info = xmlElement(
    'messageInfo',
    {},
    xmlLeaf('messageId', message.messageId),
    xmlLeaf('correlationId', message.correlationId),
    xmlLeaf('serviceId', message.serviceId),
    xmlLeaf('messageType', message.messageType),
    xmlLeaf('routeId', message.routeId),
    xmlLeaf('messageDate', formatShepTime(message.messageDateMs)),
    writeSender(message.sender),
    ...writeProperties(message.properties),
    xmlLeaf('sessionId', message.sessionId && bracedGuid(message.sessionId)),
  );
  // `data` is required here, even when there is nothing in it.
  return [info, xmlElement('messageData', {}, writeData(message.payload) ?? xmlElement('data', {}))];
}

/** Reads messageInfo and messageData out of their parent. @throws MessageUnreadable */
export function readAsyncMessage(parent: XmlElement): AsyncMessage {
  const info = childOf(parent, 'messageInfo');
  const sender = readSender(childOf(info, 'sender'));
  if (!sender) throw new MessageUnreadable('sender/senderId is missing');
  return {
    messageId: textOf(info, 'messageId'),
    correlationId: textOf(info, 'correlationId'),
    serviceId: requiredText(info, 'serviceId'),
    messageType: oneOf(messageTypes, requiredText(info, 'messageType'), 'messageType'),
    routeId: textOf(info, 'routeId'),
    messageDateMs: requiredTime(info, 'messageDate'),
    sender,
    properties: readProperties(info),
    sessionId: textOf(info, 'sessionId'),
    payload: readData(childOf(childOf(parent, 'messageData'), 'data')),
  };
}

/** One of a closed list of words. @throws MessageUnreadable */
export function oneOf<W extends string>(words: readonly W[], text: string, field: string): W {
  const word = words.find((known) => known === text);
  if (word === undefined) throw new MessageUnreadable(`${field} is none of ${words.join(', ')}`);
  return word;
}
