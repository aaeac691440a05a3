import { describe, expect, it } from '@jest/globals';
import { type HttpPost, PeerUnreachable, type PostOverHttp } from '../http-exchange.ts';
import { textOf } from '../xml-reader.ts';
import { xmlElement, xmlLeaf } from '../xml-writer.ts';
import { pinGostCertificate } from './certificates.ts';
import { ncanodeSigner, type NcanodeWay, openByNcanode } from './ncanode.ts';
import { selfSignedIdentity } from './self-signed.ts';
import { rsaSigner, SignerUnavailable } from './sign-envelope.ts';

const nowMs = Date.parse('2026-03-01T10:00:00Z');
const identity = selfSignedIdentity('gost', { fromMs: nowMs - 1e9, untilMs: nowMs + 1e9 });
const body = xmlElement('t:SendMessage', { 'xmlns:t': 'urn:t' }, xmlLeaf('iin', '991301300003'));
const kaz = 'urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms';

/** An envelope in the shape that NCANode gives: the methods are GOST's by name, the mathematics is not tried here. */
const gostEnvelope = (await rsaSigner(() => identity).sign(body))
  .replace('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', `${kaz}:gostr34102015-gostr34112015-512`)
  .replace('http://www.w3.org/2001/04/xmlenc#sha256', `${kaz}:gostr34112015-512`);

const asked: { path: string; json: Record<string, unknown> }[] = [];
/** A simulated NCANode: answers as its public code does. */
const simulated = (httpStatus: number, answer: object | string): PostOverHttp => {
  return ({ url, body: sent }: HttpPost) => {
    asked.push({ path: url.pathname, json: JSON.parse(String(sent)) as Record<string, unknown> });
    const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
    return Promise.resolve({ httpStatus, contentType: 'application/json', body: Buffer.from(text) });
  };
};
const way = (post: PostOverHttp): NcanodeWay => ({ url: new URL('http://ncanode:14579/'), post, timeoutMs: 1_000 });
const peer = { name: 'shep', certificates: [pinGostCertificate(identity.certificatePem)] };
const open = (answer: object | string, httpStatus = 200, peers = [peer], text = gostEnvelope) =>
  openByNcanode(
    way(simulated(httpStatus, answer)),
    () => peers,
    () => nowMs,
  )(Buffer.from(text));

describe('NCANode as the keeper of our key', () => {
  const sign = (post: PostOverHttp): Promise<string> =>
    ncanodeSigner(way(post), () => ({ p12: 'cDEy', password: 'p' })).sign(body);

  it('gets a plain envelope with the key, and gives back a signed one', async () => {
    expect(await sign(simulated(200, { status: 200, message: 'OK', xml: gostEnvelope }))).toBe(gostEnvelope);
    expect(asked.at(-1)).toMatchObject({ path: '/wsse/sign', json: { key: 'cDEy', password: 'p', trimXml: false } });
    expect(asked.at(-1)!.json['xml']).not.toContain('Security');
  });

  it.each([
    ['refuses the key', simulated(400, { status: 400, message: 'wrong password' })],
    ['fails', simulated(500, 'Internal Server Error')],
    ['answers without an envelope', simulated(200, { status: 200 })],
    ['is away', () => Promise.reject(new PeerUnreachable('connection-failed', 'x'))],
  ] as const)('leaves a message unsent when it %s', async (_, post) => {
    await expect(sign(post)).rejects.toThrow(SignerUnavailable);
  });
});

describe('NCANode as the judge of a signature', () => {
  it('opens a message that it finds valid, from a pinned certificate', async () => {
    const { operation, proof } = await open({ valid: true, signers: [] });

    expect(textOf(operation, 'iin')).toBe('991301300003');
    expect(proof?.peer).toBe('shep');
    expect(asked.at(-1)).toMatchObject({
      path: '/wsse/verify',
      json: { xml: gostEnvelope, revocationCheck: ['OCSP'] },
    });
  });

  it('does not open one that it finds invalid, whose certificate is a stranger’s, or that has another shape', async () => {
    const rsa = await rsaSigner(() => identity).sign(body);
    const wrapped = gostEnvelope.replace('</soap:Header>', '<x Id="y"/></soap:Header><soap:Body/>');

    await expect(open({ valid: false })).rejects.toThrow(expect.objectContaining({ code: 'SCE006' }));
    await expect(open({ valid: true }, 200, [])).rejects.toThrow(expect.objectContaining({ code: 'SCE005' }));
    await expect(open({ valid: true }, 200, [peer], rsa)).rejects.toThrow(expect.objectContaining({ code: 'SCE006' }));
    await expect(open({ valid: true }, 200, [peer], wrapped)).rejects.toThrow('exactly one Body');
  });

  it('is not taken for a judge when it fails', async () => {
    await expect(open('oops', 500)).rejects.toThrow(PeerUnreachable);
  });
});
