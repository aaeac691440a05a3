import { randomInt, randomUUID } from 'node:crypto';
import {
  answerAsync,
  type AsyncMessage,
  type AsyncMessageToWrite,
  type DeliveryNotification,
  getMessages,
  getMessageStatus,
  payloadRoot,
  sendDeliveryNotification,
  sendMessage,
  serve,
  ShepFault,
  type SoapReply,
  textOf,
  childOf,
} from '#shep';
import type { Fault } from './fault-script.ts';
import type { StateSystems } from './systems.ts';
import type { Wire } from './wire.ts';

/** A message of the portal's that waits to be pulled, and what the puller said of it. */
interface Waiting {
  readonly message: AsyncMessageToWrite & { readonly messageId: string };
  confirmed: DeliveryNotification | undefined;
}

/** The gateway's side of AsyncChannel: takes what the hub says to portals, and hands out what portals left for the hub. */
export class AsyncService {
  readonly #systems: StateSystems;
  readonly #wire: Wire;
  readonly #nowMs: () => number;
  readonly #waiting = new Map<string, Waiting>();

  constructor(systems: StateSystems, wire: Wire, nowMs: () => number) {
    this.#systems = systems;
    this.#wire = wire;
    this.#nowMs = nowMs;
  }

  /** Leaves a message for the hub to pull. */
  leave(message: AsyncMessageToWrite & { readonly messageId: string }): void {
    this.#waiting.set(message.messageId, { message, confirmed: undefined });
  }

  /** Forgets what the puller said of a message, as a gateway does that lost the confirmation: it waits again. */
  forgetConfirmation(messageId: string): void {
    const waiting = this.#waiting.get(messageId);
    if (waiting) waiting.confirmed = undefined;
  }

  /** What was left to be pulled, and what the puller said of it. */
  waiting(): readonly { readonly messageId: string; readonly said: 'NOTHING' | 'ACCEPTED' | 'NOT_ACCEPTED' }[] {
    return [...this.#waiting.values()].map(({ message: { messageId }, confirmed }) => ({
      messageId,
      said: confirmed === undefined ? 'NOTHING' : confirmed.accepted ? 'ACCEPTED' : 'NOT_ACCEPTED',
    }));
  }

  async answer(bytes: Uint8Array): Promise<{ readonly reply: SoapReply; readonly fault: Fault | undefined }> {
    const fault = this.#systems.faults.next('portal');
    const seal = this.#wire.seal(fault);
    const nowMs = this.#nowMs;
    const reply = await answerAsync(bytes, {
      operations: [
        serve(sendMessage, (message) => Promise.resolve(this.#take(message, fault))),
        serve(getMessages, ({ serviceId, amount }) =>
          Promise.resolve({
            messages: [...this.#waiting.values()]
              .filter(
                ({ message, confirmed }) =>
                  message.serviceId === serviceId && (confirmed === undefined || confirmed.resend),
              )
              .slice(0, amount ?? 10)
              .map(({ message }) => message),
            responseDateMs: nowMs(),
            sessionId: randomUUID(),
          }),
        ),
        serve(sendDeliveryNotification, (notification) => {
          const waiting = this.#waiting.get(notification.messageId);
          if (!waiting) return Promise.reject(new ShepFault('SCE004', 'unknown message'));
          waiting.confirmed = notification;
          return Promise.resolve({ notificationId: randomUUID(), responseDateMs: nowMs(), sessionId: randomUUID() });
        }),
        serve(getMessageStatus, ({ messageId }) =>
          Promise.resolve({
            messageState: this.#systems.received.portal.has(messageId)
              ? ('DELIVERED' as const)
              : ('NOT_DELIVERED' as const),
            status: { statusCode: '0', statusMessage: 'simulated', statusDateMs: nowMs() },
            responseDateMs: nowMs(),
          }),
        ),
      ],
      nowMs,
      onUnexpected: (error) => console.error(JSON.stringify({ event: 'unexpected', error: String(error) })),
      ...(this.#wire.open && { open: this.#wire.open }),
      ...(seal && { seal }),
    });
    return { reply, fault };
  }

  #take(message: AsyncMessage, fault: Fault | undefined): Parameters<typeof sendMessage.writeResponse>[0] {
    if (fault?.kind === 'soap-fault') throw new ShepFault(fault.code, 'by script', undefined, 'A fault by script');
    const messageId = message.messageId ?? String(randomInt(100_000_000, 1_000_000_000));
    const { correlationId, messageType } = message;
    if (correlationId === undefined) throw new ShepFault('SCE001', 'correlationId is missing');
    const root = payloadRoot(message.payload, 'responseMessage');
    const response = childOf(root, 'ResponseData');
    const { received } = this.#systems;
    received.remember(received.portal, {
      atMs: this.#nowMs(),
      messageId,
      correlationId,
      messageType,
      requestNumber: textOf(response, 'RequestNumber') ?? '',
      status: textOf(response, 'CurrentStatus') ?? '',
      applicationNumber: textOf(response, 'ApplicationNumber') ?? '',
      textRu: textOf(root, 'AdditionalInfoRu') ?? '',
      times: 1,
    });
    return { messageId, correlationId, responseDateMs: this.#nowMs(), sessionId: randomUUID() };
  }
}
