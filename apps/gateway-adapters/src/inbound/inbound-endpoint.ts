import { randomUUID } from 'node:crypto';
import {
  asFault,
  type MessageProof,
  type OpenMessage,
  type SealMessage,
  ShepFault,
  type SoapReply,
  writeEnvelope,
  type Xml,
} from '#shep';
import { type Evidence, EvidenceUnwritable } from '../evidence/evidence.ts';
import type { Peer, PeerBook } from '../peers/peer-book.ts';
import type { Channel, Incoming } from './incoming.ts';
import type { InboundMessages } from './inbound-messages.postgres.ts';
import { peerOf, requireInWindow } from './judge-incoming.ts';

export interface InboundEndpointParts {
  readonly channel: Channel;
  readonly peers: PeerBook;
  readonly open: OpenMessage;
  readonly seal: SealMessage;
  readonly messages: InboundMessages;
  readonly evidence: Evidence;
  readonly nowMs: () => number;
  readonly onUnexpected: (error: unknown) => void;
}

/** A call on its way through: what is known of it so far. */
interface Call {
  readonly exchangeId: string;
  readonly receivedAtMs: number;
  incoming?: Incoming;
  peer?: Peer;
  proof?: MessageProof | undefined;
}

/**
 * One address that other systems call. Opens the message, judges it, keeps evidence of it, does once what it says, and keeps
 * evidence of the answer before it leaves. Never throws: what a sender causes is a fault with a code, what we cause is SCE909.
 */
export function inboundEndpoint(
  parts: InboundEndpointParts,
): (bytes: Uint8Array, receivedAtMs: number) => Promise<SoapReply> {
  return async (bytes, receivedAtMs) => {
    const call: Call = { exchangeId: randomUUID(), receivedAtMs };
    try {
      const answered = await answerOrFault(parts, call, bytes);
      const body = await parts.seal(answered.xml);
      const reply: SoapReply = answered.fault
        ? { httpStatus: 500, body, fault: answered.fault }
        : { httpStatus: 200, body };
      await witness(parts, call, 'ANSWER', Buffer.from(body), outcomeOf(answered.fault, 'answered', 'fault'));
      return reply;
    } catch (error) {
      // Without evidence or without a signature nothing may be said but this.
      parts.onUnexpected(error);
      const fault = new ShepFault('SCE909', undefined);
      const xml = parts.channel.fault(call.incoming?.operation, fault, parts.nowMs());
      return { httpStatus: 500, body: writeEnvelope(xml), fault };
    }
  };
}

interface Answered {
  readonly xml: Xml;
  readonly fault?: ShepFault;
}

async function answerOrFault(parts: InboundEndpointParts, call: Call, bytes: Uint8Array): Promise<Answered> {
  let refused: ShepFault | undefined;
  try {
    await judge(parts, call, bytes);
  } catch (error) {
    refused = asFault(error, parts.onUnexpected);
  }
  await witness(parts, call, 'REQUEST', bytes, outcomeOf(refused, 'accepted', 'refused'));
  try {
    if (refused) throw refused;
    return { xml: await parts.messages.once(call.incoming!, { peer: call.peer!, receivedAtMs: call.receivedAtMs }) };
  } catch (error) {
    const fault = asFault(error, parts.onUnexpected);
    return { xml: parts.channel.fault(call.incoming?.operation, fault, parts.nowMs()), fault };
  }
}

async function judge(parts: InboundEndpointParts, call: Call, bytes: Uint8Array): Promise<void> {
  const { operation, proof } = await parts.open(bytes);
  call.proof = proof;
  call.incoming = parts.channel.read(operation, proof);
  call.peer = peerOf(parts.peers.peers(), call.incoming, proof);
  requireInWindow(call.peer, call.incoming, call.receivedAtMs);
}

function outcomeOf(fault: ShepFault | undefined, well: string, badly: string): string {
  return fault ? `${badly} ${fault.code}` : well;
}

async function witness(
  { evidence, nowMs, channel }: InboundEndpointParts,
  { exchangeId, incoming, peer, proof }: Call,
  part: 'REQUEST' | 'ANSWER',
  bytes: Uint8Array,
  outcome: string,
): Promise<void> {
  const request = part === 'REQUEST';
  try {
    await evidence.write({
      atMs: nowMs(),
      exchangeId,
      direction: 'IN',
      part,
      peer: peer?.name ?? 'stranger',
      serviceId: incoming?.serviceId ?? channel.name,
      messageId: incoming?.messageId ?? '',
      correlationId: incoming?.correlationId ?? null,
      outcome,
      fingerprint: request ? (proof?.fingerprint ?? null) : null,
      signature: request ? (proof?.signature ?? null) : null,
      bytes,
      keepAll: peer !== undefined,
    });
  } catch (error) {
    if (error instanceof EvidenceUnwritable) throw error;
    throw new EvidenceUnwritable(error);
  }
}
