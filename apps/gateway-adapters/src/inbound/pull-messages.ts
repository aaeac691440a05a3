import { type AsyncClient, MessageUnreadable, type PulledMessage, ShepFault } from '#shep';
import { exchangeProblem } from '../delivery/delivery-problem.ts';
import { SourceProblem } from '../failures.ts';
import { pulledAtOnceMax } from '../limits.ts';
import type { Peer } from '../peers/peer-book.ts';
import { incomingMessage, type PushHandlers } from './async-pushes.ts';
import type { InboundMessages } from './inbound-messages.postgres.ts';
import { speaksFor } from './judge-incoming.ts';

export interface PullParts {
  readonly client: AsyncClient;
  /** The gateway that hands messages out; undefined while the peer book does not name it. */
  readonly gateway: () => Peer | undefined;
  readonly messages: InboundMessages;
  readonly take: PushHandlers['message'];
  readonly nowMs: () => number;
  /** Told of each message that was not accepted, with codes only. */
  readonly onRefused: (serviceId: string, messageId: string | undefined, reason: string) => void;
}

/** How many of a pull's messages were accepted, and how many refused for good. */
export interface Pulled {
  readonly accepted: number;
  readonly refused: number;
}

/**
 * Takes what waits for us at the gateway under one service, as if it had been pushed, and confirms each message after it is
 * stored: one whose confirmation is lost comes again and changes nothing. What cannot be taken is refused for good and does
 * not hold up the others; its bytes are in the evidence of the pull. No window for its date: it may have waited for days.
 *
 * @throws SourceProblem when the gateway gives no usable answer, or is not in the peer book
 */
export async function pullMessages(parts: PullParts, serviceId: string): Promise<Pulled> {
  const place = `pull ${serviceId}`;
  const wanted = { serviceId, amount: pulledAtOnceMax, messageId: undefined, correlationId: undefined, properties: [] };
  const pulled = await sorted(place, () => parts.client.getMessages(wanted));
  let [accepted, refused] = [0, 0];
  for (const each of pulled) {
    const reason = await refusalOf(parts, each);
    const messageId = each.kind === 'message' ? each.message.messageId : each.messageId;
    if (reason !== undefined) parts.onRefused(serviceId, messageId, reason);
    // Without an id there is nothing to confirm; it comes again until a person at the gateway removes it.
    if (messageId === undefined) continue;
    const notification = { messageId, serviceId, accepted: reason === undefined, resend: false };
    await sorted(place, () => parts.client.sendDeliveryNotification(notification));
    if (reason === undefined) accepted += 1;
    else refused += 1;
  }
  return { accepted, refused };
}

/** Takes one message. @returns why it is not accepted, or undefined */
async function refusalOf(parts: PullParts, pulled: PulledMessage): Promise<string | undefined> {
  if (pulled.kind === 'unreadable') return pulled.reason;
  const peer = parts.gateway();
  if (peer === undefined) throw new SourceProblem('refuses-us', 'the peer book does not name the gateway');
  try {
    const incoming = incomingMessage(pulled.message, parts.take, parts.nowMs);
    if (!speaksFor(peer, incoming.senderId)) return 'SCE001 the gateway does not speak for this sender';
    await parts.messages.once(incoming, { peer, receivedAtMs: parts.nowMs() });
    return undefined;
  } catch (error) {
    if (error instanceof MessageUnreadable) return error.message;
    if (error instanceof ShepFault) return `${error.code} ${error.detail ?? ''}`.trim();
    throw error;
  }
}

async function sorted<T>(place: string, exchange: () => Promise<T>): Promise<T> {
  try {
    return await exchange();
  } catch (error) {
    throw exchangeProblem(place, error);
  }
}
