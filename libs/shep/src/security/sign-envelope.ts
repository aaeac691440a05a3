import { randomUUID } from 'node:crypto';
import { SignedXml } from 'xml-crypto';
import { type Xml, xmlElement, xmlText, xmlVouched } from '../xml-writer.ts';
import { excC14n, rsaSha256, sha256 } from './algorithms.ts';
import { pinCertificate } from './certificates.ts';
import { wsseNamespace, wsuNamespace } from './signature-structure.ts';

const wss = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss';
const x509v3 = `${wss}-x509-token-profile-1.0#X509v3`;
const base64Binary = `${wss}-soap-message-security-1.0#Base64Binary`;
const soap11 = 'http://schemas.xmlsoap.org/soap/envelope/';

/** Signs a body and returns the whole envelope as text. GOST keys are behind NCANode, RSA keys in this process. */
export interface EnvelopeSigner {
  /** @throws SignerUnavailable when the keeper of the key does not answer */
  sign(body: Xml): Promise<string>;
}

/** The keeper of the key did not sign; nothing may be sent. */
export class SignerUnavailable extends Error {
  constructor(detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.name = 'SignerUnavailable';
  }
}

export interface SigningKey {
  readonly keyPem: string;
  readonly certificatePem: string;
}

/**
 * RSA-SHA256 in this process. The key is asked for at each signature, so that it can be changed without a restart.
 * The prefixes are literal on purpose: receivers look for the text `wsse:Security` and elements called `ds:Signature`.
 */
export function rsaSigner(currentKey: () => SigningKey, newId: () => string = randomUUID): EnvelopeSigner {
  return {
    sign(body) {
      const key = currentKey();
      const unsigned = unsignedEnvelope(body, `id-${newId()}`);
      const signature = signatureOver(unsigned, key);
      // The signature goes into our own text: what is sent is what was written, not what a DOM makes of it.
      return Promise.resolve(unsigned.replace(signaturePlace, () => signature));
    },
  };
}

const signaturePlace = '<wsse:Security-here/>';

/** An envelope with an empty place for the signature and an id on its Body. */
function unsignedEnvelope(body: Xml, bodyId: string): string {
  const security = xmlElement(
    'wsse:Security',
    { 'xmlns:wsse': wsseNamespace, 'soap:mustUnderstand': '1' },
    xmlVouched(signaturePlace),
  );
  const envelope = xmlElement(
    'soap:Envelope',
    { 'xmlns:soap': soap11 },
    xmlElement('soap:Header', {}, security),
    xmlElement('soap:Body', { 'xmlns:wsu': wsuNamespace, 'wsu:Id': bodyId }, body),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>${envelope}`;
}

function signatureOver(unsigned: string, { keyPem, certificatePem }: SigningKey): string {
  const signed = new SignedXml({
    idMode: 'wssecurity',
    privateKey: keyPem,
    signatureAlgorithm: rsaSha256,
    canonicalizationAlgorithm: excC14n,
    getKeyInfoContent: () => securityTokenReference(certificatePem),
  });
  signed.addReference({
    xpath: '/*/*[local-name(.)="Body"]',
    transforms: [excC14n],
    digestAlgorithm: sha256,
  });
  signed.computeSignature(unsigned, {
    prefix: 'ds',
    location: { reference: '/*/*[local-name(.)="Header"]/*', action: 'append' },
    existingPrefixes: { wsse: wsseNamespace },
  });
  return signed.getSignatureXml();
}

function securityTokenReference(certificatePem: string): string {
  const der = pinCertificate(certificatePem).x509.raw.toString('base64');
  const identifier = xmlElement('wsse:KeyIdentifier', { EncodingType: base64Binary, ValueType: x509v3 }, xmlText(der));
  return xmlElement('wsse:SecurityTokenReference', {}, identifier);
}
