import { childOf, decodeUtf8, readXml, type XmlElement, type XmlLimits, xmlLimits } from './xml-reader.ts';
import { MessageUnreadable } from './message-unreadable.ts';
import { type Xml, xmlElement } from './xml-writer.ts';

const soap11 = 'http://schemas.xmlsoap.org/soap/envelope/';
const soap12 = 'http://www.w3.org/2003/05/soap-envelope';

export const soapContentType = 'text/xml; charset=utf-8';

/** An envelope taken apart: the one element in the Body says what is asked. */
export interface SoapMessage {
  readonly header: XmlElement | undefined;
  readonly body: XmlElement;
  readonly operation: XmlElement;
}

/** Puts a body into an envelope, with or without a signature. */
export type SealMessage = (body: Xml) => Promise<string>;

/** Writes a SOAP 1.1 envelope around a body, without a signature. */
export function writeEnvelope(body: Xml): string {
  const envelope = xmlElement('soap:Envelope', { 'xmlns:soap': soap11 }, xmlElement('soap:Body', {}, body));
  return `<?xml version="1.0" encoding="UTF-8"?>${envelope}`;
}

/** What a received message holds, and who is proven to have sent it. */
export interface OpenedMessage {
  readonly operation: XmlElement;
  readonly proof: MessageProof | undefined;
}

export interface MessageProof {
  /** Name of the peer in our configuration. */
  readonly peer: string;
  /** SHA-256 of its certificate, hex. */
  readonly fingerprint: string;
  /** SignatureValue, base64. */
  readonly signature: string;
}

/**
 * Opens a message as received.
 *
 * @throws ShepFault when a signature is asked for and does not hold
 * @throws MessageUnreadable when it is no message
 */
export type OpenMessage = (bytes: Uint8Array) => Promise<OpenedMessage>;

/** Opens messages that carry no signature: inside a closed contour, or in tests. */
export function openUnsigned(limits: XmlLimits = xmlLimits): OpenMessage {
  return async (bytes) => {
    const { operation } = readEnvelope(readXml(decodeUtf8(bytes, limits), limits));
    return { operation, proof: undefined };
  };
}

/**
 * Takes an envelope apart. SOAP 1.1 and 1.2 are both read; the body is known by namespace as well as by name,
 * since a foreign `Body` beside the real one is the oldest trick against signed messages.
 *
 * @throws MessageUnreadable
 */
export function readEnvelope(root: XmlElement): SoapMessage {
  const version = root.namespace;
  if (root.name !== 'Envelope' || (version !== soap11 && version !== soap12)) {
    throw new MessageUnreadable('the document is not a SOAP envelope');
  }
  const bodies = root.children.filter((child) => child.name === 'Body');
  const [body] = bodies;
  if (!body || bodies.length > 1) throw new MessageUnreadable('an envelope has exactly one Body');
  if (body.namespace !== version) throw new MessageUnreadable('the Body is not of the same SOAP version');
  const [operation] = body.children;
  if (!operation || body.children.length > 1) throw new MessageUnreadable('a Body holds exactly one element');
  return { header: childOf(root, 'Header'), body, operation };
}
