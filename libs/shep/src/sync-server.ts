import { ShepFault } from './faults.ts';
import { MessageUnreadable } from './message-unreadable.ts';
import type { PayloadToWrite } from './payload.ts';
import { type MessageProof, type OpenMessage, openUnsigned, type SealMessage, writeEnvelope } from './soap-envelope.ts';
import { readSyncRequest, type SyncRequest, writeSyncFault, writeSyncResponse } from './sync-channel.ts';

/** What a service answers to a request it has processed. */
export interface SyncAnswer {
  readonly status: { readonly code: string; readonly message: string };
  readonly payload: PayloadToWrite | undefined;
}

export interface SyncServerParts {
  /** Refuses with a ShepFault; any other error becomes SCE909 and is handed to `onUnexpected`. */
  readonly answer: (request: SyncRequest, proof: MessageProof | undefined) => Promise<SyncAnswer>;
  readonly nowMs: () => number;
  readonly newId: () => string;
  readonly onUnexpected: (error: unknown) => void;
  /** How messages are opened; without it, without a signature. */
  readonly open?: OpenMessage;
  /** How answers are sealed; without it, without a signature. */
  readonly seal?: SealMessage;
}

/** An answer for HTTP: SOAP 1.1 puts faults on 500. */
export interface SoapReply {
  readonly httpStatus: 200 | 500;
  readonly body: string;
  readonly fault?: ShepFault;
}

/**
 * Answers one SendMessage given as bytes. Whatever a sender causes is a fault with a code.
 *
 * @throws only when an answer cannot be sealed: there is then nothing that may be said
 */
export async function answerSync(bytes: Uint8Array, parts: SyncServerParts): Promise<SoapReply> {
  const seal = parts.seal ?? ((body) => Promise.resolve(writeEnvelope(body)));
  try {
    const { operation, proof } = await (parts.open ?? openUnsigned())(bytes);
    const request = readSyncRequest(operation);
    const { status, payload } = await parts.answer(request, proof);
    const response = writeSyncResponse({
      messageId: parts.newId(),
      correlationId: request.messageId,
      responseDateMs: parts.nowMs(),
      status,
      sessionId: request.sessionId,
      payload,
    });
    return { httpStatus: 200, body: await seal(response) };
  } catch (error) {
    const fault = asFault(error, parts.onUnexpected);
    return { httpStatus: 500, body: await seal(writeSyncFault(fault, parts.nowMs())), fault };
  }
}

/** Any error as the fault the sender is told: what is not its doing is SCE909 and says nothing of ours. */
export function asFault(error: unknown, onUnexpected: (error: unknown) => void): ShepFault {
  if (error instanceof ShepFault) return error;
  if (error instanceof MessageUnreadable) return new ShepFault('SCE001', error.message);
  onUnexpected(error);
  return new ShepFault('SCE909', undefined);
}
