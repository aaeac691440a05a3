import { describe, expect, it } from '@jest/globals';
import { decodeUtf8, readXml, textOf, XmlRefused, xmlLimits } from './xml-reader.ts';

const refusalOf = (read: () => unknown): string => {
  try {
    read();
  } catch (error) {
    if (error instanceof XmlRefused) return error.refusal;
    throw error;
  }
  return 'taken';
};

describe('a document from a stranger', () => {
  it.each([
    ['a document type', '<!DOCTYPE a><a/>', 'doctype'],
    ['an entity bomb', '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>', 'doctype'],
    ['an external entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', 'doctype'],
    ['an undeclared entity', '<a>&x;</a>', 'not-well-formed'],
    ['a processing instruction', '<?xml-stylesheet href="http://a/"?><a/>', 'processing-instruction'],
    ['another charset', '<?xml version="1.0" encoding="windows-1251"?><a/>', 'other-charset'],
    ['an unclosed element', '<a><b></a>', 'not-well-formed'],
    ['an unbound prefix', '<x:a/>', 'not-well-formed'],
    ['two roots', '<a/><a/>', 'not-well-formed'],
    ['nothing', '', 'not-well-formed'],
    ['too many levels', '<a>'.repeat(65) + '</a>'.repeat(65), 'too-deep'],
    [
      'too many attributes',
      `<a ${Array.from({ length: 65 }, (_, i) => `a${i}="1"`).join(' ')}/>`,
      'too-many-attributes',
    ],
    ['two Ids that differ in namespace', '<a Id="1" x:Id="2" xmlns:x="u"/>', 'not-well-formed'],
  ])('is refused with %s', (_, text, refusal) => {
    expect(refusalOf(() => readXml(text))).toBe(refusal);
  });

  it('is refused when it has more elements than allowed', () => {
    const text = `<a>${'<b/>'.repeat(10)}</a>`;

    expect(refusalOf(() => readXml(text, { ...xmlLimits, elementsMax: 10 }))).toBe('too-many-elements');
    expect(refusalOf(() => readXml(text, { ...xmlLimits, elementsMax: 11 }))).toBe('taken');
  });

  it('is refused when it is too large or not UTF-8', () => {
    expect(refusalOf(() => decodeUtf8(new Uint8Array(11), { ...xmlLimits, bytesMax: 10 }))).toBe('too-large');
    expect(refusalOf(() => decodeUtf8(Uint8Array.of(0x3c, 0xd2)))).toBe('not-utf8');
    expect(refusalOf(() => decodeUtf8(Uint8Array.of(0x3c, 0xcf, 0xf0, 0xe8)))).toBe('not-utf8');
    expect(refusalOf(() => readXml(decodeUtf8(Buffer.from('<a>b</a>', 'utf16le'))))).toBe('not-well-formed');
  });

  it('has comments left out and the text around them joined, so that a comment cannot cut a value short', () => {
    expect(textOf(readXml('<a><iin>99130<!-- x -->1300003<![CDATA[ &amp; ]]></iin></a>'), 'iin')).toBe(
      '991301300003 &amp;',
    );
  });
});
