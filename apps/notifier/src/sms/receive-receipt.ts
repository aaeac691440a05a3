import type { Endings } from '../delivery/endings.postgres.ts';
import type { SmsOutcome } from './sms-centre.ts';

/** Ends an SMS by its receipt. */
export class ReceiveReceipt {
  private readonly endings: Endings;
  private readonly marked: () => Promise<void>;
  private readonly now: () => number;

  constructor(endings: Endings, marked: () => Promise<void>, now: () => number) {
    this.endings = endings;
    this.marked = marked;
    this.now = now;
  }

  /** @returns false when no SMS has that id: it may be another process that is about to mark it, so the centre says it again */
  async receive({ messageId, delivered, reason }: SmsOutcome): Promise<boolean> {
    const ending = { outcome: delivered ? 'DELIVERED' : 'REFUSED', reason, endedAtMs: this.now() } as const;
    if (await this.endings.endSms(messageId, ending)) return true;
    await this.marked();
    return this.endings.endSms(messageId, ending);
  }
}
