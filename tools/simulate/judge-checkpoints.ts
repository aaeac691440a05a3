import { createHash } from 'node:crypto';
import { decode, type Checkpoints } from '#contracts';
import { readPrivateKey } from '#audit';
import { checkpointKeyText } from './checkpoint-key.ts';
import type { LogRecordOnTopic } from './simulated-kafka.ts';

/** A record of decisions as a plain replay has it. */
export type Plain = {
  readonly logOffset: bigint;
  /** Whether it is the last one of its entry. */
  readonly isLast: boolean;
  readonly chain: string;
  /** Each of its decisions in a record of its own. */
  readonly alone: readonly Buffer[];
};

type Vouched = Omit<Checkpoints.CheckpointSigned, 'keyName' | 'keyId' | 'signature'>;

/** What checkpoints have to say, by docs/audit.md and not by the shipped code. */
export function expectedCheckpoints(
  log: readonly LogRecordOnTopic[],
  records: readonly Plain[],
  everyDecisions: number,
): readonly Vouched[] {
  const leaves: Buffer[] = [];
  const whole = new Map<string, Buffer>();
  const expected: Vouched[] = [];
  let [entries, decisions, vouched] = [0, 0, 0];
  for (const { logOffset, isLast, chain, alone } of records) {
    for (; entries <= Number(logOffset); entries += 1)
      leaves.push(sha256(bytesOf(0x00, 0x01), bytesOfOffset(entries), sha256(log[entries]!.bytes)));
    alone.forEach((record, index) => leaves.push(sha256(bytesOf(0x00, 0x02, 0, 0, index >> 8, index), record)));
    decisions += alone.length;
    if (!isLast || decisions - vouched < everyDecisions) continue;
    vouched = decisions;
    const counts = { entries: BigInt(entries), decisions: BigInt(decisions) };
    const number = BigInt(expected.length) + 1n;
    expected.push({ number, logOffset, ...counts, chain, root: rootOf(leaves, whole).toString('hex') });
  }
  return expected;
}

/** How many checkpoints the rows are enough for: one at the end of the entry by which enough is decided. */
export function checkpointsOver(rows: readonly { readonly value: Buffer }[], everyDecisions: number): number {
  let [checkpoints, decisions] = [0, 0];
  for (const { value } of rows) {
    const { part, parts, decisions: made } = decode(value, ['DecisionsMade']).value;
    decisions += made.length;
    if (part + 1 < parts || decisions < everyDecisions) continue;
    checkpoints += 1;
    decisions = 0;
  }
  return checkpoints;
}

/** Compares what is published: each once in its order, though the last may come again, and signed. */
export function wrongCheckpoints(expected: readonly Vouched[], published: readonly Buffer[]) {
  const wrong: string[] = [];
  const seen: Buffer[] = [];
  const { publicKey } = readPrivateKey(checkpointKeyText);
  for (const bytes of published) {
    const { signature, keyName, keyId, ...said } = decode(bytes, ['CheckpointSigned']).value;
    const name = `checkpoint ${said.number}`;
    const before = seen[Number(said.number) - 1];
    if (before) {
      if (!before.equals(bytes)) wrong.push(`${name} is published twice, with different bytes`);
      continue;
    }
    const wanted = expected[seen.length];
    seen.push(bytes);
    if (keyName !== publicKey.name || keyId !== publicKey.id) wrong.push(`${name} is of another key`);
    if (!publicKey.signed(textOf(said, keyName), Buffer.from(signature, 'hex'))) wrong.push(`${name} is not signed`);
    for (const field of Object.keys(said) as (keyof Vouched)[])
      if (said[field] !== wanted?.[field]) wrong.push(`${name} says ${field} ${said[field]}, not ${wanted?.[field]}`);
  }
  return { wrong, published: seen.length };
}

const textOf = ({ number, logOffset, entries, decisions, chain, root }: Vouched, keyName: string): string =>
  `${keyName}\n${entries + decisions}\n${Buffer.from(root, 'hex').toString('base64')}\ncheckpoint ${number}\n` +
  `offset ${logOffset}\nentries ${entries}\ndecisions ${decisions}\nchain ${chain}\n`;

/** MTH of RFC 6962, 2.1, as it is written there; whole trees that were hashed before are not hashed again. */
function rootOf(leaves: readonly Buffer[], whole: Map<string, Buffer>, from = 0, to = leaves.length): Buffer {
  if (to - from === 1) return leaves[from]!;
  let split = 1;
  while (split * 2 < to - from) split *= 2;
  const name = `${from} ${to}`;
  const known = whole.get(name);
  if (known) return known;
  const middle = from + split;
  const root = sha256(bytesOf(0x01), rootOf(leaves, whole, from, middle), rootOf(leaves, whole, middle, to));
  // Only these stay as they are when leaves are added.
  if (split * 2 === to - from) whole.set(name, root);
  return root;
}

const bytesOf = (...bytes: readonly number[]): Buffer => Buffer.from(bytes);

function bytesOfOffset(offset: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(offset));
  return bytes;
}

const sha256 = (...parts: readonly Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();
