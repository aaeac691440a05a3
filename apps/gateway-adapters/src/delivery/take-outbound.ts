import type { Transaction } from '#storage';
import { finalStages } from '../monitoring/monitoring.ts';
import type { Dialogues } from '../portal/dialogues.postgres.ts';
import { nameBasedUuid } from '../sources/name-based-uuid.ts';
import type { CausedBy } from '../verification/checks.ts';
import type { Outgoing } from './deliveries.ts';
import type { PostgresDeliveries } from './deliveries.postgres.ts';

/** Keeps what is to go out, and what follows from it for a portal. */
export class TakeOutbound {
  readonly #deliveries: PostgresDeliveries;
  readonly #dialogues: Dialogues;

  constructor(deliveries: PostgresDeliveries, dialogues: Dialogues) {
    this.#deliveries = deliveries;
    this.#dialogues = dialogues;
  }

  async take(trx: Transaction, message: Outgoing, causedBy: CausedBy): Promise<void> {
    await this.#deliveries.add(trx, message, causedBy);
    if (message.name === 'PortalRequestAnswered' && message.value.applicationId !== null) {
      await this.#dialogues.tie(trx, message.value.dialogueId, message.value.applicationId);
    }
    if (message.name === 'MonitoringStageRequested' && finalStages.has(message.value.stage)) {
      await this.#endDialogue(trx, message.value, causedBy);
    }
  }

  /** The last stage of an application that a portal sent is also the response that ends their dialogue. */
  async #endDialogue(
    trx: Transaction,
    stage: Extract<Outgoing, { name: 'MonitoringStageRequested' }>['value'],
    causedBy: CausedBy,
  ): Promise<void> {
    const dialogue = await this.#dialogues.ofApplication(stage.applicationId, trx);
    if (!dialogue) return;
    const value = { ...stage, deliveryId: nameBasedUuid(`${stage.deliveryId}/portal`) };
    await this.#deliveries.add(trx, { name: 'PortalDialogueEnds', value }, causedBy);
  }
}
