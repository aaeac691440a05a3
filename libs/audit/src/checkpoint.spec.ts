import { describe, expect, it } from '@jest/globals';
import { checkpointText, isSignedBy, noteOf, readNote, signCheckpoint, type Checkpoint } from './checkpoint.ts';
import { developmentKey, isDevelopmentKey, newPrivateKey, readPrivateKey, readPublicKey } from './note-keys.ts';

/** Key and signature of the reference implementation of signed notes (golang.org/x/mod/sumdb/note). */
const reference = {
  privateKey: 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz',
  publicKey: 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  text: "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n",
  signed: 'x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=',
};

const checkpoint: Checkpoint = {
  number: 7n,
  logOffset: 41n,
  entries: 42n,
  decisions: 58n,
  chain: 'c0'.repeat(32),
  root: 'a1'.repeat(32),
};

describe('keys of checkpoints', () => {
  it('sign as the reference implementation does', () => {
    const key = readPrivateKey(reference.privateKey);
    expect(key.publicKey.text).toBe(reference.publicKey);
    const signed = Buffer.concat([Buffer.from(key.publicKey.id, 'hex'), key.sign(reference.text)]);
    expect(signed.toString('base64')).toBe(reference.signed);
    const publicKey = readPublicKey(reference.publicKey);
    expect(publicKey.signed(reference.text, signed.subarray(4))).toBe(true);
    expect(publicKey.signed(reference.text.replace('your', 'my'), signed.subarray(4))).toBe(false);
  });

  it('are made at random and read again', () => {
    const key = readPrivateKey(newPrivateKey('kezek.example/allocation'));
    expect(readPublicKey(key.publicKey.text).id).toBe(key.publicKey.id);
    expect(key.publicKey.name).toBe('kezek.example/allocation');
    expect(newPrivateKey('a')).not.toBe(newPrivateKey('a'));
    expect(() => newPrivateKey('two words')).toThrow('no blanks');
  });

  it('tell a development key by its name', () => {
    expect(isDevelopmentKey(readPrivateKey(developmentKey()).publicKey)).toBe(true);
    expect(isDevelopmentKey(readPrivateKey(newPrivateKey('kezek.example/allocation')).publicKey)).toBe(false);
  });

  it.each(['', 'x', reference.publicKey.replace('c74f', 'c74e'), reference.publicKey.replace('+ARpc', '+BRpc')])(
    'are refused when malformed, without showing them: %j',
    (text) => {
      expect(() => readPublicKey(text)).toThrow(/key/);
      expect(() => readPrivateKey(text)).toThrow('a private key is');
      expect(() => readPrivateKey(reference.privateKey.replace('c74f', 'c74e'))).toThrow(/^((?!AYEKFAL).)*$/);
    },
  );
});

describe('a checkpoint', () => {
  const key = readPrivateKey(reference.privateKey);
  const signed = signCheckpoint(checkpoint, key);

  it('is signed over a text that names the key, the size of the tree and its root first', () => {
    expect(checkpointText(checkpoint, 'kezek.example/allocation')).toBe(
      [
        'kezek.example/allocation',
        '100',
        'oaGhoaGhoaGhoaGhoaGhoaGhoaGhoaGhoaGhoaGhoaE=',
        'checkpoint 7',
        'offset 41',
        'entries 42',
        'decisions 58',
        `chain ${'c0'.repeat(32)}`,
        '',
      ].join('\n'),
    );
  });

  it('has the same signature each time it is signed', () => {
    expect(signCheckpoint(checkpoint, key)).toEqual(signed);
    expect(isSignedBy(signed, key.publicKey)).toBe(true);
  });

  it.each([
    ['number', { number: 8n }],
    ['offset', { logOffset: 40n }],
    ['count of entries', { entries: 43n }],
    ['count of decisions', { decisions: 57n }],
    ['counts that give the same size', { entries: 43n, decisions: 57n }],
    ['chain', { chain: 'c1'.repeat(32) }],
    ['root', { root: 'a2'.repeat(32) }],
    ['name of the key', { keyName: 'PeterNewman' }],
    ['id of the key', { keyId: 'c74f20a4' }],
    ['signature', { signature: signed.signature.replace(/^../, '00') }],
    ['signature that is none', { signature: 'zz' }],
  ])('is not signed any more with another %s', (_, change) => {
    expect(isSignedBy({ ...signed, ...change }, key.publicKey)).toBe(false);
  });

  it('is not signed by another key of the same name', () => {
    expect(isSignedBy(signed, readPrivateKey(newPrivateKey('PeterNeumann')).publicKey)).toBe(false);
  });

  it('goes into a note and comes out of it, whoever else signs below', () => {
    const note = noteOf(signed);
    expect(readNote(note)).toEqual(signed);
    expect(readNote(`${note}— witness.example/w ${'A'.repeat(91)}=\n`)).toEqual(signed);
  });

  it.each([
    ['no note', 'hello'],
    ['a note of something else', noteOf(signed).replace('checkpoint', 'milestone')],
    ['a size that is not its counts', noteOf(signed).replace('\n100\n', '\n101\n')],
    ['no signature', noteOf(signed).replace(/— .*\n$/, '')],
    ['a signature in another name only', noteOf(signed).replace('— PeterNeumann', '— PeterNewman')],
  ])('is not read from %s', (_, note) => {
    expect(() => readNote(note)).toThrow(/checkpoint|size/);
  });
});
