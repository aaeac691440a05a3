import { describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { textOf } from '../xml-reader.ts';
import { xmlElement, xmlLeaf, xmlText } from '../xml-writer.ts';
import { pinCertificate } from './certificates.ts';
import { selfSignedIdentity } from './self-signed.ts';
import { rsaSigner } from './sign-envelope.ts';
import { type SigningPeer, verifyEnvelope } from './verify-envelope.ts';

const nowMs = Date.parse('2026-03-01T10:00:00Z');
const yearMs = 365 * 86_400_000;
const term = { fromMs: nowMs - yearMs, untilMs: nowMs + yearMs };
const identity = selfSignedIdentity('peer', term);
const stranger = selfSignedIdentity('stranger', term);
const peer: SigningPeer = { name: 'peer', certificates: [pinCertificate(identity.certificatePem)], sha1Allowed: false };

const operation = xmlElement(
  't:SendMessage',
  { 'xmlns:t': 'http://bip.bee.kz/SyncChannel/v10/Types' },
  xmlLeaf('iin', '991301300003'),
  xmlElement(
    'data',
    { 'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance', 'xsi:type': 'xs:string' },
    xmlText('<Қ & "ә">\t\u2028'),
  ),
);
const signed = await rsaSigner(() => identity).sign(operation);
const verify = (text: string, peers = [peer], atMs = nowMs): unknown => {
  try {
    return textOf(verifyEnvelope(Buffer.from(text), peers, atMs).operation, 'iin');
  } catch (error) {
    return (error as { code?: string }).code ?? (error as Error).message;
  }
};
const replaced = (from: string | RegExp, to: string): string => {
  const changed = signed.replace(from, to);
  if (changed === signed) throw new Error(`nothing was changed by ${String(from)}`);
  return changed;
};

describe('a signed message', () => {
  it('is taken when it comes as it was sent, and gives back what was signed', () => {
    const proven = verifyEnvelope(Buffer.from(signed), [peer], nowMs);

    expect(proven.operation.name).toBe('SendMessage');
    expect(textOf(proven.operation, 'data')).toBe('<Қ & "ә">');
    expect(proven.peer.name).toBe('peer');
    // Some readers take U+2028 for a line end and others do not; a signature over it would hold for half of them.
    expect(signed).not.toContain('\u2028');
  });

  it('has the literal prefixes that receivers look for, and no token but the certificate', () => {
    for (const literal of [
      '<wsse:Security ',
      '<ds:Signature ',
      ' wsu:Id="id-',
      '<wsse:KeyIdentifier ',
      '<soap:Body ',
    ]) {
      expect(signed).toContain(literal);
    }
    expect(signed).not.toContain('BinarySecurityToken');
  });

  it.each([
    ['a changed value', () => replaced('991301300003', '991301300300'), 'SCE006'],
    ['no signature', () => replaced(/<ds:Signature .*<\/ds:Signature>/, ''), 'SCE007'],
    ['no header', () => replaced(/<soap:Header>.*<\/soap:Header>/, ''), 'SCE007'],
    ['a moved body, another in its place', moved, 'SCE006'],
    ['two bodies', () => replaced('</soap:Body>', '</soap:Body><soap:Body/>'), 'an envelope has exactly one Body'],
    [
      'the id of the body a second time',
      () => replaced('<iin>', '<iin Id="x"/><iin>').replace('Id="x"', idOf()),
      'SCE006',
    ],
    ['two SignedInfo', twoSignedInfo, 'SCE006'],
    ['two signatures', () => replaced(/(<ds:Signature .*<\/ds:Signature>)/, '$1$1'), 'SCE006'],
    ['two references', () => replaced(/(<ds:Reference .*<\/ds:Reference>)/, '$1$1'), 'SCE006'],
    ['a comment in the digest', () => replaced(/<ds:DigestValue>/, '<ds:DigestValue><!---->'), 'SCE006'],
    ['a comment in the signature value', () => replaced(/<ds:SignatureValue>/, '<ds:SignatureValue><!---->'), 'SCE006'],
    ['another canonicalization', () => replaced('xml-exc-c14n#"', 'xml-exc-c14n#WithComments"'), 'SCE006'],
    [
      'an XSLT transform',
      () =>
        replaced(
          /<ds:Transform Algorithm="[^"]*"/,
          '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"',
        ),
      'SCE006',
    ],
    ['an HMAC over the public certificate', hmac, 'SCE006'],
    ['SHA-1 from a peer not switched to it', () => replaced('xmlenc#sha256', 'xmldsig-more#sha1'), 'SCE006'],
    ['an object with a second method', () => replaced('</ds:KeyInfo>', '</ds:KeyInfo><ds:Object/>'), 'SCE006'],
    ['a reference to nothing', () => replaced(/URI="#[^"]*"/, 'URI=""'), 'SCE006'],
    [
      'a comment in the body, which changes nothing',
      () => replaced('<iin>9913', '<iin>9913<!-- - -->'),
      '991301300003',
    ],
    [
      'a header of somebody else, which is not read',
      () => replaced('<soap:Header>', '<soap:Header><iin>1</iin>'),
      '991301300003',
    ],
  ])('with %s ends as it must', (_, change, outcome) => {
    expect(verify(change())).toBe(outcome);
  });

  it('is refused when the certificate is not pinned, although its own signature is good', async () => {
    expect(verify(await rsaSigner(() => stranger).sign(operation))).toBe('SCE005');
  });

  it('is refused when it names a pinned certificate but was signed by another key', async () => {
    const forged = await rsaSigner(() => ({ ...stranger, certificatePem: identity.certificatePem })).sign(operation);

    expect(verify(forged)).toBe('SCE006');
  });

  it('is refused outside the term of the certificate', () => {
    expect(verify(signed, [peer], nowMs + 2 * yearMs)).toBe('SCE005');
    expect(verify(signed, [peer], nowMs - 2 * yearMs)).toBe('SCE005');
  });

  it('is taken under an old and a new certificate while both are pinned, so that keys can be changed', () => {
    const rotating = { ...peer, certificates: [pinCertificate(stranger.certificatePem), ...peer.certificates] };

    expect(verify(signed, [rotating])).toBe('991301300003');
  });

  it('keeps its signature when its bytes pass through a writer that declares nothing new, and loses it otherwise', () => {
    expect(verify(signed.replaceAll('soap:', 'S:').replace('xmlns:soap', 'xmlns:S'))).toBe('SCE006');
  });
});

it('a weak or foreign key is not pinned', () => {
  expect(() => pinCertificate(selfSignedIdentity('weak', { ...term, bits: 1024 }).certificatePem)).toThrow('1024 bits');
});

function idOf(): string {
  return `Id="${/wsu:Id="([^"]*)"/.exec(signed)![1]!}"`;
}

/** The classic: the signed Body is kept where nobody looks, and another Body takes its place. */
function moved(): string {
  const body = /<soap:Body .*<\/soap:Body>/s.exec(signed)![0];
  const other = body.replace(/wsu:Id="[^"]*"/, 'wsu:Id="other"').replace('991301300003', '991301300300');
  return signed.replace(body, other).replace('</wsse:Security>', `${body}</wsse:Security>`);
}

function twoSignedInfo(): string {
  const info = /<ds:SignedInfo>.*<\/ds:SignedInfo>/.exec(signed)![0];
  return signed.replace(info, info + info);
}

function hmac(): string {
  const value = createHmac('sha1', identity.certificatePem).update('x').digest('base64');
  return signed
    .replace('xmldsig-more#rsa-sha256', 'TR/1/')
    .replace('http://www.w3.org/2001/04/TR/1/', 'http://www.w3.org/2000/09/xmldsig#hmac-sha1')
    .replace(/<ds:SignatureValue>[^<]*/, `<ds:SignatureValue>${value}`);
}
