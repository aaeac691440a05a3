import { writeFault } from '../faults.ts';
import { MessageUnreadable } from '../message-unreadable.ts';
import {
  type MessageProof,
  type OpenMessage,
  openUnsigned,
  type SealMessage,
  writeEnvelope,
} from '../soap-envelope.ts';
import { asFault, type SoapReply } from '../sync-server.ts';
import type { XmlElement } from '../xml-reader.ts';
import type { Xml } from '../xml-writer.ts';
import { type AsyncOperation, asyncTypes } from './async-operation.ts';

/** One operation and who answers it. Made by `serve`, which keeps the types of the two together. */
export interface ServedOperation {
  readonly name: string;
  readonly namespace: string;
  readonly answer: (operation: XmlElement, proof: MessageProof | undefined) => Promise<Xml>;
}

/** Binds an operation to its handler; the handler refuses with a ShepFault. */
export function serve<Request, RequestToWrite, Response, ResponseToWrite>(
  operation: AsyncOperation<Request, RequestToWrite, Response, ResponseToWrite>,
  handle: (request: Request, proof: MessageProof | undefined) => Promise<ResponseToWrite>,
): ServedOperation {
  return {
    name: operation.name,
    namespace: operation.namespace,
    answer: async (element, proof) => operation.writeResponse(await handle(operation.readRequest(element), proof)),
  };
}

export interface AsyncServerParts {
  readonly operations: readonly ServedOperation[];
  readonly nowMs: () => number;
  readonly onUnexpected: (error: unknown) => void;
  readonly open?: OpenMessage;
  readonly seal?: SealMessage;
}

/**
 * Answers one call given as bytes, whichever of the served operations it is. Whatever a sender causes is a fault.
 *
 * @throws only when an answer cannot be sealed
 */
export async function answerAsync(bytes: Uint8Array, parts: AsyncServerParts): Promise<SoapReply> {
  const seal = parts.seal ?? ((body) => Promise.resolve(writeEnvelope(body)));
  let served: ServedOperation | undefined;
  try {
    const { operation, proof } = await (parts.open ?? openUnsigned())(bytes);
    // By local name: the wrapper of a push is in either of two namespaces.
    served = parts.operations.find(({ name }) => name === operation.name);
    if (!served) throw new MessageUnreadable(`unknown operation ${operation.name}`);
    return { httpStatus: 200, body: await seal(await served.answer(operation, proof)) };
  } catch (error) {
    const fault = asFault(error, parts.onUnexpected);
    const operation = served?.name ?? 'sendMessage';
    const body = writeFault(fault, operation, served?.namespace ?? asyncTypes, parts.nowMs());
    return { httpStatus: 500, body: await seal(body), fault };
  }
}
