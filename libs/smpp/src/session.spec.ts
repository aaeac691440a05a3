import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { openClient } from './client.ts';
import { command, commandStatus } from './commands.ts';
import { encodeFrame, type Frame } from './frame.ts';
import { SmppSession, type SessionOptions } from './session.ts';
import { encodeMessageId, decodeMessageId } from './short-message.ts';
import type { SmppError } from './smpp-error.ts';

// Loopback only, and nothing outlives its test: this is the one .spec that opens a socket, because a session is its socket.
const started: { close(): void }[] = [];
afterEach(() => started.splice(0).forEach((one) => one.close()));

async function centre(answer: SessionOptions['answer'], raw?: (socket: Socket) => void): Promise<number> {
  const server: Server = createServer((socket) => {
    started.push({ close: () => socket.destroy() });
    if (raw) raw(socket);
    else new SmppSession(socket, { answerMsMax: 1_000, answer, closed: () => undefined });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  started.push({ close: () => server.close() });
  return (server.address() as { port: number }).port;
}

function client(port: number, more: Partial<SessionOptions> = {}): Promise<SmppSession> {
  return openClient({
    host: '127.0.0.1',
    port,
    bind: { systemId: 'kezek', password: 'secret', systemType: '' },
    connectMsMax: 1_000,
    enquireEveryMs: 60_000,
    answerMsMax: 300,
    answer: async () => ({ status: commandStatus.ok }),
    closed: () => undefined,
    ...more,
  });
}

const yes = async (): Promise<{ status: number }> => ({ status: commandStatus.ok });

describe('an SMPP session', () => {
  it('matches answers to requests by number, in whatever order they come', async () => {
    const port = await centre(async ({ commandId, body }) => {
      if (commandId !== command.submitSm) return { status: commandStatus.ok };
      const wait = Number(decodeMessageId(body));
      await new Promise((resolve) => setTimeout(resolve, wait));
      return { status: commandStatus.ok, body: encodeMessageId(`m-${wait}`) };
    });
    const session = await client(port);
    const answers = await Promise.all(
      [60, 30, 1].map((wait) => session.request(command.submitSm, encodeMessageId(String(wait)))),
    );
    expect(answers.map(({ body }) => decodeMessageId(body))).toEqual(['m-60', 'm-30', 'm-1']);
    await session.close();
  });

  it('is refused by a centre that does not know the password', async () => {
    const port = await centre(async () => ({ status: commandStatus.invalidPassword }));
    await expect(client(port)).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('0x0000000e'),
    });
  });

  it('fails plainly where nobody listens', async () => {
    const port = await centre(yes);
    started.splice(0).forEach((one) => one.close());
    await expect(client(port)).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('gives up a connection whose answer is overdue, and everything that waits on it', async () => {
    const port = await centre(({ commandId }) =>
      commandId === command.bindTransceiver ? yes() : new Promise(() => undefined),
    );
    let reason: SmppError | undefined;
    const session = await client(port, { closed: (error) => (reason = error) });
    const first = session.request(command.submitSm);
    const second = session.request(command.submitSm);
    await expect(first).rejects.toMatchObject({ code: 'overdue' });
    await expect(second).rejects.toMatchObject({ code: 'overdue' });
    expect(reason).toMatchObject({ code: 'overdue' });
    await expect(session.request(command.submitSm)).rejects.toMatchObject({ code: 'overdue' });
  });

  it('rejects what waits when the peer hangs up', async () => {
    const port = await centre(async ({ commandId }): Promise<{ status: number }> => {
      if (commandId === command.submitSm) started.forEach((one) => one.close());
      return { status: commandStatus.ok };
    });
    const session = await client(port);
    await expect(session.request(command.submitSm)).rejects.toMatchObject({ code: 'closed' });
  });

  it('ends at once when the peer does not speak SMPP', async () => {
    const port = await centre(yes, (socket) => socket.write('HTTP/1.1 400 Bad Request\r\n'));
    await expect(client(port)).rejects.toMatchObject({ code: 'violation' });
  });

  it('answers enquire_link, and says it does not know a command it does not know', async () => {
    const asked: number[] = [];
    const port = await centre(async ({ commandId }): Promise<{ status: number }> => {
      asked.push(commandId);
      return { status: commandStatus.invalidCommandId };
    });
    const socket = connect(port, '127.0.0.1');
    started.push({ close: () => socket.destroy() });
    const frame = (commandId: number, sequence: number): Buffer =>
      encodeFrame({ commandId, status: 0, sequence, body: Buffer.alloc(0) } satisfies Frame);
    socket.write(Buffer.concat([frame(command.enquireLink, 5), frame(0x99, 6)]));
    const bytes = await received(socket, 32);
    expect(bytes.toString('hex')).toBe('00000010800000150000000000000005' + '00000010800000000000000300000006');
    expect(asked).toEqual([0x99]);
  });

  it('says unbind when it closes', async () => {
    const told: SmppError[] = [];
    const server = createServer((socket) => {
      new SmppSession(socket, { answerMsMax: 1_000, answer: yes, closed: (reason) => told.push(reason) });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    started.push({ close: () => server.close() });
    const session = await client((server.address() as { port: number }).port);
    await session.close();
    expect(told.map(({ message }) => message)).toEqual(['the peer unbound']);
  });
});

function received(socket: Socket, length: number): Promise<Buffer> {
  return new Promise((resolve) => {
    let bytes = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      bytes = Buffer.concat([bytes, chunk]);
      if (bytes.length >= length) resolve(bytes);
    });
  });
}
