import { DOMParser } from '@xmldom/xmldom';
import { SignedXml } from 'xml-crypto';
import { ShepFault } from '../faults.ts';
import { childrenOf, ownText, readXml, type XmlElement, type XmlLimits, xmlLimits } from '../xml-reader.ts';
import {
  allowedMethods,
  c14n,
  c14nWithComments,
  envelopedSignature,
  rsaSha256,
  sha256,
  signedXmlFor,
} from './algorithms.ts';
import { findPinned, isInTerm, pinCertificate, type PinnedCertificate } from './certificates.ts';
import type { SigningKey } from './sign-envelope.ts';
import { dsNamespace, refuseAllButElementsAndText } from './signature-structure.ts';

/**
 * Signs a payload document: an enveloped signature as the last child of its root. The result goes into `<data>` as text.
 */
export function signBusinessData(document: string, { keyPem, certificatePem }: SigningKey): string {
  const signed = new SignedXml({
    privateKey: keyPem,
    signatureAlgorithm: rsaSha256,
    canonicalizationAlgorithm: c14n,
    getKeyInfoContent: () => {
      const der = pinCertificate(certificatePem).x509.raw.toString('base64');
      return `<ds:X509Data><ds:X509Certificate>${der}</ds:X509Certificate></ds:X509Data>`;
    },
  });
  signed.addReference({
    xpath: '/*',
    transforms: [envelopedSignature, c14nWithComments],
    digestAlgorithm: sha256,
    uri: '',
    isEmptyUri: true,
  });
  signed.computeSignature(document, { prefix: 'ds' });
  const signature = signed.getSignatureXml();
  const end = document.lastIndexOf('</');
  return `${document.slice(0, end)}${signature}${document.slice(end)}`;
}

export interface BusinessSigners {
  /** Who may sign; empty means that nobody may. */
  readonly certificates: readonly PinnedCertificate[];
  readonly sha1Allowed: boolean;
}

/** A payload whose signature held: what was signed, without the signature, read anew. */
export interface ProvenPayload {
  readonly root: XmlElement;
  readonly certificate: PinnedCertificate;
}

/**
 * Verifies an enveloped signature over a whole payload document and gives back what was signed.
 *
 * @throws ShepFault SCE015, SCE016, SCE017
 * @throws MessageUnreadable when the document is not plain XML
 */
export function verifyBusinessData(
  document: string,
  signers: BusinessSigners,
  atMs: number,
  limits: XmlLimits = xmlLimits,
): ProvenPayload {
  const root = readXml(document, limits);
  const signatures = allSignatures(root);
  const [signature] = signatures;
  if (!signature) throw new ShepFault('SCE017', undefined);
  if (signatures.length > 1 || !root.children.includes(signature)) {
    throw new ShepFault('SCE016', 'there must be one signature, directly in the root');
  }
  const certificate = namedCertificate(signature, signers);
  if (!isInTerm(certificate, atMs)) throw new ShepFault('SCE015', 'the certificate is out of its term');
  checkShape(signature, signers.sha1Allowed);
  return { root: readXml(signedContent(document, certificate, signers.sha1Allowed), limits), certificate };
}

function allSignatures(element: XmlElement): readonly XmlElement[] {
  const here = element.name === 'Signature' && element.namespace === dsNamespace ? [element] : [];
  return [...here, ...element.children.flatMap(allSignatures)];
}

function namedCertificate(signature: XmlElement, { certificates }: BusinessSigners): PinnedCertificate {
  const data = childrenOf(childrenOf(signature, 'KeyInfo')[0], 'X509Data')[0];
  const text = ownText(childrenOf(data, 'X509Certificate')[0]) ?? '';
  const found = findPinned(certificates, { by: 'value', der: Buffer.from(text, 'base64') });
  if (!found) throw new ShepFault('SCE015', 'the certificate is not known here');
  return found;
}

/** One Reference to the whole document, its transforms no others than the two, its methods allowed. */
function checkShape(signature: XmlElement, sha1Allowed: boolean): void {
  const allowed = allowedMethods(sha1Allowed);
  const wrong = new ShepFault('SCE016', 'the signature is not of the agreed shape');
  const names = (element: XmlElement): string => element.children.map(({ name }) => name).join(' ');
  const [signedInfo] = signature.children;
  if (names(signature) !== 'SignedInfo SignatureValue KeyInfo' || !signedInfo) throw wrong;
  const [canonicalization, method, reference] = signedInfo.children;
  if (names(signedInfo) !== 'CanonicalizationMethod SignatureMethod Reference' || !reference) throw wrong;
  const algorithm = (element: XmlElement | undefined): string => element?.attributes.get('Algorithm') ?? '';
  const [transforms, digest] = reference.children;
  if (names(reference) !== 'Transforms DigestMethod DigestValue' || reference.attributes.get('URI') !== '') throw wrong;
  const steps = (transforms?.children ?? []).map(algorithm);
  const rightSteps = steps[0] === envelopedSignature && [c14n, c14nWithComments].includes(steps[1] ?? c14n);
  if (!rightSteps || steps.length > 2 || algorithm(canonicalization) !== c14n) throw wrong;
  if (!allowed.signatures.has(algorithm(method)) || !allowed.digests.has(algorithm(digest))) throw wrong;
}

function signedContent(document: string, certificate: PinnedCertificate, sha1Allowed: boolean): string {
  const signed = signedXmlFor(allowedMethods(sha1Allowed), certificate.pem);
  try {
    const parsed = new DOMParser().parseFromString(document, 'text/xml');
    const node = parsed.getElementsByTagNameNS(dsNamespace, 'Signature').item(0) as unknown as Node;
    refuseAllButElementsAndText(node, 'SCE016');
    signed.loadSignature(node);
    const [content] = signed.checkSignature(document) ? signed.getSignedReferences() : [];
    if (content !== undefined) return content;
  } catch (error) {
    if (error instanceof ShepFault) throw error;
    throw new ShepFault('SCE016', 'the signature does not fit');
  }
  throw new ShepFault('SCE016', 'the digest does not fit');
}
