import {
  bracedGuid,
  type Property,
  readProperties,
  readSender,
  requiredText,
  requiredTime,
  type Sender,
  wrapped,
  writeProperties,
  writeSender,
} from './channel-fields.ts';
import { cutText, readFault, type ShepFault, writeFault } from './faults.ts';
import { MessageUnreadable } from './message-unreadable.ts';
import { type Payload, type PayloadToWrite, readData, writeData } from './payload.ts';
import { formatShepTime, parseShepTime } from './shep-time.ts';
import { childOf, textOf, type XmlElement } from './xml-reader.ts';
import { type Xml, xmlElement, xmlLeaf } from './xml-writer.ts';

export const syncTypesNamespace = 'http://bip.bee.kz/SyncChannel/v10/Types';

interface SyncRequestInfo {
  /** The sender's own id: kept for every repeat of the same request. */
  readonly messageId: string;
  readonly correlationId: string | undefined;
  readonly serviceId: string;
  readonly messageDateMs: number;
  readonly routeId: string | undefined;
  readonly sender: Sender;
  readonly properties: readonly Property[];
  /** Set by the gateway, not by the sender. */
  readonly sessionId: string | undefined;
}

export type SyncRequest = SyncRequestInfo & { readonly payload: Payload | undefined };
export type SyncRequestToWrite = SyncRequestInfo & { readonly payload: PayloadToWrite | undefined };

interface SyncResponseInfo {
  readonly messageId: string;
  readonly correlationId: string | undefined;
  /** Undefined when the other side sent something that is not a date. */
  readonly responseDateMs: number | undefined;
  readonly status: { readonly code: string; readonly message: string };
  readonly sessionId: string | undefined;
}

export type SyncResponse = SyncResponseInfo & { readonly payload: Payload | undefined };
export type SyncResponseToWrite = Omit<SyncResponseInfo, 'responseDateMs'> & {
  readonly responseDateMs: number;
  readonly payload: PayloadToWrite | undefined;
};

/** Writes the Body of SendMessage: children unqualified, in the order of the schema. */
export function writeSyncRequest(request: SyncRequestToWrite): Xml {
  const info = xmlElement(
    'requestInfo',
    {},
    xmlLeaf('messageId', request.messageId),
    xmlLeaf('correlationId', request.correlationId),
    xmlLeaf('serviceId', request.serviceId),
    xmlLeaf('messageDate', formatShepTime(request.messageDateMs)),
    xmlLeaf('routeId', request.routeId),
    writeSender(request.sender),
    ...writeProperties(request.properties),
    xmlLeaf('sessionId', request.sessionId && bracedGuid(request.sessionId)),
  );
  const data = xmlElement('requestData', {}, writeData(request.payload));
  return wrapper('SendMessage', xmlElement('request', {}, info, data));
}

/** Writes the Body of SendMessageResponse. */
export function writeSyncResponse(response: SyncResponseToWrite): Xml {
  const { code, message } = response.status;
  const info = xmlElement(
    'responseInfo',
    {},
    xmlLeaf('messageId', response.messageId),
    xmlLeaf('correlationId', response.correlationId),
    xmlLeaf('responseDate', formatShepTime(response.responseDateMs)),
    xmlElement('status', {}, xmlLeaf('code', code), xmlLeaf('message', cutText(message))),
    xmlLeaf('sessionId', response.sessionId && bracedGuid(response.sessionId)),
  );
  const data = xmlElement('responseData', {}, writeData(response.payload));
  return wrapper('SendMessageResponse', xmlElement('response', {}, info, data));
}

/** Writes the Body of a fault of SendMessage. */
export function writeSyncFault(fault: ShepFault, atMs: number): Xml {
  return writeFault(fault, 'SendMessage', syncTypesNamespace, atMs);
}

function wrapper(name: string, inside: Xml): Xml {
  return xmlElement(`t:${name}`, { 'xmlns:t': syncTypesNamespace }, inside);
}

/** Known spellings of the wrapper: the consent service's own examples call it otherwise. */
const requestWrappers = new Set(['SendMessage', 'SendMessageRequest', 'sendMessageRequest']);

/**
 * Reads a SendMessage, the one element of a Body, tolerantly: by local name, in any order, empty as absent.
 *
 * @throws MessageUnreadable
 */
export function readSyncRequest(operation: XmlElement): SyncRequest {
  if (!requestWrappers.has(operation.name)) throw new MessageUnreadable(`unknown operation ${operation.name}`);
  const request = wrapped(operation, 'request');
  const info = childOf(request, 'requestInfo');
  const sender = readSender(childOf(info, 'sender'));
  if (!sender) throw new MessageUnreadable('sender/senderId is missing');
  return {
    messageId: requiredText(info, 'messageId'),
    correlationId: textOf(info, 'correlationId'),
    serviceId: requiredText(info, 'serviceId'),
    messageDateMs: requiredTime(info, 'messageDate'),
    routeId: textOf(info, 'routeId'),
    sender,
    properties: readProperties(info),
    sessionId: textOf(info, 'sessionId'),
    payload: readData(childOf(childOf(request, 'requestData'), 'data')),
  };
}

/**
 * Reads the answer to a SendMessage, the one element of a Body.
 *
 * @throws ShepFault the fault the other side sent
 * @throws MessageUnreadable when its answer is no answer
 */
export function readSyncResponse(operation: XmlElement): SyncResponse {
  if (operation.name === 'Fault') throw readFault(operation);
  const response = wrapped(operation, 'response');
  const info = childOf(response, 'responseInfo');
  const status = childOf(info, 'status');
  return {
    messageId: textOf(info, 'messageId') ?? '',
    correlationId: textOf(info, 'correlationId'),
    responseDateMs: parseShepTime(textOf(info, 'responseDate')),
    status: { code: requiredText(status, 'code'), message: textOf(status, 'message') ?? '' },
    sessionId: textOf(info, 'sessionId'),
    payload: readData(childOf(childOf(response, 'responseData'), 'data')),
  };
}

const successCodes = new Set(['SCSS001', 'SUCCESS', 'OK', '00000', '1']);

/** Whether a status code says that the request was processed; there is no one published list. */
export function isSuccess(code: string): boolean {
  return successCodes.has(code.trim().toUpperCase());
}
