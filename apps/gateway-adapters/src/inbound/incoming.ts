import { createHash } from 'node:crypto';
import type { MessageProof, Payload, ShepFault, SyncAnswer, Xml, XmlElement } from '#shep';
import type { Transaction } from '#storage';
import type { Peer } from '../peers/peer-book.ts';

/** A call of another system, read but not yet judged. */
export interface Incoming {
  readonly operation: string;
  readonly senderId: string;
  readonly password: string | undefined;
  readonly serviceId: string;
  readonly messageId: string;
  readonly correlationId: string | undefined;
  readonly messageDateMs: number;
  /** Of everything that a repeat of the same message must repeat. */
  readonly digest: string;
  /**
   * What the call brings about, in the caller's transaction, and the Body that answers it.
   *
   * @throws ShepFault to refuse; nothing of the transaction is then kept
   */
  answer(trx: Transaction, arrival: Arrival): Promise<Xml>;
}

/** From whom a call came, and when its bytes were here. */
export interface Arrival {
  readonly peer: Peer;
  /** Stamped at the socket, before any queue. */
  readonly receivedAtMs: number;
}

/** How one channel reads calls and words faults. */
export interface Channel {
  readonly name: string;
  /** @throws MessageUnreadable */
  read(operation: XmlElement, proof: MessageProof | undefined): Incoming;
  fault(operation: string | undefined, fault: ShepFault, atMs: number): Xml;
}

export type ServiceAnswer = SyncAnswer;

/** SHA-256 of parts that may be trees; base64url. */
export function digestOfParts(...parts: readonly (string | number | undefined | Payload | object)[]): string {
  const text = JSON.stringify(parts, (_, value: unknown) => (value instanceof Map ? [...value] : value));
  return createHash('sha256').update(text).digest('base64url');
}
