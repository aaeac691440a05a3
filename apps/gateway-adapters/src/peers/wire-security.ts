import {
  childOf,
  decodeUtf8,
  type EnvelopeSigner,
  ncanodeSigner,
  openByNcanode,
  type OpenMessage,
  openSigned,
  openUnsigned,
  type PostOverHttp,
  readXml,
  rsaSigner,
  type SealMessage,
  writeEnvelope,
  type XmlLimits,
  xmlLimits,
} from '#shep';
import { Failure } from '#runtime';
import { exchangeMs, messageBytesMax } from '../limits.ts';
import type { Peer, PeerBook } from './peer-book.ts';
import type { KeyOnFile } from './signing-key-file.ts';

/** How messages are sealed and opened, in both directions. */
export interface WireSecurity {
  readonly seal: SealMessage;
  /** For calls to us, by whoever is in the book. */
  readonly openCall: OpenMessage;
  /** For answers to our calls, which only the state gateway gives. */
  readonly openAnswer: OpenMessage;
}

export interface WireSecurityParts {
  readonly peers: PeerBook;
  /** Undefined in a contour without signatures. */
  readonly key: (() => KeyOnFile) | undefined;
  readonly post: PostOverHttp;
  readonly nowMs: () => number;
}

/** The name in the peer book of the gateway that answers us. */
export const gatewayPeer = 'shep';

export const inboundLimits: XmlLimits = { ...xmlLimits, bytesMax: messageBytesMax };

/** Signs everything and trusts only pinned certificates, where there is a key; otherwise messages are plain. */
export function wireSecurity(parts: WireSecurityParts): WireSecurity {
  const { key, peers } = parts;
  const openCall = openerOf(parts, () => peers.peers());
  if (!key) {
    const seal: SealMessage = (body) => Promise.resolve(writeEnvelope(body));
    return { seal, openCall, openAnswer: openUnsigned(inboundLimits) };
  }
  const signer = signerOf(parts, key);
  const gateway = (): readonly Peer[] => peers.peers().filter(({ name }) => name === gatewayPeer);
  return { seal: (body) => signer.sign(body), openCall, openAnswer: openerOf(parts, gateway) };
}

function signerOf(parts: WireSecurityParts, key: () => KeyOnFile): EnvelopeSigner {
  const rsa = rsaSigner(() => {
    const current = key();
    if (current.kind === 'rsa') return current;
    throw new Failure('gateway-unavailable', 'the key is with NCANode');
  });
  return {
    sign(body) {
      const current = key();
      if (current.kind === 'rsa') return rsa.sign(body);
      const way = { url: new URL(current.url), post: parts.post, timeoutMs: exchangeMs };
      return ncanodeSigner(way, () => current).sign(body);
    },
  };
}

/** Opens by what stands in the message; who must sign is judged afterwards, when it is known who speaks. */
function openerOf(parts: WireSecurityParts, peers: () => readonly Peer[]): OpenMessage {
  const rsa = openSigned(() => peers().filter(({ scheme }) => scheme === 'rsa'), parts.nowMs, inboundLimits);
  const plain = openUnsigned(inboundLimits);
  return async (bytes) => {
    const known = peers();
    if (known.every(({ signature, scheme }) => signature === 'required' && scheme === 'rsa') && known.length > 0) {
      return rsa(bytes);
    }
    const header = childOf(readXml(decodeUtf8(bytes, inboundLimits), inboundLimits), 'Header');
    const signature = childOf(childOf(header, 'Security'), 'Signature');
    if (!signature) return plain(bytes);
    const key = parts.key?.();
    const method = childOf(childOf(signature, 'SignedInfo'), 'SignatureMethod')?.attributes.get('Algorithm') ?? '';
    if (key?.kind !== 'ncanode' || !method.includes('gost')) return rsa(bytes);
    const way = { url: new URL(key.url), post: parts.post, timeoutMs: exchangeMs };
    return openByNcanode(
      way,
      () => peers().filter(({ scheme }) => scheme === 'gost'),
      parts.nowMs,
      inboundLimits,
    )(bytes);
  };
}
