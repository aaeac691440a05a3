import { createServer, type AddressInfo, type Socket } from 'node:net';
import {
  command,
  commandStatus,
  decodeBind,
  decodeShortMessage,
  decodeText,
  encodeMessageId,
  smsPartsOf,
  SmppSession,
  tag,
  type Frame,
  type Reply,
} from '#smpp';
import type { Fault, FaultScript, MessageFault } from './faults.ts';
import type { Messages, TakenMessage } from './messages.ts';
import { Receipts } from './receipts.ts';

export type CentreOptions = {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  readonly systemId: string;
  readonly password: string;
  readonly receiptDelayMs: number;
  readonly messages: Messages;
  readonly faults: FaultScript;
};

const answerMsMax = 10_000;

/** A simulated SMS centre. It takes messages, sends receipts, and fails as its script says. */
export class SmsCentre {
  readonly receipts: Receipts;
  private readonly options: CentreOptions;
  private readonly server = createServer((socket) => this.accept(socket));
  private readonly sockets = new Set<Socket>();
  private readonly bound = new Set<SmppSession>();
  private downUntilMs = 0;

  constructor(options: CentreOptions) {
    this.options = options;
    this.receipts = new Receipts(this.bound);
  }

  get sessions(): number {
    return this.bound.size;
  }

  /** @returns the port */
  async listen(): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(this.options.port, this.options.host, resolve);
    });
    return (this.server.address() as AddressInfo).port;
  }

  meet(fault: Fault): void {
    if (fault.kind !== 'down') return this.options.faults.add(fault);
    this.downUntilMs = Date.now() + fault.forMs;
    this.hangUp();
  }

  /** Hangs up on everybody at once, as a crash of the centre would. */
  hangUp(): void {
    this.sockets.forEach((socket) => socket.destroy());
  }

  async close(): Promise<void> {
    this.receipts.stop();
    this.hangUp();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private accept(socket: Socket): void {
    if (Date.now() < this.downUntilMs) return void socket.destroy();
    this.sockets.add(socket);
    const session: SmppSession = new SmppSession(socket, {
      answerMsMax,
      answer: (request) => this.answer(request, session, socket),
      closed: () => {
        this.sockets.delete(socket);
        this.bound.delete(session);
      },
    });
  }

  private async answer(request: Frame, session: SmppSession, socket: Socket): Promise<Reply> {
    switch (request.commandId) {
      case command.bindTransceiver:
        return this.bind(request, session);
      case command.submitSm:
        return this.bound.has(session) ? this.submit(request, socket) : { status: commandStatus.invalidBindStatus };
      default:
        return { status: commandStatus.invalidCommandId };
    }
  }

  private bind({ body }: Frame, session: SmppSession): Reply {
    const { systemId, password } = decodeBind(body);
    if (systemId !== this.options.systemId) return { status: commandStatus.invalidSystemId };
    if (password !== this.options.password) return { status: commandStatus.invalidPassword };
    if (this.bound.has(session)) return { status: commandStatus.alreadyBound };
    this.bound.add(session);
    return { status: commandStatus.ok, body: encodeMessageId('kezek-smpp-sink') };
  }

  private async submit({ body }: Frame, socket: Socket): Promise<Reply> {
    const { source, destination, payload, dataCoding, parameters, registeredDelivery } = decodeShortMessage(body);
    const phone = destination.digits;
    if (!/^\d{5,15}$/.test(phone)) return { status: commandStatus.invalidDestination };
    const fault = this.options.faults.meet(phone);
    if (fault?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
    if (fault?.kind === 'throttle') return { status: commandStatus.throttled };
    if (fault?.kind === 'refuse') return { status: fault.status };
    const text = decodeText(payload, dataCoding);
    const message = this.options.messages.take({
      clientMessageId: parameters.get(tag.clientMessageId)?.toString('latin1') ?? null,
      phone,
      sender: source.digits,
      text,
      parts: smsPartsOf(text),
      takenAtMs: Date.now(),
    });
    if (registeredDelivery !== 0) this.promiseReceipt(message, fault);
    if (fault?.kind === 'hang-up') socket.destroy();
    return { status: commandStatus.ok, body: encodeMessageId(message.messageId) };
  }

  // A repeat gets a receipt like the first: the sender may have lost the earlier one with its answer.
  private promiseReceipt(message: TakenMessage, fault: MessageFault | undefined): void {
    if (fault?.kind === 'no-receipt') return;
    const state = fault?.kind === 'undeliverable' ? 'UNDELIVERABLE' : 'DELIVERED';
    this.receipts.send(message, state, this.options.receiptDelayMs);
  }
}
