import { PeerUnreachable, type PostOverHttp } from './http-exchange.ts';
import type { Property, Sender } from './channel-fields.ts';
import { MessageUnreadable } from './message-unreadable.ts';
import type { PayloadToWrite } from './payload.ts';
import { soapContentType } from './soap-envelope.ts';
import { readSyncResponse, type SyncResponse, writeSyncRequest } from './sync-channel.ts';
import { decodeUtf8, readXml } from './xml-reader.ts';

export interface SyncClientParts {
  readonly url: URL;
  readonly sender: Sender;
  readonly post: PostOverHttp;
  readonly nowMs: () => number;
  readonly timeoutMs: number;
  readonly answerBytesMax: number;
}

export interface SyncCall {
  /** Chosen by the caller and kept for every repeat, so that the other side can tell a repeat. */
  readonly messageId: string;
  readonly serviceId: string;
  readonly payload: PayloadToWrite | undefined;
  readonly routeId?: string;
  readonly correlationId?: string;
  readonly properties?: readonly Property[];
}

export type SendSync = (call: SyncCall) => Promise<SyncResponse>;

/**
 * A client of one SyncChannel address.
 *
 * @throws ShepFault when the other side refuses
 * @throws PeerUnreachable when there is no readable answer; the request may have been processed
 */
export function syncClient(parts: SyncClientParts): SendSync {
  return async (call) => {
    const body = writeSyncRequest({
      messageId: call.messageId,
      correlationId: call.correlationId,
      serviceId: call.serviceId,
      messageDateMs: parts.nowMs(),
      routeId: call.routeId,
      sender: parts.sender,
      properties: call.properties ?? [],
      sessionId: undefined,
      payload: call.payload,
    });
    const { url, timeoutMs, answerBytesMax } = parts;
    const headers = { 'content-type': soapContentType, soapaction: '""' };
    const answer = await parts.post({ url, headers, body, timeoutMs, answerBytesMax });
    return readAnswer(answer.body, answer.httpStatus);
  };
}

function readAnswer(body: Uint8Array, httpStatus: number): SyncResponse {
  try {
    return readSyncResponse(readXml(decodeUtf8(body)));
  } catch (error) {
    if (!(error instanceof MessageUnreadable)) throw error;
    throw new PeerUnreachable('answer-unreadable', `HTTP ${httpStatus}, ${error.message}`, { cause: error });
  }
}
