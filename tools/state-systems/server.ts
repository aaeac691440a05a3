import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { soapContentType } from '#shep';
import { AsyncService } from './async-service.ts';
import { answerControl } from './control.ts';
import type { Fault } from './fault-script.ts';
import { takeStage } from './monitoring.ts';
import { syncService } from './sync-service.ts';
import type { StateSystems } from './systems.ts';
import { plainWire, type Wire } from './wire.ts';

const bodyBytesMax = 16 * 1024 * 1024;

export interface RunningStateSystems {
  readonly url: string;
  readonly systems: StateSystems;
  /** The gateway's AsyncChannel, for tests that leave messages to be pulled. */
  readonly async: AsyncService;
  close(): Promise<void>;
}

export interface StateSystemsOptions {
  readonly host?: string;
  readonly port?: number;
  readonly nowMs?: () => number;
  readonly wire?: Wire;
}

/** Starts the simulated state systems on one HTTP address. Port 0 takes a free one. */
export async function startStateSystems(
  systems: StateSystems,
  { host = '127.0.0.1', port = 0, nowMs = Date.now, wire = plainWire }: StateSystemsOptions = {},
): Promise<RunningStateSystems> {
  const sync = syncService(systems, wire, nowMs);
  const async = new AsyncService(systems, wire, nowMs);
  const server = createServer((request, response) => {
    route(request, response).catch((error: unknown) => {
      console.error(JSON.stringify({ event: 'request-failed', error: String(error) }));
      response.destroy();
    });
  });

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://simulator');
    const body = await bodyOf(request);
    if (body === undefined) return send(response, 413, 'text/plain', 'too large');
    if (url.pathname.startsWith('/control/')) {
      const answer = await answerControl({ systems, wire, async }, request.method ?? 'GET', url.pathname, body);
      return send(response, answer.httpStatus, 'application/json', JSON.stringify(answer.json));
    }
    if (request.method !== 'POST') return send(response, 404, 'text/plain', 'not found');
    if (url.pathname === '/bip-sync') {
      const { reply, fault } = await sync(body);
      return withFault(response, fault, () => send(response, reply.httpStatus, soapContentType, reply.body));
    }
    if (url.pathname === '/bip-async') {
      const { reply, fault } = await async.answer(body);
      return withFault(response, fault, () => send(response, reply.httpStatus, soapContentType, reply.body));
    }
    if (url.pathname === '/monitoring') {
      const fault = systems.faults.next('monitoring');
      // What is cut before never arrives; everything else is taken and its answer spoilt.
      if (fault?.kind === 'down' || fault?.kind === 'cut-before') return withFault(response, fault, () => undefined);
      const answer = takeStage(body, String(request.headers['soapaction'] ?? ''), nowMs(), systems.received);
      return withFault(response, fault, () => send(response, answer.httpStatus, soapContentType, answer.body));
    }
    send(response, 404, 'text/plain', 'not found');
  }

  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  const { port: bound } = server.address() as AddressInfo;
  return { url: `http://${host}:${bound}`, systems, async, close: () => closed(server) };
}

async function withFault(response: ServerResponse, fault: Fault | undefined, answer: () => void): Promise<void> {
  switch (fault?.kind) {
    case 'slow':
      await sleep(fault.delayMs);
      return answer();
    case 'down':
      return send(response, 503, 'text/html', '<html><body>Service Unavailable</body></html>');
    case 'cut-before':
    case 'cut-after':
      response.destroy();
      return;
    case 'garbage':
      return send(response, 200, soapContentType, '<soap:Envelope><not-closed>');
    default:
      return answer();
  }
}

function send(response: ServerResponse, httpStatus: number, contentType: string, body: string): void {
  response.writeHead(httpStatus, { 'content-type': contentType, 'content-length': Buffer.byteLength(body) }).end(body);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > bodyBytesMax) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces, bytes);
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())));
}
