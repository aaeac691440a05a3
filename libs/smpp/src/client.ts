import { connect, type Socket } from 'node:net';
import { encodeBind, type Bind } from './bind.ts';
import { command, commandStatus } from './commands.ts';
import type { Frame } from './frame.ts';
import { SmppSession, type SessionOptions } from './session.ts';
import { SmppError } from './smpp-error.ts';

export type ClientOptions = SessionOptions & {
  readonly host: string;
  readonly port: number;
  readonly bind: Bind;
  readonly connectMsMax: number;
  /** How often the line is tried when nothing else is said. */
  readonly enquireEveryMs: number;
};

/**
 * Connects and binds as a transceiver.
 * @throws SmppError 'unreachable' when nobody listens, 'refused' when the centre does not know us
 */
export async function openClient(options: ClientOptions): Promise<SmppSession> {
  const socket = await connected(options);
  const enquiry = setInterval(() => {
    // What it rejects with has ended the session already, and `closed` has been told.
    if (session.isOpen) session.request(command.enquireLink).catch(() => undefined);
  }, options.enquireEveryMs).unref();
  const session = new SmppSession(socket, {
    ...options,
    closed: (reason) => {
      clearInterval(enquiry);
      options.closed(reason);
    },
  });
  const answer = await session.request(command.bindTransceiver, encodeBind(options.bind));
  if (answer.status === commandStatus.ok) return session;
  session.destroy();
  throw new SmppError('refused', `the centre refused the bind (${statusText(answer)})`);
}

/** A status as the specification writes it: `0x0000000e`. */
export const statusText = ({ status }: Pick<Frame, 'status'>): string => `0x${status.toString(16).padStart(8, '0')}`;

function connected({ host, port, connectMsMax }: ClientOptions): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    const fail = (cause: unknown): void => {
      socket.destroy();
      reject(new SmppError('unreachable', `nobody answers at ${host}:${port}`, { cause }));
    };
    const deadline = setTimeout(() => fail(new Error(`no connection within ${connectMsMax} ms`)), connectMsMax);
    socket.once('error', fail);
    socket.once('connect', () => {
      clearTimeout(deadline);
      socket.off('error', fail);
      resolve(socket);
    });
  });
}
