import {
  command,
  commandStatus,
  decodeMessageId,
  decodeReceipt,
  decodeShortMessage,
  encodeShortMessage,
  encodeUcs2,
  openClient,
  relativeValidity,
  SmppError,
  statusText,
  tag,
  twoBytes,
  ucs2,
  type Bind,
  type Frame,
  type Reply,
  type SmppSession,
} from '#smpp';
import { InvariantBroken, type Logger } from '#runtime';
import { smsAnswerMsMax, smsConnectMsMax, smsEnquireEveryMs } from '../limits.ts';
import { retryDelayMs } from './back-off.ts';
import type { ReceiptListener, Sms, SmsCentre, SubmitResult } from './sms-centre.ts';

export type CentreAddress = { readonly host: string; readonly port: number; readonly bind: Bind };
export type SmppCentreOptions = CentreAddress & {
  readonly sender: string;
  readonly log: Logger;
};

/** Answers that no repeat would change. Every other error is tried again. */
const refusalOf: Readonly<Record<number, string>> = {
  [commandStatus.invalidDestination]: 'INVALID_PHONE',
  [commandStatus.invalidMessageLength]: 'TOO_LONG',
};
const tooMuch: ReadonlySet<number> = new Set([commandStatus.throttled, commandStatus.messageQueueFull]);

const alphanumericTon = 5;
const internationalTon = 1;
const isdnNpi = 1;
const registeredDelivery = 1;

/** The centre over SMPP 3.4: one transceiver session, opened again whenever it breaks. */
export class SmppCentre implements SmsCentre {
  private readonly options: SmppCentreOptions;
  private session: SmppSession | undefined;
  private reconnect: NodeJS.Timeout | undefined;
  private failures = 0;
  private stopped = false;
  private onReceipt: ReceiptListener = () => Promise.resolve(false);

  constructor(options: SmppCentreOptions) {
    this.options = options;
  }

  get isOpen(): boolean {
    return this.session?.isOpen === true;
  }

  /**
   * Connects now and again until it succeeds, and whenever the line breaks; returns after the first attempt.
   * @param onReceipt told of each outcome before the centre gets its answer
   */
  async start(onReceipt: ReceiptListener): Promise<void> {
    this.onReceipt = onReceipt;
    await this.connect();
  }

  private async connect(): Promise<void> {
    let bound = false;
    try {
      this.session = await openClient({
        ...this.options,
        connectMsMax: smsConnectMsMax,
        answerMsMax: smsAnswerMsMax,
        enquireEveryMs: smsEnquireEveryMs,
        answer: (request) => this.answer(request),
        // Before the bind is answered, what it throws says more.
        closed: (reason) => (bound ? this.lost(reason) : undefined),
      });
      bound = true;
      this.failures = 0;
      this.options.log.info({ event: 'sms-centre-open' });
    } catch (error) {
      if (!(error instanceof SmppError)) throw error;
      this.lost(error);
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.reconnect);
    await this.session?.close();
  }

  async submit(sms: Sms): Promise<SubmitResult> {
    const session = this.session;
    if (!session?.isOpen) return { kind: 'later', reason: 'CENTRE_AWAY', throttled: false };
    try {
      return resultOf(await session.request(command.submitSm, submitBody(sms, this.options.sender)));
    } catch (error) {
      if (!(error instanceof SmppError)) throw error;
      return { kind: 'later', reason: `CENTRE_${error.code.toUpperCase()}`, throttled: false };
    }
  }

  private lost(reason: SmppError): void {
    // A bug of ours that surfaced while answering must not pass for a broken line.
    if (reason.cause instanceof InvariantBroken) throw reason.cause;
    if (this.stopped || this.reconnect) return;
    this.failures += 1;
    const waitMs = Math.min(retryDelayMs(this.failures, Math.random()) / 4, 10_000);
    this.options.log.warn({ event: 'sms-centre-lost', code: reason.code, detail: reason.message, waitMs });
    this.reconnect = setTimeout(() => {
      this.reconnect = undefined;
      void this.connect();
    }, waitMs);
  }

  private async answer({ commandId, body }: Frame): Promise<Reply> {
    if (commandId !== command.deliverSm) return { status: commandStatus.invalidCommandId };
    const receipt = decodeReceipt(decodeShortMessage(body));
    // A citizen's own SMS is not read yet (settled point 24 gives the rule); the centre need not keep it.
    if (!receipt || receipt.state === 'ENROUTE' || receipt.state === 'ACCEPTED') return { status: commandStatus.ok };
    const delivered = receipt.state === 'DELIVERED';
    const reason = delivered ? null : receipt.state;
    const known = await this.onReceipt({ messageId: receipt.messageId, delivered, reason });
    return { status: known ? commandStatus.ok : commandStatus.receiverTemporary };
  }
}

function submitBody({ deliveryId, phone, text, termMs }: Sms, sender: string): Buffer {
  return encodeShortMessage({
    source: { ton: alphanumericTon, npi: 0, digits: sender },
    destination: { ton: internationalTon, npi: isdnNpi, digits: phone.replace('+', '') },
    esmClass: 0,
    validityPeriod: relativeValidity(termMs),
    registeredDelivery,
    dataCoding: ucs2,
    payload: encodeUcs2(text),
    parameters: new Map([
      [tag.userMessageReference, twoBytes(Number.parseInt(deliveryId.slice(0, 4), 16))],
      [tag.clientMessageId, Buffer.from(deliveryId)],
    ]),
  });
}

function resultOf(answer: Frame): SubmitResult {
  if (answer.status === commandStatus.ok) return { kind: 'accepted', messageId: decodeMessageId(answer.body) };
  const refusal = refusalOf[answer.status];
  if (refusal !== undefined) return { kind: 'refused', reason: refusal };
  return { kind: 'later', reason: `CENTRE_${statusText(answer)}`, throttled: tooMuch.has(answer.status) };
}
