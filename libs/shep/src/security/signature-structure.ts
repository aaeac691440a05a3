import { ShepFault } from '../faults.ts';
import { childrenOf, ownText, type XmlElement } from '../xml-reader.ts';
import { type AllowedMethods, excC14n } from './algorithms.ts';
import type { NamedCertificate } from './certificates.ts';

export const dsNamespace = 'http://www.w3.org/2000/09/xmldsig#';
export const wsseNamespace = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
export const wsuNamespace = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd';

/** What a transport signature says of itself; nothing of it is proven yet. */
export interface ClaimedSignature {
  readonly certificate: NamedCertificate;
  readonly value: string;
}

const wrong = (why: string): ShepFault => new ShepFault('SCE006', why);

/**
 * Holds a message to the one shape of section 3.1: one Security with one Signature directly in it, one Reference to the one
 * Body, whose id nothing else has. Every wrapping attack needs a second something; here there is room for one of each.
 *
 * @throws ShepFault SCE007 without a signature, SCE006 with another shape or method, SCE005 without a certificate
 */
export function claimedSignature(envelope: XmlElement, body: XmlElement, allowed: AllowedMethods): ClaimedSignature {
  const headers = envelope.children.filter((child) => child.name === 'Header');
  if (headers.length > 1) throw wrong('an envelope has at most one Header');
  const securities = childrenOf(headers[0], 'Security').filter((child) => child.namespace === wsseNamespace);
  const signatures = childrenOf(securities[0], 'Signature').filter((child) => child.namespace === dsNamespace);
  const [signature] = signatures;
  if (!signature) throw new ShepFault('SCE007', undefined);
  if (securities.length > 1 || signatures.length > 1) throw wrong('there is more than one signature');
  const [signedInfo, value, keyInfo] = exactly(signature, ['SignedInfo', 'SignatureValue', 'KeyInfo']);
  const [canonicalization, method, reference] = exactly(signedInfo!, [
    'CanonicalizationMethod',
    'SignatureMethod',
    'Reference',
  ]);
  if (algorithmOf(canonicalization!) !== excC14n) throw wrong('CanonicalizationMethod is not exclusive c14n');
  if (!allowed.signatures.has(algorithmOf(method!))) throw wrong('SignatureMethod is not allowed');
  checkReference(reference!, envelope, body, allowed);
  return { certificate: namedCertificate(keyInfo!), value: (ownText(value) ?? '').replace(/\s+/g, '') };
}

function checkReference(reference: XmlElement, envelope: XmlElement, body: XmlElement, allowed: AllowedMethods): void {
  const [transforms, method] = exactly(reference, ['Transforms', 'DigestMethod', 'DigestValue']);
  const [transform] = exactly(transforms!, ['Transform']);
  if (algorithmOf(transform!) !== excC14n) throw wrong('the Transform is not exclusive c14n');
  if (!allowed.digests.has(algorithmOf(method!))) throw wrong('DigestMethod is not allowed');
  const bodyId = body.attributes.get('Id');
  if (bodyId === undefined || reference.attributes.get('URI') !== `#${bodyId}`) {
    throw wrong('the Reference is not to the Body');
  }
  if (countIds(envelope, bodyId) !== 1) throw wrong('the id of the Body is not unique');
}

/** The children must be these, once each, in this order, all of XML-DSig. */
function exactly(parent: XmlElement, names: readonly string[]): readonly XmlElement[] {
  const { children } = parent;
  const fits =
    children.length === names.length &&
    children.every((child, place) => child.name === names[place] && child.namespace === dsNamespace);
  if (!fits) throw wrong(`${parent.name} holds something else than ${names.join(', ')}`);
  return children;
}

function algorithmOf(element: XmlElement): string {
  return element.attributes.get('Algorithm') ?? '';
}

const idNames = ['Id', 'ID', 'id'];

function countIds(element: XmlElement, id: string): number {
  const here = idNames.filter((name) => element.attributes.get(name) === id).length;
  return element.children.reduce((sum, child) => sum + countIds(child, id), here);
}

function namedCertificate(keyInfo: XmlElement): NamedCertificate {
  const reference = childrenOf(keyInfo, 'SecurityTokenReference')[0] ?? keyInfo;
  const identifier = childrenOf(reference, 'KeyIdentifier')[0];
  const x509Data = childrenOf(reference, 'X509Data')[0];
  const text = ownText(identifier) ?? ownText(childrenOf(x509Data, 'X509Certificate')[0]);
  if (text !== undefined) return { by: 'value', der: Buffer.from(text, 'base64') };
  const serial = ownText(childrenOf(childrenOf(x509Data, 'X509IssuerSerial')[0], 'X509SerialNumber')[0]);
  if (serial !== undefined) return { by: 'issuer-serial', serial };
  throw new ShepFault('SCE005', 'KeyInfo names no certificate');
}

/** A comment inside a digest or signature value is read differently by different readers: there is no honest one. */
export function refuseAllButElementsAndText(node: Node, code: 'SCE006' | 'SCE016'): void {
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.nodeType !== 1 && child.nodeType !== 3) throw new ShepFault(code, 'a signature holds plain text only');
    refuseAllButElementsAndText(child, code);
  }
}
