import { command, commandStatus, encodeReceipt, encodeShortMessage, esmClassReceipt, SmppError } from '#smpp';
import type { MessageState, SmppSession } from '#smpp';
import type { TakenMessage } from './messages.ts';

const againMs = 300;
const keptMs = 600_000;

/** Sends receipts to whoever is bound; one that cannot be taken is sent again for ten minutes (a real centre: for days). */
export class Receipts {
  private readonly sessions: ReadonlySet<SmppSession>;
  private readonly timers = new Set<NodeJS.Timeout>();
  private confirmed = 0;
  private turn = 0;
  private stopped = false;

  constructor(sessions: ReadonlySet<SmppSession>) {
    this.sessions = sessions;
  }

  get count(): number {
    return this.confirmed;
  }

  send(message: TakenMessage, state: MessageState, delayMs: number, untilMs = Date.now() + keptMs): void {
    if (this.stopped) return;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      void this.deliver(message, state).then((taken) => {
        if (!taken && Date.now() < untilMs) this.send(message, state, againMs, untilMs);
      });
    }, delayMs);
    this.timers.add(timer);
  }

  stop(): void {
    this.stopped = true;
    this.timers.forEach((timer) => clearTimeout(timer));
  }

  private async deliver(message: TakenMessage, state: MessageState): Promise<boolean> {
    const bound = [...this.sessions];
    const session = bound[(this.turn += 1) % Math.max(1, bound.length)];
    if (!session) return false;
    const body = encodeShortMessage({
      source: { ton: 1, npi: 1, digits: message.phone },
      destination: { ton: 5, npi: 0, digits: message.sender },
      esmClass: esmClassReceipt,
      validityPeriod: '',
      registeredDelivery: 0,
      dataCoding: 0,
      ...encodeReceipt({ messageId: message.messageId, state }),
    });
    try {
      const { status } = await session.request(command.deliverSm, body);
      if (status === commandStatus.ok) this.confirmed += 1;
      return status === commandStatus.ok;
    } catch (error) {
      if (error instanceof SmppError) return false;
      throw error;
    }
  }
}
