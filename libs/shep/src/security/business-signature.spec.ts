import { describe, expect, it } from '@jest/globals';
import { textOf } from '../xml-reader.ts';
import { signBusinessData, verifyBusinessData } from './business-signature.ts';
import { pinCertificate } from './certificates.ts';
import { selfSignedIdentity } from './self-signed.ts';

const nowMs = Date.parse('2026-03-01T10:00:00Z');
const term = { fromMs: nowMs - 1e9, untilMs: nowMs + 1e9 };
const identity = selfSignedIdentity('register', term);
const stranger = selfSignedIdentity('stranger', term);
const signers = { certificates: [pinCertificate(identity.certificatePem)], sha1Allowed: false };
const document =
  '<r:answer xmlns:r="urn:r" xmlns:unused="urn:u"><iin b="2" a="1">991301300003</iin><!-- kept --><empty/><Қ>ә &amp; &lt;</Қ></r:answer>';
const signed = signBusinessData(document, identity);
const verify = (text: string, atMs = nowMs): string | undefined => {
  try {
    return textOf(verifyBusinessData(text, signers, atMs).root, 'iin');
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
};

describe('a signed payload', () => {
  it('is taken as it was written, and what comes out is without the signature', () => {
    const { root } = verifyBusinessData(signed, signers, nowMs);

    expect(root.children.map(({ name }) => name)).toEqual(['iin', 'empty', 'Қ']);
    expect(textOf(root, 'Қ')).toBe('ә & <');
  });

  it.each([
    ['a changed value', signed.replace('991301300003', '991301300300'), 'SCE016'],
    [
      'a changed comment, which a same-document reference does not cover',
      signed.replace(' kept ', ' lost '),
      '991301300003',
    ],
    ['an added field', signed.replace('<empty/>', '<empty/><iin>1</iin>'), 'SCE016'],
    ['a field after the signature', signed.replace('</r:answer>', '<iin>1</iin></r:answer>'), 'SCE016'],
    ['no signature', document, 'SCE017'],
    ['the signed document inside another', `<wrap><iin>1</iin>${signed}</wrap>`, 'SCE016'],
    ['two signatures', signed.replace(/(<ds:Signature .*<\/ds:Signature>)/, '$1$1'), 'SCE016'],
    ['an empty transform list', signed.replace(/<ds:Transforms>.*<\/ds:Transforms>/, '<ds:Transforms/>'), 'SCE016'],
    ['a reference to an id', signed.replace('URI=""', 'URI="#x"'), 'SCE016'],
    ['another person’s certificate', signBusinessData(document, stranger), 'SCE015'],
    [
      'a pinned certificate over another key',
      signBusinessData(document, { ...stranger, certificatePem: identity.certificatePem }),
      'SCE016',
    ],
  ])('with %s ends as it must', (_, text, outcome) => {
    expect(verify(text)).toBe(outcome);
  });

  it('is refused outside the term of its certificate', () => {
    expect(verify(signed, nowMs + 2e9)).toBe('SCE015');
  });
});
