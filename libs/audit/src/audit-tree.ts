import { takeApart, type DecisionRecord } from './decision-records.ts';
import { leafHash, MerkleTree, type TreeState } from './merkle-tree.ts';

const entryKind = Buffer.of(0x01);
const decisionKind = Buffer.of(0x02);

/** The leaf of a log entry. @param digest SHA-256 of its framed bytes */
export function entryLeaf(logOffset: bigint, digest: Buffer): Buffer {
  const place = Buffer.alloc(8);
  place.writeBigUInt64BE(logOffset);
  return leafHash(Buffer.concat([entryKind, place, digest]));
}

/** The leaf of a decision. @param index its place in its record, from 0. @param alone the record with this one alone */
export function decisionLeaf(index: number, alone: Buffer): Buffer {
  const place = Buffer.alloc(4);
  place.writeUInt32BE(index);
  return leafHash(Buffer.concat([decisionKind, place, alone]));
}

/** How far a tree has come; enough to go on from. */
export type AuditTreeState = {
  readonly entries: number;
  readonly decisions: number;
  readonly peaks: readonly Buffer[];
};

/**
 * The tree that checkpoints vouch for: for each entry of the log a leaf, followed by a leaf for each decision on it. So
 * one family's leaves are its own.
 */
export class AuditTree {
  readonly #tree: MerkleTree;
  #entries: number;
  #decisions: number;

  constructor({ entries, decisions, peaks }: AuditTreeState = { entries: 0, decisions: 0, peaks: [] }) {
    this.#entries = entries;
    this.#decisions = decisions;
    this.#tree = new MerkleTree({ size: entries + decisions, peaks } satisfies TreeState);
  }

  get entries(): number {
    return this.#entries;
  }

  get decisions(): number {
    return this.#decisions;
  }

  get size(): number {
    return this.#tree.size;
  }

  get state(): AuditTreeState {
    return { entries: this.#entries, decisions: this.#decisions, peaks: this.#tree.state.peaks };
  }

  /** 64 hexadecimal digits. */
  get root(): string {
    return this.#tree.root.toString('hex');
  }

  /** Takes the next entry of the log. @param digest SHA-256 of its framed bytes. @param path as `MerkleTree.add` */
  addEntry(digest: Buffer, path?: Buffer[]): void {
    this.#tree.add(entryLeaf(BigInt(this.#entries), digest), path);
    this.#entries += 1;
  }

  /**
   * Takes the next record of decisions, which are on the newest entry.
   * @param value framed bytes of `DecisionsMade`
   * @param pathOf asked for each decision whether its path is wanted, and where
   */
  addDecisions(value: Buffer, pathOf?: (alone: Buffer, index: number) => Buffer[] | undefined): DecisionRecord {
    const record = takeApart(value);
    record.alone.forEach((alone, index) => this.#tree.add(decisionLeaf(index, alone), pathOf?.(alone, index)));
    this.#decisions += record.alone.length;
    return record;
  }

  /** Ends the tree: every path that was asked for now leads to the root. @returns the root */
  close(): string {
    return this.#tree.close().toString('hex');
  }
}
