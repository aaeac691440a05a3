import { DOMParser } from '@xmldom/xmldom';
import { ShepFault } from '../faults.ts';
import { MessageUnreadable } from '../message-unreadable.ts';
import { type OpenMessage, readEnvelope } from '../soap-envelope.ts';
import { decodeUtf8, readXml, type XmlElement, type XmlLimits, xmlLimits } from '../xml-reader.ts';
import { allowedMethods, signedXmlFor } from './algorithms.ts';
import { findPinned, isInTerm, type PinnedCertificate } from './certificates.ts';
import { claimedSignature, dsNamespace, refuseAllButElementsAndText } from './signature-structure.ts';

/** A peer that signs, as it is configured at the moment of asking. */
export interface SigningPeer {
  readonly name: string;
  readonly certificates: readonly PinnedCertificate[];
  /** The switch for peers with old certificates; off by default. */
  readonly sha1Allowed: boolean;
}

/** What a signature proves: this peer sent this operation. Nothing of the message outside the signed part is kept. */
export interface ProvenMessage {
  readonly operation: XmlElement;
  readonly peer: SigningPeer;
  readonly certificate: PinnedCertificate;
  /** SignatureValue in base64, for the evidence. */
  readonly signature: string;
}

/**
 * Verifies the transport signature over the exact bytes received and gives back what was signed, read anew from the
 * canonical text that was digested: what is used is what was signed, whatever else the message holds.
 *
 * @throws ShepFault SCE005, SCE006, SCE007
 * @throws MessageUnreadable when it is no message at all
 */
export function verifyEnvelope(
  bytes: Uint8Array,
  peers: readonly SigningPeer[],
  atMs: number,
  limits: XmlLimits = xmlLimits,
): ProvenMessage {
  const text = decodeUtf8(bytes, limits);
  const envelope = readXml(text, limits);
  const { body } = readEnvelope(envelope);
  // The widest set any peer may use: which peer it is, its certificate tells, and then its own switch decides.
  const widest = allowedMethods(peers.some(({ sha1Allowed }) => sha1Allowed));
  const claimed = claimedSignature(envelope, body, widest);
  for (const peer of peers) {
    const certificate = findPinned(peer.certificates, claimed.certificate);
    if (!certificate) continue;
    if (!isInTerm(certificate, atMs)) throw new ShepFault('SCE005', 'the certificate is out of its term');
    claimedSignature(envelope, body, allowedMethods(peer.sha1Allowed));
    const operation = signedOperation(text, peer, certificate, limits);
    return { operation, peer, certificate, signature: claimed.value };
  }
  throw new ShepFault('SCE005', 'the certificate is not known here');
}

function signedOperation(
  text: string,
  peer: SigningPeer,
  certificate: PinnedCertificate,
  limits: XmlLimits,
): XmlElement {
  const signed = signedXmlFor(allowedMethods(peer.sha1Allowed), certificate.pem);
  const [content, more] = signedParts(signed, text);
  if (content === undefined || more !== undefined) throw new ShepFault('SCE006', 'the signed part is not one');
  const body = readXml(content, limits);
  const [operation] = body.children;
  if (body.name !== 'Body' || !operation || body.children.length > 1) {
    throw new MessageUnreadable('what was signed is not a Body with one element');
  }
  return operation;
}

function signedParts(signed: ReturnType<typeof signedXmlFor>, text: string): readonly string[] {
  try {
    signed.loadSignature(signatureNode(text));
    if (!signed.checkSignature(text)) throw new ShepFault('SCE006', 'the digest does not fit');
    return signed.getSignedReferences();
  } catch (error) {
    if (error instanceof ShepFault) throw error;
    // xml-crypto throws plain errors for everything that is not a good signature; its words may quote the message.
    throw new ShepFault('SCE006', 'the signature does not fit');
  }
}

function signatureNode(text: string): Node {
  const document = new DOMParser().parseFromString(text, 'text/xml');
  const found = document.getElementsByTagNameNS(dsNamespace, 'Signature');
  // The structure was checked: the transport signature is the one in the Header, and the Header comes first.
  const signature = found.item(0);
  if (!signature || (signature.parentNode as Element | null)?.localName !== 'Security') {
    throw new ShepFault('SCE006', 'the first signature is not the transport signature');
  }
  refuseAllButElementsAndText(signature as unknown as Node, 'SCE006');
  return signature as unknown as Node;
}

/** Opens messages by their transport signature; peers are asked for at each message, so that they can be changed. */
export function openSigned(
  peers: () => readonly SigningPeer[],
  nowMs: () => number,
  limits: XmlLimits = xmlLimits,
): OpenMessage {
  return async (bytes) => {
    const { operation, peer, certificate, signature } = verifyEnvelope(bytes, peers(), nowMs(), limits);
    return { operation, proof: { peer: peer.name, fingerprint: certificate.fingerprint, signature } };
  };
}
