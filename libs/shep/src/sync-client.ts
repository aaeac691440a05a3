import type { Property, Sender } from './channel-fields.ts';
import type { ExchangeSubject } from './http-exchange.ts';
import type { PayloadToWrite } from './payload.ts';
import { exchange, type SoapWay } from './soap-exchange.ts';
import { readSyncResponse, type SyncResponse, writeSyncRequest } from './sync-channel.ts';

export interface SyncClientParts extends SoapWay {
  readonly sender: Sender;
  readonly nowMs: () => number;
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
 * @throws SignerUnavailable when nothing was sent, for want of a signature
 */
export function syncClient(parts: SyncClientParts): SendSync {
  return async (call) => {
    const request = writeSyncRequest({
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
    const { serviceId, messageId, correlationId } = call;
    const about: ExchangeSubject = { serviceId, messageId, correlationId };
    return exchange(parts, request, readSyncResponse, about);
  };
}
