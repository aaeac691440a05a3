import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as TlsAgent, request as httpsRequest } from 'node:https';

export type UnreachableCode =
  'connection-failed' | 'timed-out' | 'answer-too-large' | 'answer-unreadable' | 'answer-untrusted';

/** The other side gave no answer that can be read. It may all the same have processed the request. */
export class PeerUnreachable extends Error {
  readonly code: UnreachableCode;
  constructor(code: UnreachableCode, detail: string, options?: ErrorOptions) {
    super(`${code}: ${detail}`, options);
    this.name = 'PeerUnreachable';
    this.code = code;
  }
}

/** What an exchange is about, for whoever keeps the evidence. */
export interface ExchangeSubject {
  readonly serviceId: string;
  readonly messageId: string;
  readonly correlationId: string | undefined;
}

export interface HttpPost {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  /** For the whole exchange, from the first byte sent to the last one read. */
  readonly timeoutMs: number;
  readonly answerBytesMax: number;
  readonly about?: ExchangeSubject;
}

export interface HttpAnswer {
  readonly httpStatus: number;
  readonly contentType: string;
  readonly body: Buffer;
}

/** Sends one POST and reads the whole answer, in bounded time and memory. @throws PeerUnreachable */
export type PostOverHttp = (post: HttpPost) => Promise<HttpAnswer>;

const agents = { 'http:': new Agent({ keepAlive: true }), 'https:': new TlsAgent({ keepAlive: true }) };

/** The post that really goes out, over kept connections. @throws PeerUnreachable */
export const postOverHttp: PostOverHttp = (post) =>
  new Promise((resolve, reject) => {
    const secure = post.url.protocol === 'https:';
    const options = { method: 'POST', agent: secure ? agents['https:'] : agents['http:'], headers: post.headers };
    const sent = (secure ? httpsRequest : httpRequest)(post.url, options, (answer) => {
      collect(answer, post.answerBytesMax).then((body) => {
        const contentType = answer.headers['content-type'] ?? '';
        resolve({ httpStatus: answer.statusCode ?? 0, contentType, body });
      }, fail);
    });
    const timer = setTimeout(() => {
      sent.destroy(new PeerUnreachable('timed-out', `no answer within ${post.timeoutMs} ms`));
    }, post.timeoutMs);
    function fail(error: unknown): void {
      const known = error instanceof PeerUnreachable;
      reject(known ? error : new PeerUnreachable('connection-failed', String(error), { cause: error }));
    }
    sent.on('error', fail);
    sent.on('close', () => {
      clearTimeout(timer);
    });
    sent.end(post.body);
  });

async function collect(answer: IncomingMessage, bytesMax: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of answer as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > bytesMax) {
      answer.destroy();
      throw new PeerUnreachable('answer-too-large', `more than ${bytesMax} bytes`);
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces, bytes);
}
