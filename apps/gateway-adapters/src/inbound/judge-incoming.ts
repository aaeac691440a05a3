import { timingSafeEqual, createHash } from 'node:crypto';
import { type MessageProof, ShepFault } from '#shep';
import type { Peer } from '../peers/peer-book.ts';
import type { Incoming } from './incoming.ts';

/**
 * Who calls, and may they? By signature where there is one, else by sender and password where a peer has none.
 *
 * @throws ShepFault SCE001 for a sender nobody speaks for, SCE007 for a missing signature
 */
export function peerOf(peers: readonly Peer[], incoming: Incoming, proof: MessageProof | undefined): Peer {
  if (proof) {
    const peer = peers.find(({ name }) => name === proof.peer);
    if (peer && speaksFor(peer, incoming.senderId)) return peer;
    throw new ShepFault('SCE001', 'the signer does not speak for this sender');
  }
  const unsigned = peers.filter((peer) => peer.signature === 'none');
  const known = unsigned.find((peer) => speaksFor(peer, incoming.senderId) && hasPassword(peer, incoming.password));
  if (known) return known;
  // A sender of a signing peer is told what is missing; a stranger is told no more than that.
  throw unsigned.length === 0
    ? new ShepFault('SCE007', undefined)
    : new ShepFault('SCE001', 'sender or password is wrong');
}

/** Whether a peer may send in this sender's name. */
export function speaksFor({ senderIds }: Peer, senderId: string): boolean {
  return senderIds.includes('*') || senderIds.includes(senderId);
}

function hasPassword({ password }: Peer, given: string | undefined): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return password !== undefined && timingSafeEqual(digest(password), digest(given ?? ''));
}

/** Refuses messages that are too old to be new or from a clock that is wrong. @throws ShepFault SCE001 */
export function requireInWindow({ dateWindow }: Peer, { messageDateMs }: Incoming, nowMs: number): void {
  if (dateWindow === 'off') return;
  if (messageDateMs < nowMs - dateWindow.pastMs) throw new ShepFault('SCE001', 'messageDate is too long ago');
  if (messageDateMs > nowMs + dateWindow.futureMs) throw new ShepFault('SCE001', 'messageDate is in the future');
}
