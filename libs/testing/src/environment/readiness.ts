import { createConnection } from 'node:net';
import { isStatus, type Dockerode } from './engine.ts';

/** Whether a door answers 200. */
export async function answersOverHttp(url: string): Promise<boolean> {
  // Refused, reset or too slow: not yet. What lasts is told by the one who waits.
  const response = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
  return response?.status === 200;
}

/** Begins a session of the superuser: a server that still recovers answers with an error, one that serves asks for the password. */
const startup = startupMessage('user', 'postgres', 'database', 'postgres');
const authenticationRequest = 'R'.charCodeAt(0);
/** Asks a broker what it speaks (ApiVersions, version 0): it answers only once it takes requests. */
const apiVersions = Buffer.from([0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, 0xff, 0xff]);

export const answersPostgres = (port: number): Promise<boolean> =>
  answers(port, startup, (answer) => answer[0] === authenticationRequest);
export const answersKafka = (port: number): Promise<boolean> => answers(port, apiVersions, () => true);

/** Version 3.0 of the protocol, then names and values. */
function startupMessage(...words: readonly string[]): Buffer {
  const body = Buffer.from([0, 3, 0, 0, ...Buffer.from(words.map((word) => `${word}\0`).join('')), 0]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length + length.length);
  return Buffer.concat([length, body]);
}

/** Whether what comes back to a question is it. A connection alone tells nothing: the engine's own proxy takes it. */
function answers(port: number, question: Buffer, isReady: (answer: Buffer) => boolean): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1', timeout: 1_000 });
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => socket.write(question));
    socket.once('data', (answer) => settle(isReady(answer)));
    for (const event of ['error', 'timeout', 'end'] as const) socket.once(event, () => settle(false));
  });
}

/** The last lines a container wrote. */
export async function logTail(docker: Dockerode, id: string, lines: number): Promise<string> {
  try {
    const bytes = await docker.getContainer(id).logs({ stdout: true, stderr: true, tail: lines });
    return withoutFrames(bytes as unknown as Buffer);
  } catch (error) {
    if (isStatus(error, 404)) return '(the container is gone)';
    throw error;
  }
}

/** The engine puts eight bytes before each piece: which stream, and how long. */
function withoutFrames(bytes: Buffer): string {
  const pieces: Buffer[] = [];
  for (let at = 0; at + 8 <= bytes.length;) {
    const end = at + 8 + bytes.readUInt32BE(at + 4);
    pieces.push(bytes.subarray(at + 8, end));
    at = end;
  }
  return Buffer.concat(pieces).toString('utf8');
}
