/** Text that is already XML. Only this file makes it, so a value from outside cannot become markup. */
export type Xml = string & { readonly __brand: 'Xml' };

type Attributes = Readonly<Record<string, string | undefined>>;

// Everything XML 1.0 has no place for, lone surrogates included. A document with one of these is unreadable to all.
const unwritable = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

// Carriage returns, and what some readers take for line ends and others do not: a signature must hold for all of them.
const lineEnds = /\r\n?|[\u0085\u2028]/g;

function writable(value: string): string {
  return value.replace(lineEnds, '\n').toWellFormed().replace(unwritable, '\uFFFD');
}

function attributeText(value: string): string {
  return writable(value)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;')
    .replaceAll('\t', '&#9;');
}

/** A value as character data. Line ends of all kinds become `\n`. */
export function xmlText(value: string): Xml {
  return writable(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;') as Xml;
}

/** A value as a CDATA section, split where it holds the closing mark. */
export function xmlCdata(value: string): Xml {
  return `<![CDATA[${writable(value).replaceAll(']]>', ']]]]><![CDATA[>')}]]>` as Xml;
}

/** An element with attributes and content in the order given; undefined content is left out. */
export function xmlElement(name: string, attributes: Attributes, ...content: readonly (Xml | undefined)[]): Xml {
  let start = `<${name}`;
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) start += ` ${key}="${attributeText(value)}"`;
  }
  const inside = content.filter((part) => part !== undefined).join('');
  return (inside === '' ? `${start}/>` : `${start}>${inside}</${name}>`) as Xml;
}

/** An element that holds only text; undefined when there is no value, so that it is left out. */
export function xmlLeaf(name: string, value: string | number | boolean | undefined): Xml | undefined {
  return value === undefined ? undefined : xmlElement(name, {}, xmlText(String(value)));
}

/** Several pieces in a row. */
export function xmlSequence(...parts: readonly (Xml | undefined)[]): Xml {
  return parts.filter((part) => part !== undefined).join('') as Xml;
}

/**
 * Takes text that is known to be XML: a document this hub wrote, signed or received.
 * The caller vouches for it; never hand a citizen's value here.
 */
export function xmlVouched(text: string): Xml {
  return text as Xml;
}
