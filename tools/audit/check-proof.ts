import { hash } from 'node:crypto';
import { decisionLeaf, entryLeaf, rootOfPath, type SignedCheckpoint } from '#audit';
import { ContractViolation, decode, fromDecisionBranch, topics } from '#contracts';
import { applicationOfDecision, applicationOfEntry } from './prove.ts';
import type { ProofFile, ProofItem } from './proof-file.ts';

/** An entry or a decision that is proven, as its bytes say it. */
export type Proven = {
  readonly kind: ProofItem['kind'];
  readonly logOffset: bigint;
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>>;
};

export type CheckedProof = { readonly proven: readonly Proven[]; readonly problems: readonly string[] };

const logMessages = topics['kezek.allocation.log'].messages;

/** Checks each item of a proof against a checkpoint whose signature is known to be good. It needs nothing else. */
export function checkProof({ applicationId, items }: ProofFile, checkpoint: SignedCheckpoint): CheckedProof {
  const size = Number(checkpoint.entries + checkpoint.decisions);
  const proven: Proven[] = [];
  const problems: string[] = [];
  let before = -1;
  for (const item of items) {
    const name = `leaf ${item.leaf}`;
    const bytes = Buffer.from(item.value, 'base64');
    const path = item.path.map((each) => Buffer.from(each, 'hex'));
    const root = rootOfPath(leafOf(item, bytes), { index: item.leaf, size, path });
    if (root?.toString('hex') !== checkpoint.root)
      problems.push(`${name} is not part of what the checkpoint vouches for`);
    else if (item.leaf <= before) problems.push(`${name} is out of order, or given twice`);
    else {
      const read = readItem(item, bytes, applicationId);
      if (typeof read === 'string') problems.push(`${name} ${read}`);
      else proven.push(read);
    }
    before = item.leaf;
  }
  return { proven, problems };
}

function leafOf(item: ProofItem, bytes: Buffer): Buffer {
  return item.kind === 'entry'
    ? entryLeaf(BigInt(item.logOffset), hash('sha256', bytes, 'buffer'))
    : decisionLeaf(item.index, bytes);
}

function readItem(item: ProofItem, bytes: Buffer, applicationId: string): Proven | string {
  try {
    const { kind } = item;
    const whose = kind === 'entry' ? applicationOfEntry(bytes) : applicationOfDecision(bytes);
    if (whose !== applicationId) return 'is about something else';
    if (kind === 'entry') {
      const { name, value } = decode(bytes, logMessages);
      return { kind, logOffset: BigInt(item.logOffset), name, fields: value };
    }
    const { logOffset, edition, decisions } = decode(bytes, ['DecisionsMade']).value;
    const { type: name, ...fields } = fromDecisionBranch(decisions[0]!);
    return { kind, logOffset, name, fields: { ...fields, edition } };
  } catch (error) {
    if (error instanceof ContractViolation) return `cannot be read: ${error.message}`;
    throw error;
  }
}
