import { createHash, createSign, createVerify, type KeyLike } from 'node:crypto';
import {
  ExclusiveCanonicalization,
  C14nCanonicalization,
  C14nCanonicalizationWithComments,
  SignedXml,
} from 'xml-crypto';

export const excC14n = 'http://www.w3.org/2001/10/xml-exc-c14n#';
export const c14n = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
export const c14nWithComments = `${c14n}#WithComments`;
export const envelopedSignature = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';
export const rsaSha256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
export const sha256 = 'http://www.w3.org/2001/04/xmlenc#sha256';

/** Old certificates sign under these names, which are not the W3C's; both spellings are seen. */
const rsaSha1Names = [
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha1',
  'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
] as const;
const sha1Names = ['http://www.w3.org/2001/04/xmldsig-more#sha1', 'http://www.w3.org/2000/09/xmldsig#sha1'] as const;

/** Which signature and digest methods are taken: RSA with SHA-256, and SHA-1 only where a peer is switched to it. */
export interface AllowedMethods {
  readonly signatures: ReadonlySet<string>;
  readonly digests: ReadonlySet<string>;
}

const modern: AllowedMethods = { signatures: new Set([rsaSha256]), digests: new Set([sha256]) };
const withSha1: AllowedMethods = {
  signatures: new Set([rsaSha256, ...rsaSha1Names]),
  digests: new Set([sha256, ...sha1Names]),
};

/** @param sha1Allowed the switch of the peer */
export function allowedMethods(sha1Allowed: boolean): AllowedMethods {
  return sha1Allowed ? withSha1 : modern;
}

/** A verifier that knows the allowed methods and no others: what is not in its tables cannot be tricked into use. */
export function signedXmlFor({ signatures, digests }: AllowedMethods, publicCert: string): SignedXml {
  const signed = new SignedXml({ publicCert, getCertFromKeyInfo: () => null });
  signed.SignatureAlgorithms = Object.fromEntries([...signatures].map((name) => [name, rsaMethod(name)]));
  signed.HashAlgorithms = Object.fromEntries([...digests].map((name) => [name, digestMethod(name)]));
  const { [envelopedSignature]: enveloped } = signed.CanonicalizationAlgorithms;
  signed.CanonicalizationAlgorithms = {
    [excC14n]: ExclusiveCanonicalization,
    [c14n]: C14nCanonicalization,
    [c14nWithComments]: C14nCanonicalizationWithComments,
    [envelopedSignature]: enveloped!,
  };
  return signed;
}

type RsaMethod = SignedXml['SignatureAlgorithms'][string];
type DigestMethod = SignedXml['HashAlgorithms'][string];

function rsaMethod(name: string): RsaMethod {
  const hash = (rsaSha1Names as readonly string[]).includes(name) ? 'RSA-SHA1' : 'RSA-SHA256';
  return class {
    getAlgorithmName = (): string => name;
    getSignature = (material: string, key: KeyLike): string => createSign(hash).update(material).sign(key, 'base64');
    verifySignature = (material: string, key: KeyLike, value: string): boolean =>
      createVerify(hash).update(material).verify(key, value, 'base64');
  } as RsaMethod;
}

function digestMethod(name: string): DigestMethod {
  const hash = (sha1Names as readonly string[]).includes(name) ? 'sha1' : 'sha256';
  return class {
    getAlgorithmName = (): string => name;
    getHash = (text: string): string => createHash(hash).update(text, 'utf8').digest('base64');
  };
}
