import type { Checkpoints } from '#contracts';
import type { PrivateKey, PublicKey } from './note-keys.ts';

export type SignedCheckpoint = Checkpoints.CheckpointSigned;
/** A checkpoint before it is signed. */
export type Checkpoint = Omit<SignedCheckpoint, 'keyName' | 'keyId' | 'signature'>;

/** A text that is no checkpoint. */
export class CheckpointMalformed extends Error {
  override readonly name = 'CheckpointMalformed';
}

const signatureLine = /^— ([^\s+]{1,100}) ([A-Za-z0-9+/]{91}=)$/;
const textForm = new RegExp(
  [
    '^(?<keyName>[^\\s+]{1,100})',
    '(?<size>\\d{1,16})',
    '(?<root>[A-Za-z0-9+/]{43}=)',
    'checkpoint (?<number>\\d{1,16})',
    'offset (?<logOffset>\\d{1,16})',
    'entries (?<entries>\\d{1,16})',
    'decisions (?<decisions>\\d{1,16})',
    'chain (?<chain>[0-9a-f]{64})\n$',
  ].join('\n'),
);

/**
 * What a signature covers: the text of a checkpoint of a transparency log (https://c2sp.org/tlog-checkpoint). Its first
 * line is the name of the key, its second the number of leaves.
 */
export function checkpointText(
  { number, logOffset, entries, decisions, chain, root }: Checkpoint,
  keyName: string,
): string {
  const lines = [
    keyName,
    entries + decisions,
    Buffer.from(root, 'hex').toString('base64'),
    `checkpoint ${number}`,
    `offset ${logOffset}`,
    `entries ${entries}`,
    `decisions ${decisions}`,
    `chain ${chain}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** The same checkpoint and key always give the same signature. */
export function signCheckpoint(checkpoint: Checkpoint, { publicKey, sign }: PrivateKey): SignedCheckpoint {
  const { name: keyName, id: keyId } = publicKey;
  return { ...checkpoint, keyName, keyId, signature: sign(checkpointText(checkpoint, keyName)).toString('hex') };
}

/** Whether the key of that name and id signed this. */
export function isSignedBy(checkpoint: SignedCheckpoint, key: PublicKey): boolean {
  const { keyName, keyId, signature } = checkpoint;
  if (keyName !== key.name || keyId !== key.id || !/^[0-9a-f]{128}$/.test(signature)) return false;
  return key.signed(checkpointText(checkpoint, keyName), Buffer.from(signature, 'hex'));
}

/** A checkpoint as a file, a mail or a newspaper carries it: a signed note (https://c2sp.org/signed-note). */
export function noteOf(checkpoint: SignedCheckpoint): string {
  const { keyName, keyId, signature } = checkpoint;
  const signed = Buffer.concat([Buffer.from(keyId, 'hex'), Buffer.from(signature, 'hex')]).toString('base64');
  return `${checkpointText(checkpoint, keyName)}\n— ${keyName} ${signed}\n`;
}

/**
 * Reads a note. Who else has signed it (witnesses do) is passed over.
 * @throws CheckpointMalformed
 */
export function readNote(note: string): SignedCheckpoint {
  const end = note.indexOf('\n\n');
  const fields = textForm.exec(note.slice(0, end + 1))?.groups;
  if (end < 0 || !fields) throw new CheckpointMalformed('this is not the text of a checkpoint');
  const { keyName, chain } = fields as { keyName: string; chain: string };
  const count = (name: string): bigint => BigInt(fields[name]!);
  const lines = note.slice(end + 2).split('\n');
  const base64 = lines.map((line) => signatureLine.exec(line)).find((found) => found?.[1] === keyName)?.[2];
  if (base64 === undefined) throw new CheckpointMalformed('the checkpoint is not signed in the name it begins with');
  const signature = Buffer.from(base64, 'base64').toString('hex');
  const checkpoint = {
    number: count('number'),
    logOffset: count('logOffset'),
    entries: count('entries'),
    decisions: count('decisions'),
    chain,
    root: Buffer.from(fields['root']!, 'base64').toString('hex'),
  };
  if (count('size') !== checkpoint.entries + checkpoint.decisions)
    throw new CheckpointMalformed('the size of the tree is not that of its entries and decisions');
  return { ...checkpoint, keyName, keyId: signature.slice(0, 8), signature: signature.slice(8) };
}
