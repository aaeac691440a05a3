import { isUtf8 } from 'node:buffer';
import { SaxesParser } from 'saxes';
import { MessageUnreadable } from './message-unreadable.ts';

/** An element as the hub sees it: names are local, text is joined, comments are gone. */
export interface XmlElement {
  readonly name: string;
  /** Empty when the element is in no namespace. */
  readonly namespace: string;
  /** By local name; two attributes that differ only in namespace are refused when read. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Character data directly inside this element, CDATA included, in order. */
  readonly text: string;
}

/** What a document may cost before it is refused. */
export interface XmlLimits {
  readonly bytesMax: number;
  readonly depthMax: number;
  readonly elementsMax: number;
  readonly attributesMax: number;
}

export const xmlLimits: XmlLimits = {
  bytesMax: 15 * 1024 * 1024,
  depthMax: 64,
  elementsMax: 200_000,
  attributesMax: 64,
};

export type XmlRefusal =
  | 'too-large'
  | 'other-charset'
  | 'not-utf8'
  | 'doctype'
  | 'processing-instruction'
  | 'not-well-formed'
  | 'too-deep'
  | 'too-many-elements'
  | 'too-many-attributes';

/** A document that is not read: the sender's mistake or attack, never ours. */
export class XmlRefused extends MessageUnreadable {
  readonly refusal: XmlRefusal;
  constructor(refusal: XmlRefusal, detail: string) {
    super(`${refusal}: ${detail}`);
    this.name = 'XmlRefused';
    this.refusal = refusal;
  }
}

interface OpenElement {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: Map<string, string>;
  readonly children: XmlElement[];
  text: string;
}

/**
 * Reads bytes into text. Only UTF-8 is taken: other charsets arrive as mojibake or as an attack.
 *
 * @throws XmlRefused 'too-large', 'not-utf8'
 */
export function decodeUtf8(bytes: Uint8Array, limits: XmlLimits = xmlLimits): string {
  if (bytes.length > limits.bytesMax)
    throw new XmlRefused('too-large', `${bytes.length} bytes, at most ${limits.bytesMax}`);
  if (!isUtf8(bytes)) throw new XmlRefused('not-utf8', 'the bytes are not UTF-8');
  return new TextDecoder('utf-8').decode(bytes);
}

/**
 * Reads one XML document into a plain tree, within limits. No DOCTYPE, so no entity but the five of XML.
 *
 * @throws XmlRefused for everything that is not a small, plain, well-formed document
 */
export function readXml(text: string, limits: XmlLimits = xmlLimits): XmlElement {
  // A character takes at least one byte, so this is a floor; decodeUtf8 has counted the bytes of what came by wire.
  if (text.length > limits.bytesMax) throw new XmlRefused('too-large', `at most ${limits.bytesMax} bytes`);
  const open: OpenElement[] = [];
  let root: XmlElement | undefined;
  let elements = 0;
  const parser = new SaxesParser({ xmlns: true, position: false });
  parser.on('error', (error) => {
    throw new XmlRefused('not-well-formed', error.message);
  });
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && !/^utf-?8$/i.test(encoding))
      throw new XmlRefused('other-charset', 'only UTF-8 is read');
  });
  parser.on('doctype', () => {
    throw new XmlRefused('doctype', 'a document type is never needed here');
  });
  parser.on('processinginstruction', () => {
    throw new XmlRefused('processing-instruction', 'SOAP 1.1 section 3 forbids them');
  });
  parser.on('opentag', (tag) => {
    elements += 1;
    if (elements > limits.elementsMax) throw new XmlRefused('too-many-elements', `at most ${limits.elementsMax}`);
    if (open.length >= limits.depthMax) throw new XmlRefused('too-deep', `at most ${limits.depthMax} levels`);
    const attributes = readAttributes(Object.values(tag.attributes), limits);
    open.push({ name: tag.local, namespace: tag.uri, attributes, children: [], text: '' });
  });
  const addText = (more: string): void => {
    const inside = open.at(-1);
    if (inside) inside.text += more;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const closed = open.pop();
    if (!closed) return;
    const parent = open.at(-1);
    if (parent) parent.children.push(closed);
    else root = closed;
  });
  parser.write(text).close();
  if (!root) throw new XmlRefused('not-well-formed', 'there is no root element');
  return root;
}

type NamedAttribute = {
  readonly prefix: string;
  readonly local: string;
  readonly name: string;
  readonly value: string;
};

function readAttributes(all: readonly NamedAttribute[], limits: XmlLimits): Map<string, string> {
  if (all.length > limits.attributesMax) throw new XmlRefused('too-many-attributes', `at most ${limits.attributesMax}`);
  const attributes = new Map<string, string>();
  for (const { prefix, local, name, value } of all) {
    if (prefix === 'xmlns' || name === 'xmlns') continue;
    if (attributes.has(local)) throw new XmlRefused('not-well-formed', `two attributes are called ${local}`);
    attributes.set(local, value);
  }
  return attributes;
}

/** The first child of that local name, whatever its namespace and place. */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}

/** All children of that local name, in order. */
export function childrenOf(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

/** The trimmed text of a child; an empty or absent one is undefined. */
export function textOf(element: XmlElement | undefined, name: string): string | undefined {
  return ownText(childOf(element, name));
}

/** The trimmed text of an element; empty is undefined. */
export function ownText(element: XmlElement | undefined): string | undefined {
  const text = element?.text.trim();
  return text === undefined || text === '' ? undefined : text;
}
