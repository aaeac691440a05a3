import { childrenOf, childOf, textOf, type XmlElement } from './xml-reader.ts';
import { MessageUnreadable } from './message-unreadable.ts';
import { parseShepTime } from './shep-time.ts';
import { type Xml, xmlElement, xmlLeaf } from './xml-writer.ts';

/** Who sends, by the service agreement. */
export interface Sender {
  readonly senderId: string;
  readonly password: string | undefined;
}

/** A free field of the envelope: key at most 30 characters, value at most 500. */
export interface Property {
  readonly key: string;
  readonly value: string;
}

/** @throws MessageUnreadable when the field is absent or empty */
export function requiredText(element: XmlElement | undefined, name: string): string {
  const text = textOf(element, name);
  if (text === undefined) throw new MessageUnreadable(`${name} is missing`);
  return text;
}

/** @throws MessageUnreadable when the field is absent or not a date */
export function requiredTime(element: XmlElement | undefined, name: string): number {
  const atMs = parseShepTime(requiredText(element, name));
  if (atMs === undefined) throw new MessageUnreadable(`${name} is not a date`);
  return atMs;
}

/** A number between the curly braces that the schema asks of a guid, whatever form it came in. */
export function bracedGuid(id: string): string {
  return id.startsWith('{') ? id : `{${id}}`;
}

/** Reads a sender; an absent one is undefined. */
export function readSender(element: XmlElement | undefined): Sender | undefined {
  const senderId = textOf(element, 'senderId');
  return senderId === undefined ? undefined : { senderId, password: textOf(element, 'password') };
}

/** Writes `<sender>`. */
export function writeSender(sender: Sender): Xml {
  return xmlElement('sender', {}, xmlLeaf('senderId', sender.senderId), xmlLeaf('password', sender.password));
}

/** Reads all properties; an empty one is left out. */
export function readProperties(parent: XmlElement | undefined): readonly Property[] {
  return childrenOf(parent, 'properties').flatMap((property) => {
    const key = textOf(property, 'key');
    return key === undefined ? [] : [{ key, value: textOf(property, 'value') ?? '' }];
  });
}

/** Writes each property as its own `<properties>`. */
export function writeProperties(properties: readonly Property[]): readonly Xml[] {
  return properties.map(({ key, value }) =>
    xmlElement('properties', {}, xmlLeaf('key', key.slice(0, 30)), xmlLeaf('value', value.slice(0, 500))),
  );
}

/**
 * The `request` or `response` inside a wrapper. The wrapper is known by its local name: real senders put it in
 * foreign namespaces and some put none.
 *
 * @throws MessageUnreadable
 */
export function wrapped(operation: XmlElement, part: 'request' | 'response'): XmlElement {
  const inside = childOf(operation, part);
  if (!inside) throw new MessageUnreadable(`${operation.name} holds no ${part}`);
  return inside;
}
