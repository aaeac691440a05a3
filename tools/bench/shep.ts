import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import {
  answerSync,
  openSigned,
  type OpenMessage,
  pinCertificate,
  postOverHttp,
  rsaSigner,
  type SealMessage,
  selfSignedIdentity,
  type SendSync,
  syncClient,
} from '#shep';
import type { Figure } from './figure.ts';

const exchangesAtOnce = 8;
const warmUp = 100;

interface Security {
  readonly seal: SealMessage;
  readonly open: OpenMessage;
}

/** Time spent in signing and verifying, on both sides, ms. */
interface Meter {
  sealMs: number;
  openMs: number;
}

/**
 * Signed SyncChannel exchanges through two ends in one process, beside bare ones in the same run. Half of the work is the other
 * side's: each exchange signs and verifies twice.
 *
 * @param args `--exchanges N` (default 1 000)
 */
export async function benchShep(args: readonly string[], progress: (text: string) => void): Promise<readonly Figure[]> {
  const exchanges = numberAfter(args, '--exchanges') ?? 1_000;
  progress(`${exchanges} exchanges bare, then signed (RSA-2048, both ways)`);
  const bare = await perSecond(exchanges, undefined);
  const meter: Meter = { sealMs: 0, openMs: 0 };
  const startedMs = performance.now();
  const signed = await perSecond(exchanges, metered(security(), meter), () =>
    Object.assign(meter, { sealMs: 0, openMs: 0 }),
  );
  const wallMs = performance.now() - startedMs;
  progress(
    `signing ${(meter.sealMs / exchanges).toFixed(2)} ms, verifying ${(meter.openMs / exchanges).toFixed(2)} ms an exchange`,
  );
  const share = (meter.sealMs + meter.openMs) / (exchanges / signed) / 1000;
  progress(`${(wallMs / 1000).toFixed(1)} s for the signed part`);
  return [
    { name: 'signed exchanges', value: signed, unit: '1/s', baseline: bare, goal: null },
    { name: 'share spent in signature work', value: share * 100, unit: '%', baseline: null, goal: null },
    { name: 'signing, two a exchange', value: meter.sealMs / exchanges, unit: 'ms', baseline: 1000 / bare, goal: null },
    {
      name: 'verifying, two a exchange',
      value: meter.openMs / exchanges,
      unit: 'ms',
      baseline: 1000 / bare,
      goal: null,
    },
  ];
}

function security(): Security {
  const now = Date.now();
  const identity = selfSignedIdentity('bench', { fromMs: now - 3_600_000, untilMs: now + 3_600_000 });
  const signer = rsaSigner(() => identity);
  const peer = { name: 'peer', certificates: [pinCertificate(identity.certificatePem)], sha1Allowed: false };
  return { seal: (body) => signer.sign(body), open: openSigned(() => [peer], Date.now) };
}

/** Both run without waiting for anything, so the time between call and return is their own. */
function metered({ seal, open }: Security, meter: Meter): Security {
  return {
    seal(body) {
      const began = performance.now();
      const sealed = seal(body);
      meter.sealMs += performance.now() - began;
      return sealed;
    },
    open(bytes) {
      const began = performance.now();
      const opened = open(bytes);
      meter.openMs += performance.now() - began;
      return opened;
    },
  };
}

async function perSecond(
  exchanges: number,
  secured: Security | undefined,
  begin = (): unknown => undefined,
): Promise<number> {
  const server = await serving(secured);
  const { port } = server.address() as AddressInfo;
  const send = syncClient({
    url: new URL(`http://127.0.0.1:${port}/`),
    sender: { senderId: 'bench', password: undefined },
    post: postOverHttp,
    nowMs: Date.now,
    timeoutMs: 30_000,
    answerBytesMax: 1_000_000,
    ...secured,
  });
  await exchanged(send, warmUp);
  begin();
  const startedMs = performance.now();
  await exchanged(send, exchanges);
  const tookMs = performance.now() - startedMs;
  server.closeAllConnections();
  server.close();
  return (exchanges / tookMs) * 1000;
}

async function exchanged(send: SendSync, count: number): Promise<void> {
  const document = '<r:request xmlns:r="urn:bench"><requestId>1</requestId><iin>991301300003</iin></r:request>';
  let left = count;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await send({ messageId: randomUUID(), serviceId: 'BENCH', payload: { form: 'text', document } });
    }
  };
  await Promise.all(Array.from({ length: exchangesAtOnce }, worker));
}

async function serving(secured: Security | undefined): Promise<Server> {
  const document = '<r:response xmlns:r="urn:bench"><requestId>1</requestId><outcome>NO_DATA</outcome></r:response>';
  const answer = {
    status: { code: 'SCSS001', message: 'Message has been processed successfully' },
    payload: { form: 'text', document },
  } as const;
  const parts = {
    answer: () => Promise.resolve(answer),
    nowMs: Date.now,
    newId: randomUUID,
    onUnexpected: console.error,
  };
  const server = createServer((request, response) => {
    const answered = async (): Promise<void> => {
      const reply = await answerSync(await buffer(request), { ...parts, ...secured });
      response.writeHead(reply.httpStatus, { 'content-type': 'text/xml; charset=utf-8' }).end(reply.body);
    };
    answered().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function numberAfter(args: readonly string[], option: string): number | undefined {
  const place = args.indexOf(option);
  return place < 0 ? undefined : Number(args[place + 1]);
}
