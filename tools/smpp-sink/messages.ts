/** An SMS as the simulated centre took it. */
export type TakenMessage = {
  /** Counts from 1 in the order of first submission; the place to page from. */
  readonly number: number;
  /** The centre's id, which receipts name. */
  readonly messageId: string;
  /** The sender's own id, by which a repeat is known; null when it gave none. */
  readonly clientMessageId: string | null;
  readonly phone: string;
  readonly sender: string;
  readonly text: string;
  /** What an operator would charge. */
  readonly parts: number;
  readonly takenAtMs: number;
  /** How often it was submitted: 1, unless a sender did not learn of our answer. */
  submissions: number;
  /** Of the repeats, how many had another text or phone: a sender's bug. */
  conflicts: number;
};

export type NewMessage = Omit<TakenMessage, 'number' | 'messageId' | 'submissions' | 'conflicts'>;

const messagesMax = 200_000;

/** What came in, without repeats; the oldest are forgotten beyond 200 000, the counts are not. */
export class Messages {
  private readonly taken = new Map<number, TakenMessage>();
  private readonly byClientId = new Map<string, TakenMessage>();
  private last = 0;
  private repeats = 0;
  private conflicts = 0;

  /** Takes a message once: a known client id gives the message that was taken first. */
  take(message: NewMessage): TakenMessage {
    const known = message.clientMessageId === null ? undefined : this.byClientId.get(message.clientMessageId);
    if (known) return this.repeat(known, message);
    this.last += 1;
    const taken = { ...message, number: this.last, messageId: `sink-${this.last}`, submissions: 1, conflicts: 0 };
    this.taken.set(taken.number, taken);
    if (taken.clientMessageId !== null) this.byClientId.set(taken.clientMessageId, taken);
    if (this.taken.size > messagesMax) this.forget(this.taken.values().next().value!);
    return taken;
  }

  /** Messages after a number, oldest first. */
  page({ phone, after, limit }: { phone?: string; after: number; limit: number }): readonly TakenMessage[] {
    const found: TakenMessage[] = [];
    for (const message of this.taken.values()) {
      if (message.number <= after || (phone !== undefined && message.phone !== phone)) continue;
      found.push(message);
      if (found.length === limit) break;
    }
    return found;
  }

  counts(): {
    readonly unique: number;
    readonly submitted: number;
    readonly repeats: number;
    readonly conflicts: number;
  } {
    return {
      unique: this.last,
      submitted: this.last + this.repeats,
      repeats: this.repeats,
      conflicts: this.conflicts,
    };
  }

  private repeat(known: TakenMessage, { phone, text }: NewMessage): TakenMessage {
    known.submissions += 1;
    this.repeats += 1;
    if (known.phone !== phone || known.text !== text) {
      known.conflicts += 1;
      this.conflicts += 1;
    }
    return known;
  }

  private forget(message: TakenMessage): void {
    this.taken.delete(message.number);
    if (message.clientMessageId !== null) this.byClientId.delete(message.clientMessageId);
  }
}
