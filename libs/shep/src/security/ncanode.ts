import { ShepFault } from '../faults.ts';
import { type HttpAnswer, PeerUnreachable, type PostOverHttp } from '../http-exchange.ts';
import {
  type MessageProof,
  type OpenedMessage,
  type OpenMessage,
  readEnvelope,
  writeEnvelope,
} from '../soap-envelope.ts';
import { decodeUtf8, readXml, type XmlLimits, xmlLimits } from '../xml-reader.ts';
import type { AllowedMethods } from './algorithms.ts';
import { findPinned, isInTerm, type PinnedCertificate } from './certificates.ts';
import { type EnvelopeSigner, SignerUnavailable } from './sign-envelope.ts';
import { claimedSignature } from './signature-structure.ts';

const kaz = 'urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms';
const more = 'http://www.w3.org/2001/04/xmldsig-more#';

/** The methods of Kazakh GOST certificates; no open implementation exists, so NCANode computes them. */
export const gostMethods: AllowedMethods = {
  signatures: new Set([
    `${kaz}:gostr34102015-gostr34112015-512`,
    `${kaz}:gostr34102015-gostr34112015-256`,
    `${more}gost34310-gost34311`,
  ]),
  digests: new Set([`${kaz}:gostr34112015-512`, `${kaz}:gostr34112015-256`, `${more}gost34311`]),
};

/** The way to an NCANode that holds no keys of its own: the key travels with each request, over a closed network. */
export interface NcanodeWay {
  readonly url: URL;
  readonly post: PostOverHttp;
  readonly timeoutMs: number;
}

export interface KeyContainer {
  /** PKCS#12 in base64. */
  readonly p12: string;
  readonly password: string;
}

/** Signs envelopes by `POST /wsse/sign`. The container is asked for at each signature, so that keys can be changed. */
export function ncanodeSigner(way: NcanodeWay, current: () => KeyContainer): EnvelopeSigner {
  return {
    async sign(body) {
      const { p12, password } = current();
      const request = { xml: writeEnvelope(body), key: p12, password, keyAlias: null, trimXml: false };
      const { xml } = await asked(
        way,
        '/wsse/sign',
        request,
        (detail, cause) => new SignerUnavailable(detail, { cause }),
      );
      if (typeof xml !== 'string') throw new SignerUnavailable('NCANode answered without a signed envelope');
      return xml;
    },
  };
}

/** A peer that signs with GOST; its certificates are pinned by their bytes alone. */
export interface GostPeer {
  readonly name: string;
  readonly certificates: readonly PinnedCertificate[];
}

/**
 * Opens envelopes that a GOST peer signed: we hold the message to its one shape and its certificate to the pinned ones,
 * NCANode says whether the signature fits (`POST /wsse/verify`). Only the Body that the one Reference names is used.
 *
 * @throws ShepFault SCE005, SCE006, SCE007; PeerUnreachable when NCANode does not answer
 */
export function openByNcanode(
  way: NcanodeWay,
  peers: () => readonly GostPeer[],
  nowMs: () => number,
  limits: XmlLimits = xmlLimits,
): OpenMessage {
  return async (bytes) => {
    const text = decodeUtf8(bytes, limits);
    const envelope = readXml(text, limits);
    const { body, operation } = readEnvelope(envelope);
    const claimed = claimedSignature(envelope, body, gostMethods);
    const found = peers()
      .map((peer) => ({ peer, certificate: findPinned(peer.certificates, claimed.certificate) }))
      .find(({ certificate }) => certificate !== undefined);
    if (!found?.certificate) throw new ShepFault('SCE005', 'the certificate is not known here');
    if (!isInTerm(found.certificate, nowMs())) throw new ShepFault('SCE005', 'the certificate is out of its term');
    const unavailable = (detail: string, cause: unknown): Error =>
      new PeerUnreachable('connection-failed', detail, { cause });
    const { valid } = await asked(way, '/wsse/verify', { xml: text, revocationCheck: ['OCSP'] }, unavailable);
    if (valid !== true) throw new ShepFault('SCE006', 'the signature does not fit');
    const proof: MessageProof = {
      peer: found.peer.name,
      fingerprint: found.certificate.fingerprint,
      signature: claimed.value,
    };
    return { operation, proof } satisfies OpenedMessage;
  };
}

async function asked(
  { url, post, timeoutMs }: NcanodeWay,
  path: string,
  request: object,
  unavailable: (detail: string, cause: unknown) => Error,
): Promise<{ readonly xml?: unknown; readonly valid?: unknown }> {
  let answer: HttpAnswer;
  try {
    answer = await post({
      url: new URL(path, url),
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
      timeoutMs,
      answerBytesMax: 2 * xmlLimits.bytesMax,
    });
  } catch (error) {
    if (!(error instanceof PeerUnreachable)) throw error;
    throw unavailable(`NCANode ${error.code}`, error);
  }
  const json = parsed(answer.body);
  // A key it cannot open is answered with 4xx, a fault of its own with 5xx; neither is a signature.
  if (answer.httpStatus !== 200 || json === undefined)
    throw unavailable(`NCANode HTTP ${answer.httpStatus}`, undefined);
  return json;
}

function parsed(body: Buffer): { readonly xml?: unknown; readonly valid?: unknown } | undefined {
  try {
    const json: unknown = JSON.parse(body.toString('utf8'));
    return typeof json === 'object' && json !== null ? json : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
