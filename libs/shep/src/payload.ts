import { childOf, ownText, readXml, type XmlElement, type XmlLimits, xmlLimits } from './xml-reader.ts';
import { type Xml, xmlCdata, xmlElement, xmlText } from './xml-writer.ts';

const xsi = 'http://www.w3.org/2001/XMLSchema-instance';
const xs = 'http://www.w3.org/2001/XMLSchema';

/**
 * What stands in `<data>`. Text is a document of its own, escaped or in CDATA (the reader cannot tell and need not);
 * inline is elements, and `data` itself then plays the payload's root.
 */
export type Payload =
  { readonly form: 'text'; readonly text: string } | { readonly form: 'inline'; readonly data: XmlElement };

/** How a payload is written: some receivers read only one of the three. */
export type PayloadToWrite =
  | { readonly form: 'text' | 'cdata'; readonly document: string }
  | { readonly form: 'inline'; readonly content: Xml; readonly attributes?: Readonly<Record<string, string>> };

/** Writes `<data>` with its payload; nothing to say gives undefined, as `data` may be absent. */
export function writeData(payload: PayloadToWrite | undefined): Xml | undefined {
  if (!payload) return undefined;
  if (payload.form === 'inline') return xmlElement('data', payload.attributes ?? {}, payload.content);
  const typed = { 'xmlns:xsi': xsi, 'xmlns:xs': xs, 'xsi:type': 'xs:string' };
  return xmlElement('data', typed, payload.form === 'cdata' ? xmlCdata(payload.document) : xmlText(payload.document));
}

/** Reads `<data>`: a payload is text when it has no element children; xsi:type is not trusted to tell. */
export function readData(data: XmlElement | undefined): Payload | undefined {
  if (!data) return undefined;
  if (data.children.length > 0) return { form: 'inline', data };
  const text = ownText(data);
  return text === undefined ? undefined : { form: 'text', text };
}

/**
 * The element whose children are the payload's fields, whichever form was sent. `rootName` is the payload's own root:
 * senders put it inside `<data>` or let `<data>` play its part.
 *
 * @throws XmlRefused when a text payload is not a plain XML document
 */
export function payloadRoot(
  payload: Payload | undefined,
  rootName: string,
  limits: XmlLimits = xmlLimits,
): XmlElement | undefined {
  if (!payload) return undefined;
  if (payload.form === 'text') return readXml(payload.text, limits);
  return childOf(payload.data, rootName) ?? payload.data;
}
