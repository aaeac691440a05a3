import type { AsyncClient, MessageType } from '#shep';
import { invariant } from '#runtime';
import type { Deliver, Delivered, TakenDelivery } from '../delivery/deliveries.ts';
import { deliveredOrProblem } from '../delivery/delivery-problem.ts';
import type { Dialogue, Dialogues } from './dialogues.postgres.ts';
import { newsOfAnswer, newsOfCabinetLine, newsOfLastStage, portalMessage, type PortalNews } from './portal-messages.ts';

/** Goes back to a portal on the correlation id of its request: notifications first, one response at the end. */
export class TellPortal {
  readonly #client: AsyncClient;
  readonly #dialogues: Dialogues;

  constructor(client: AsyncClient, dialogues: Dialogues) {
    this.#client = client;
    this.#dialogues = dialogues;
  }

  /** The way of channel PORTAL. */
  readonly deliver: Deliver = async (delivery) => {
    const { message } = delivery;
    if (message.name === 'PortalDialogueEnds') {
      return this.#end(delivery, { application_id: message.value.applicationId }, newsOfLastStage(message.value));
    }
    invariant(message.name === 'PortalRequestAnswered', 'a portal gets answers to its requests');
    const { value } = message;
    const dialogue = await this.#dialogues.byId(value.dialogueId);
    if (!dialogue) return { outcome: 'REFUSED', reason: 'unknown-dialogue' };
    const news = newsOfAnswer(value);
    // What is said to a second request does not end the dialogue of the application that the first one made.
    return dialogue.goesOn
      ? this.#say(delivery, dialogue, news, 'NOTIFICATION')
      : this.#end(delivery, { id: value.dialogueId }, news);
  };

  /** A cabinet line of an application that came from a portal goes to that portal; any other to the cabinet. */
  cabinetOr(cabinet: Deliver): Deliver {
    return async (delivery) => {
      const { message } = delivery;
      invariant(message.name === 'CabinetMessageRequested', 'the cabinet gets cabinet messages');
      const dialogue = await this.#dialogues.ofApplication(message.value.applicationId);
      if (!dialogue) return cabinet(delivery);
      return this.#say(delivery, dialogue, newsOfCabinetLine(message.value), 'NOTIFICATION');
    };
  }

  async #end(
    delivery: TakenDelivery,
    of: { readonly id: string } | { readonly application_id: string },
    news: PortalNews,
  ): Promise<Delivered> {
    const dialogue = await this.#dialogues.end(of, delivery.deliveryId);
    // It was ended by an earlier last stage: one response is all a dialogue has.
    if (!dialogue) return { outcome: 'DELIVERED' };
    return this.#say(delivery, dialogue, news, 'RESPONSE');
  }

  #say(delivery: TakenDelivery, dialogue: Dialogue, news: PortalNews, messageType: MessageType): Promise<Delivered> {
    return deliveredOrProblem(`portal ${dialogue.serviceId}`, async () => {
      const receipt = await this.#client.sendMessage({
        // Ours, and the same at every repeat: the gateway can then tell a repeat from news.
        messageId: delivery.deliveryId,
        correlationId: dialogue.correlationId,
        serviceId: dialogue.serviceId,
        messageType,
        routeId: undefined,
        properties: [],
        sessionId: undefined,
        payload: portalMessage(dialogue, news),
      });
      return { outcome: 'DELIVERED', gatewayMessageId: receipt.messageId };
    });
  }
}
