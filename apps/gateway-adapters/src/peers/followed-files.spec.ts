import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { developmentIdentities, selfSignedIdentity } from '#shep';
import { peerBookOf } from './peer-book.ts';
import { keyOnFile } from './signing-key-file.ts';

const now = Date.now();
const term = { fromMs: now - 3_600_000, untilMs: now + 3_600_000 };
const [first, second] = [selfSignedIdentity('first', term), selfSignedIdentity('second', term)];

let folder: string;
let clockMs: number;
let problems: string[];
const followed = {
  onProblem: (error: unknown): void => void problems.push(String(error)),
  developmentAllowed: false,
  nowMs: () => clockMs,
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kezek-peers-'));
  clockMs = now;
  problems = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const written = (name: string, value: unknown): string => {
  const file = join(folder, name);
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
  return file;
};
/** Files are looked at once a second at most. */
const aMomentLater = (): number => (clockMs += 2_000);
const bookWith = (...certificates: readonly string[]) => ({
  peers: [{ name: 'shep', senderIds: ['*'], certificates }],
});

describe('certificates and keys that change while the app runs', () => {
  it('are taken from the changed peer book, the old one beside the new one and then without it', () => {
    const file = written('peers.json', bookWith(first.certificatePem));
    const book = peerBookOf(file, followed);
    const pinned = () => book.peers()[0]!.certificates.map(({ x509 }) => x509.subject);
    expect(pinned()).toEqual(['CN=first']);

    written('peers.json', bookWith(first.certificatePem, second.certificatePem));
    aMomentLater();
    expect(pinned()).toEqual(['CN=first', 'CN=second']);

    written('peers.json', bookWith(second.certificatePem));
    aMomentLater();
    expect(pinned()).toEqual(['CN=second']);
    expect(problems).toEqual([]);
  });

  it('are taken from the changed key file', () => {
    const file = written('key.json', { kind: 'rsa', ...first });
    const key = keyOnFile(file, followed);
    written('key.json', { kind: 'rsa', ...second, keyPem: `${second.keyPem}\n` });
    aMomentLater();

    expect(key()).toMatchObject({ certificatePem: second.certificatePem });
  });

  it('stay as they were where the changed file is malformed, and somebody is told without its content', () => {
    const book = peerBookOf(written('peers.json', bookWith(first.certificatePem)), followed);
    const key = keyOnFile(written('key.json', { kind: 'rsa', ...first }), followed);
    written('peers.json', '{ "peers": [');
    written('key.json', { kind: 'rsa', keyPem: 'not a key but secret all the same' });
    aMomentLater();

    expect(book.peers()[0]!.certificates[0]!.x509.subject).toBe('CN=first');
    expect(key()).toMatchObject({ certificatePem: first.certificatePem });
    expect(problems).toHaveLength(2);
    expect(problems.join()).not.toContain('secret all the same');
  });
});

describe('identities that a demo stack made for itself', () => {
  const { signingKey, peers } = developmentIdentities(now);

  it('are refused in production, as a key and as a peer', () => {
    expect(() => keyOnFile(written('key.json', signingKey), followed)).toThrow('no place in production');
    expect(() => peerBookOf(written('peers.json', peers), followed)).toThrow('no place in production');
  });

  it('serve demo and test stacks', () => {
    const here = { ...followed, developmentAllowed: true };
    expect(keyOnFile(written('key.json', signingKey), here)()).toMatchObject({ kind: 'rsa' });
    expect(peerBookOf(written('peers.json', peers), here).peers()).toHaveLength(1);
  });
});
