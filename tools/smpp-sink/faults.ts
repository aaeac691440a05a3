import { z } from 'zod';

const times = z.number().int().min(1).default(1);
const phone = z.string().regex(/^\d{5,15}$/);

/** One line of a script of faults; each is used up by the messages it meets. */
export const faultForm = z.discriminatedUnion('kind', [
  /** Answers late. */
  z.strictObject({ kind: z.literal('slow'), delayMs: z.number().int().min(1).max(600_000), times }),
  /** Says ESME_RTHROTTLED. */
  z.strictObject({ kind: z.literal('throttle'), times, phone: phone.optional() }),
  /** Says that the destination is wrong, or another status for good. */
  z.strictObject({ kind: z.literal('refuse'), times, phone: phone.optional(), status: z.number().int().default(0x0b) }),
  /** Takes the message and hangs up before it answers: the sender cannot know. */
  z.strictObject({ kind: z.literal('hang-up'), times }),
  /** Takes the message and sends a receipt that it was not delivered. */
  z.strictObject({ kind: z.literal('undeliverable'), times, phone: phone.optional() }),
  /** Takes the message and never sends a receipt. */
  z.strictObject({ kind: z.literal('no-receipt'), times }),
  /** Hangs up on everybody and takes no connection for a time. */
  z.strictObject({ kind: z.literal('down'), forMs: z.number().int().min(1).max(3_600_000) }),
]);
export type Fault = z.output<typeof faultForm>;
export type MessageFault = Exclude<Fault, { kind: 'down' }>;

/** The script as it stands; the first line that fits a message applies to it. */
export class FaultScript {
  private lines: MessageFault[] = [];

  add(fault: MessageFault): void {
    this.lines.push(fault);
  }

  clear(): void {
    this.lines = [];
  }

  left(): readonly MessageFault[] {
    return this.lines;
  }

  /** The fault that a message to this phone meets, used up by one. */
  meet(destination: string): MessageFault | undefined {
    const at = this.lines.findIndex(
      (line) => !('phone' in line) || line.phone === undefined || line.phone === destination,
    );
    const met = this.lines[at];
    if (!met) return undefined;
    if (met.times === 1) this.lines.splice(at, 1);
    else this.lines[at] = { ...met, times: met.times - 1 };
    return met;
  }
}
