import type { Socket } from 'node:net';
import { command, commandStatus, isResponse, responseTo } from './commands.ts';
import { encodeFrame, FrameReader, type Frame } from './frame.ts';
import { SmppError } from './smpp-error.ts';

/** What is answered to a request of the peer. */
export type Reply = { readonly status: number; readonly body?: Buffer };

export type SessionOptions = {
  /** How long an answer may take; after that the connection is given up, since its state is unknown. */
  readonly answerMsMax: number;
  /** Answers deliver_sm, submit_sm or a bind; what it throws ends the session. enquire_link and unbind are answered here. */
  readonly answer: (request: Frame) => Promise<Reply>;
  /** Called once, with the reason, when the connection is gone. */
  readonly closed: (reason: SmppError) => void;
};

type Pending = {
  readonly resolve: (response: Frame) => void;
  readonly reject: (error: SmppError) => void;
  readonly deadline: NodeJS.Timeout;
};

const empty = Buffer.alloc(0);
const sequenceMax = 0x7fff_ffff;
/** Requests of the peer being answered; beyond it the socket is not read. */
const answeringMax = 256;

/** Both ends of an SMPP session over one socket: requests and their answers by sequence number, in any order. */
export class SmppSession {
  private readonly socket: Socket;
  private readonly options: SessionOptions;
  private readonly reader = new FrameReader();
  private readonly pending = new Map<number, Pending>();
  private sequence = 0;
  private answering = 0;
  private ended: SmppError | undefined;

  constructor(socket: Socket, options: SessionOptions) {
    this.socket = socket;
    this.options = options;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.take(chunk));
    socket.on('error', (cause) => this.end(new SmppError('closed', 'the connection broke', { cause })));
    socket.on('close', () => this.end(new SmppError('closed', 'the peer closed the connection')));
  }

  get isOpen(): boolean {
    return this.ended === undefined;
  }

  /**
   * Sends a request and waits for its answer, whatever its status.
   * @throws SmppError 'closed' or 'overdue': the peer may have acted on the request or not
   */
  request(commandId: number, body: Buffer = empty): Promise<Frame> {
    return new Promise((resolve, reject) => {
      if (this.ended) return reject(this.ended);
      this.sequence = this.sequence === sequenceMax ? 1 : this.sequence + 1;
      const sequence = this.sequence;
      const deadline = setTimeout(() => {
        const overdue = new SmppError('overdue', `no answer within ${this.options.answerMsMax} ms`);
        this.end(overdue);
      }, this.options.answerMsMax);
      this.pending.set(sequence, { resolve, reject, deadline });
      this.socket.write(encodeFrame({ commandId, status: commandStatus.ok, sequence, body }));
    });
  }

  /** Says unbind, waits for the answer as for any other, and closes. */
  async close(): Promise<void> {
    if (this.ended) return;
    try {
      await this.request(command.unbind);
    } catch (error) {
      // The peer was faster to hang up; that is what was wanted.
      if (!(error instanceof SmppError)) throw error;
    }
    this.end(new SmppError('closed', 'the session was closed'));
  }

  /** Ends it without a word. */
  destroy(): void {
    this.end(new SmppError('closed', 'the session was cut off'));
  }

  private take(chunk: Buffer): void {
    let frames: readonly Frame[];
    try {
      frames = this.reader.take(chunk);
    } catch (error) {
      return this.end(error as SmppError);
    }
    for (const frame of frames) {
      if (isResponse(frame.commandId)) this.settle(frame);
      else void this.answerTo(frame);
    }
  }

  private settle(response: Frame): void {
    const pending = this.pending.get(response.sequence);
    // An answer to nothing: too late, or confused. It cannot be matched to a message, so nothing follows from it.
    if (!pending) return;
    this.pending.delete(response.sequence);
    clearTimeout(pending.deadline);
    pending.resolve(response);
  }

  private async answerTo(request: Frame): Promise<void> {
    this.answering += 1;
    if (this.answering >= answeringMax) this.socket.pause();
    try {
      this.reply(request, await this.replyTo(request));
      if (request.commandId === command.unbind) this.end(new SmppError('closed', 'the peer unbound'));
    } catch (cause) {
      this.end(
        cause instanceof SmppError ? cause : new SmppError('closed', 'a request could not be answered', { cause }),
      );
    } finally {
      this.answering -= 1;
      if (this.socket.isPaused()) this.socket.resume();
    }
  }

  private async replyTo(request: Frame): Promise<Reply> {
    const known = request.commandId === command.enquireLink || request.commandId === command.unbind;
    return known ? { status: commandStatus.ok } : this.options.answer(request);
  }

  private reply({ commandId, sequence }: Frame, { status, body }: Reply): void {
    if (this.ended) return;
    const unknown = status === commandStatus.invalidCommandId;
    const answerId = unknown ? command.genericNack : responseTo(commandId);
    this.socket.write(encodeFrame({ commandId: answerId, status, sequence, body: body ?? empty }));
  }

  private end(reason: SmppError): void {
    if (this.ended) return;
    this.ended = reason;
    // What was written, an answer to unbind for one, still goes out; a peer that reads nothing is cut off.
    this.socket.end();
    setTimeout(() => this.socket.destroy(), 1_000).unref();
    for (const { reject, deadline } of this.pending.values()) {
      clearTimeout(deadline);
      reject(reason);
    }
    this.pending.clear();
    this.options.closed(reason);
  }
}
