import { randomUUID } from 'node:crypto';
import { selfSignedIdentity } from '#shep';
import { type Attacker, honestBody, type Outcome, signed, signedWith } from './attacker.ts';
import type { ConformanceCase } from './case.ts';

const wrongSignature = ['SCE006'];

const changed = (
  name: string,
  change: (envelope: string) => string,
  codes: readonly string[] = ['SCE001', 'SCE006'],
): ConformanceCase => ({
  name,
  expected: 'refused',
  codes,
  async send(by) {
    const envelope = await signed(by);
    const attack = change(envelope);
    if (attack === envelope) throw new Error(`the kit changed nothing: ${name}`);
    return by.post(attack);
  },
});

const signature = /<ds:Signature .*<\/ds:Signature>/s;
const bodyOf = (envelope: string): string => /<soap:Body .*<\/soap:Body>/s.exec(envelope)![0];
const idOf = (envelope: string): string => /wsu:Id="([^"]*)"/.exec(envelope)![1]!;
const evil = (body: string): string => body.replace('991301300003', '991301300300');

/** Wrapping: what was signed is kept somewhere, and something else stands where the receiver looks. */
const wrapping: readonly ConformanceCase[] = [
  changed('the signed Body moved into the Header', (envelope) => {
    const body = bodyOf(envelope);
    return envelope
      .replace(body, evil(body).replace(/wsu:Id="[^"]*"/, 'wsu:Id="other"'))
      .replace('</soap:Header>', `<w>${body}</w></soap:Header>`);
  }),
  changed('the signed Body moved, the other under the same id', (envelope) => {
    const body = bodyOf(envelope);
    return envelope.replace(body, evil(body)).replace('</soap:Header>', `<w>${body}</w></soap:Header>`);
  }),
  changed('the signed Body moved, the other without an id', (envelope) => {
    const body = bodyOf(envelope);
    return envelope
      .replace(body, evil(body).replace(/ wsu:Id="[^"]*"/, ''))
      .replace('</soap:Header>', `<w>${body}</w></soap:Header>`);
  }),
  changed('two Bodies, the signed one first', (envelope) =>
    envelope.replace('</soap:Envelope>', `${evil(bodyOf(envelope)).replace(/wsu:Id="[^"]*"/, '')}</soap:Envelope>`),
  ),
  changed('two Bodies, the signed one last', (envelope) => {
    const body = bodyOf(envelope);
    return envelope.replace(body, evil(body).replace(/wsu:Id="[^"]*"/, '') + body);
  }),
  changed('two Bodies of two namespaces', (envelope) => {
    const body = bodyOf(envelope);
    return envelope.replace(body, `<Body>${evil(body)}</Body>${body}`);
  }),
  changed('the id of the Body a second time, as Id', (envelope) =>
    envelope.replace('<request>', `<request><x Id="${idOf(envelope)}"/>`),
  ),
  changed('the id of the Body a second time, in the Header', (envelope) =>
    envelope.replace('<soap:Header>', `<soap:Header><x ID="${idOf(envelope)}"/>`),
  ),
  changed('two Headers', (envelope) => envelope.replace('<soap:Header>', '<soap:Header/><soap:Header>')),
  changed('two signatures', (envelope) => envelope.replace(signature, (found) => found + found), wrongSignature),
  changed(
    'two SignedInfo',
    (envelope) => envelope.replace(/<ds:SignedInfo>.*<\/ds:SignedInfo>/s, (found) => found + found),
    wrongSignature,
  ),
  changed(
    'two References',
    (envelope) => envelope.replace(/<ds:Reference .*<\/ds:Reference>/s, (found) => found + found),
    wrongSignature,
  ),
  changed(
    'an Object with a signature in it',
    (envelope) => envelope.replace('</ds:KeyInfo>', '</ds:KeyInfo><ds:Object><ds:SignedInfo/></ds:Object>'),
    wrongSignature,
  ),
  changed('an empty reference', (envelope) => envelope.replace(/URI="#[^"]*"/, 'URI=""'), wrongSignature),
  changed(
    'a reference to the outside',
    (envelope) => envelope.replace(/URI="#[^"]*"/, 'URI="http://127.0.0.1/x"'),
    wrongSignature,
  ),
];

const downgrade: readonly ConformanceCase[] = [
  changed('a changed value', evil, wrongSignature),
  changed('no signature', (envelope) => envelope.replace(signature, ''), ['SCE007']),
  changed(
    'a comment in the digest',
    (envelope) => envelope.replace('<ds:DigestValue>', '<ds:DigestValue><!---->'),
    wrongSignature,
  ),
  changed(
    'a second digest in a comment',
    (envelope) => envelope.replace('<ds:DigestValue>', '<ds:DigestValue><!--AAAA-->AAAA'),
    wrongSignature,
  ),
  changed(
    'a comment in the signature value',
    (envelope) => envelope.replace('<ds:SignatureValue>', '<ds:SignatureValue><!--x-->'),
    wrongSignature,
  ),
  changed(
    'canonicalization with comments',
    (envelope) => envelope.replace('xml-exc-c14n#"', 'xml-exc-c14n#WithComments"'),
    wrongSignature,
  ),
  changed(
    'a stylesheet as transform',
    (envelope) => envelope.replace(/(<ds:Transform Algorithm=")[^"]*/, '$1http://www.w3.org/TR/1999/REC-xslt-19991116'),
    wrongSignature,
  ),
  changed(
    'an XPath transform',
    (envelope) =>
      envelope.replace(/(<ds:Transform Algorithm=")[^"]*/, '$1http://www.w3.org/TR/1999/REC-xpath-19991116'),
    wrongSignature,
  ),
  {
    name: 'an HMAC with the public certificate',
    expected: 'refused',
    codes: wrongSignature,
    send: async (by) => by.post(await signedWith(by, 'hmac')),
  },
  {
    name: 'SHA-1, from a peer not switched to it',
    expected: 'refused',
    codes: wrongSignature,
    send: async (by) => by.post(await signedWith(by, 'sha1')),
  },
  { name: 'a foreign certificate', expected: 'refused', codes: ['SCE005'], send: foreign },
  { name: 'a pinned certificate over a foreign key', expected: 'refused', codes: wrongSignature, send: stolen },
  {
    name: 'an expired certificate',
    expected: 'refused',
    codes: ['SCE005'],
    send: async (by) => (by.expired ? by.post(await signed(by, honestBody(by), by.expired)) : undefined),
  },
];

const term = { fromMs: Date.now() - 3_600_000, untilMs: Date.now() + 3_600_000 };

async function foreign(by: Attacker): Promise<Outcome> {
  return by.post(await signed(by, honestBody(by), selfSignedIdentity('foreign', term)));
}

async function stolen(by: Attacker): Promise<Outcome> {
  const key = { ...selfSignedIdentity('foreign', term), certificatePem: by.identity.certificatePem };
  return by.post(await signed(by, honestBody(by), key));
}

const hourMs = 3_600_000;
const repeats: readonly ConformanceCase[] = [
  { name: 'a replay, answered from the record', expected: 'taken', send: replay },
  { name: 'the same id with another body', expected: 'refused', codes: ['SCE001'], send: otherBody },
  {
    name: 'a message of last month',
    expected: 'refused',
    codes: ['SCE001'],
    send: (by) => dated(by, Date.now() - 31 * 24 * hourMs),
  },
  {
    name: 'a message of next month',
    expected: 'refused',
    codes: ['SCE001'],
    send: (by) => dated(by, Date.now() + 31 * 24 * hourMs),
  },
];

async function dated(by: Attacker, dateMs: number): Promise<Outcome> {
  return by.post(await signed(by, honestBody(by, { dateMs })));
}

/** The same bytes twice: the answers must say the same, so the second has done nothing. */
async function replay(by: Attacker): Promise<Outcome> {
  const envelope = await signed(by);
  const first = await by.post(envelope);
  const second = await by.post(envelope);
  const said = ({ text }: Outcome): string => /<soap:Body.*?>(.*)<\/soap:Body>/s.exec(text)?.[1] ?? text;
  return said(first) === said(second)
    ? second
    : { ...second, httpStatus: 500, text: 'the repeat was answered otherwise' };
}

async function otherBody(by: Attacker): Promise<Outcome> {
  const messageId = randomUUID();
  await by.post(await signed(by, honestBody(by, { messageId })));
  const other = evil(honestBody(by, { messageId })) as ReturnType<typeof honestBody>;
  return by.post(await signed(by, other));
}

/** What a verifier of signatures must not be talked into. */
export const signatureCases: readonly ConformanceCase[] = [...wrapping, ...downgrade, ...repeats];
