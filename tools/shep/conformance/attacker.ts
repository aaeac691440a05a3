import { createHash, createHmac, randomUUID, createSign } from 'node:crypto';
import { connect } from 'node:net';
import { ExclusiveCanonicalization, SignedXml } from 'xml-crypto';
import {
  formatShepTime,
  PeerUnreachable,
  postOverHttp,
  rsaSigner,
  type SigningKey,
  type Xml,
  xmlElement,
  xmlLeaf,
  xmlText,
} from '#shep';

/** What the target did with one message. */
export interface Outcome {
  /** 0 when the connection ended without an answer. */
  readonly httpStatus: number;
  readonly text: string;
  readonly tookMs: number;
}

/** What the kit knows and may do. */
export interface Attacker {
  readonly url: URL;
  readonly senderId: string;
  readonly serviceId: string;
  /** An identity that the target has pinned. */
  readonly identity: SigningKey;
  /** One that it has pinned too, but whose term is over. */
  readonly expired: SigningKey | undefined;
  post(body: string | Uint8Array, contentType?: string): Promise<Outcome>;
  /** Sends the beginning of a message and then a byte now and again, until the target has had enough. */
  trickle(): Promise<Outcome>;
}

export interface AttackerOptions {
  readonly url: URL;
  readonly senderId: string;
  readonly serviceId: string;
  readonly identity: SigningKey;
  readonly expired: SigningKey | undefined;
  readonly answerMsMax: number;
  readonly trickleMsMax: number;
}

/** Someone with a valid identity and bad intentions. */
export function attacker(options: AttackerOptions): Attacker {
  const { url, answerMsMax, trickleMsMax } = options;
  return {
    ...options,
    async post(body, contentType = 'text/xml; charset=utf-8') {
      const began = performance.now();
      const took = (): number => Math.round(performance.now() - began);
      try {
        const headers = { 'content-type': contentType, soapaction: '""' };
        const bytes = typeof body === 'string' ? body : Buffer.from(body);
        const answer = await postOverHttp({
          url,
          headers,
          body: bytes,
          timeoutMs: answerMsMax,
          answerBytesMax: 1_000_000,
        });
        return { httpStatus: answer.httpStatus, text: answer.body.toString('utf8'), tookMs: took() };
      } catch (error) {
        if (!(error instanceof PeerUnreachable)) throw error;
        return { httpStatus: 0, text: error.code, tookMs: took() };
      }
    },
    trickle: () => trickle(url, trickleMsMax),
  };
}

function trickle(url: URL, msMax: number): Promise<Outcome> {
  const began = performance.now();
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(Number(url.port || 80), url.hostname);
    const done = (httpStatus: number): void => {
      clearInterval(dripping);
      clearTimeout(patience);
      socket.destroy();
      resolve({ httpStatus, text, tookMs: Math.round(performance.now() - began) });
    };
    const dripping = setInterval(() => socket.write(' '), 250);
    const patience = setTimeout(() => done(-1), msMax);
    socket.on('data', (piece) => (text += piece.toString('latin1')));
    socket.on('error', () => done(statusOf(text)));
    socket.on('close', () => done(statusOf(text)));
    socket.write(
      `POST ${url.pathname} HTTP/1.1\r\nhost: ${url.host}\r\ncontent-type: text/xml\r\ncontent-length: 1000000\r\n\r\n<`,
    );
  });
}

function statusOf(text: string): number {
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0);
}

export interface MessageParts {
  readonly messageId?: string;
  readonly dateMs?: number;
  readonly data?: Xml;
}

/** A SendMessage that the target should take, as the one element of a Body. */
export function honestBody(
  { senderId, serviceId }: Pick<Attacker, 'senderId' | 'serviceId'>,
  parts: MessageParts = {},
): Xml {
  const {
    messageId = randomUUID(),
    dateMs = Date.now(),
    data = xmlElement('data', {}, xmlText('<r><iin>991301300003</iin></r>')),
  } = parts;
  const info = xmlElement(
    'requestInfo',
    {},
    xmlLeaf('messageId', messageId),
    xmlLeaf('serviceId', serviceId),
    xmlLeaf('messageDate', formatShepTime(dateMs)),
    xmlElement('sender', {}, xmlLeaf('senderId', senderId)),
  );
  const request = xmlElement('request', {}, info, xmlElement('requestData', {}, data));
  return xmlElement('t:SendMessage', { 'xmlns:t': 'http://bip.bee.kz/SyncChannel/v10/Types' }, request);
}

/** The same, signed as it should be. */
export function signed(by: Attacker, body = honestBody(by), key = by.identity): Promise<string> {
  return rsaSigner(() => key).sign(body);
}

const sha1Signature = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha1';
const sha1Digest = 'http://www.w3.org/2001/04/xmldsig-more#sha1';
const hmacSha1 = 'http://www.w3.org/2000/09/xmldsig#hmac-sha1';

/** Signs an envelope anew with methods of yesterday: the signature is good, only nobody should take it any more. */
export async function signedWith(by: Attacker, methods: 'sha1' | 'hmac'): Promise<string> {
  const envelope = await signed(by);
  const hmac = methods === 'hmac';
  const signer = new SignedXml({
    idMode: 'wssecurity',
    privateKey: by.identity.keyPem,
    signatureAlgorithm: hmac ? hmacSha1 : sha1Signature,
    canonicalizationAlgorithm: new ExclusiveCanonicalization().getAlgorithmName(),
    getKeyInfoContent: () => /<ds:KeyInfo>(.*)<\/ds:KeyInfo>/s.exec(envelope)![1]!,
  });
  signer.SignatureAlgorithms = {
    ...signer.SignatureAlgorithms,
    [sha1Signature]: Sha1Signature,
    [hmacSha1]: hmacOf(by.identity),
  };
  signer.HashAlgorithms = { ...signer.HashAlgorithms, [sha1Digest]: Sha1Digest };
  const canonical = new ExclusiveCanonicalization().getAlgorithmName();
  signer.addReference({
    xpath: '/*/*[local-name(.)="Body"]',
    transforms: [canonical],
    digestAlgorithm: hmac ? 'http://www.w3.org/2001/04/xmlenc#sha256' : sha1Digest,
  });
  const unsigned = envelope.replace(/<ds:Signature .*<\/ds:Signature>/s, '');
  signer.computeSignature(unsigned, {
    prefix: 'ds',
    location: { reference: '/*/*[local-name(.)="Header"]/*', action: 'append' },
  });
  return signer.getSignedXml();
}

class Sha1Signature {
  getAlgorithmName = (): string => sha1Signature;
  getSignature = (text: string, key: string): string => createSign('RSA-SHA1').update(text).sign(key, 'base64');
  verifySignature = (): boolean => false;
}

class Sha1Digest {
  getAlgorithmName = (): string => sha1Digest;
  getHash = (text: string): string => createHash('sha1').update(text, 'utf8').digest('base64');
}

/** The old confusion: the public certificate, which everybody has, taken for a shared secret. */
function hmacOf({ certificatePem }: SigningKey): typeof Sha1Signature {
  return class extends Sha1Signature {
    override getAlgorithmName = (): string => hmacSha1;
    override getSignature = (text: string): string => createHmac('sha1', certificatePem).update(text).digest('base64');
  };
}
