import { hash } from 'node:crypto';
import { AuditTree, digestBytes, type AuditTreeState, type Checkpoint } from '#audit';
import { Failure } from '#runtime';
import type { DecidedRow } from '../record/decided-row.ts';
import { emptyChain, HashChain } from '../record/hash-chain.ts';

/** How far checkpoints have come: at the end of an entry, so that nothing is half covered. Enough to go on from. */
export type CheckpointState = {
  /** Number of the newest checkpoint; 0 before the first. */
  readonly number: bigint;
  /** The last log entry it covers; -1 before the first. */
  readonly logOffset: bigint;
  /** Time of the last decision it covers. */
  readonly atMs: number;
  /** The newest link of the hash chain. */
  readonly chain: Buffer;
  readonly tree: AuditTreeState;
};

/** What is made of a stored row. */
export type CoveredRow = Pick<DecidedRow, 'logOffset' | 'part' | 'atMs' | 'chain' | 'value'>;

/** The state before the first entry of the log. */
export const startOfCheckpoints = (): CheckpointState => ({
  number: 0n,
  logOffset: -1n,
  atMs: 0,
  chain: Buffer.alloc(digestBytes),
  tree: { entries: 0, decisions: 0, peaks: [] },
});

/**
 * Log records and stored rows in, checkpoints out. It links them for itself: what it vouches for is the log as it lies
 * on Kafka, not what the deciding thread believes to have read.
 */
export class CheckpointMaker {
  readonly #everyDecisions: number;
  readonly #chain: HashChain;
  readonly #tree: AuditTree;
  #number: bigint;
  #decisionsBefore: number;

  constructor(from: CheckpointState, everyDecisions: number) {
    this.#everyDecisions = everyDecisions;
    this.#chain = new HashChain({ ...emptyChain(), head: from.chain });
    this.#tree = new AuditTree(from.tree);
    this.#number = from.number;
    this.#decisionsBefore = from.tree.decisions;
  }

  /** The log record that is wanted next. */
  get nextOffset(): bigint {
    return BigInt(this.#tree.entries);
  }

  /** Takes the next record of the log. */
  addRecord(bytes: Buffer | null): void {
    this.#chain.addRecord(bytes);
    this.#tree.addEntry(hash('sha256', bytes ?? '', 'buffer'));
  }

  /**
   * Takes the next row; the log has been taken up to its entry.
   * @returns the state to sign, when enough has been decided since the last one
   * @throws Failure 'history-differs' when the row is not linked to the log that was taken
   */
  addRow({ logOffset, part, atMs, chain, value }: CoveredRow): CheckpointState | undefined {
    if (!this.#chain.addDecisions(value).equals(chain)) {
      const what = `the stored decisions on log offset ${logOffset}, part ${part}`;
      throw new Failure('history-differs', `${what}, are not linked to the log as it lies on Kafka`);
    }
    const { parts } = this.#tree.addDecisions(value);
    if (part + 1 < parts || this.#tree.decisions - this.#decisionsBefore < this.#everyDecisions) return undefined;
    this.#decisionsBefore = this.#tree.decisions;
    this.#number += 1n;
    return { number: this.#number, logOffset, atMs, chain, tree: this.#tree.state };
  }
}

/** What is signed. */
export const checkpointOf = ({ number, logOffset, chain, tree }: CheckpointState): Checkpoint => ({
  number,
  logOffset,
  entries: BigInt(tree.entries),
  decisions: BigInt(tree.decisions),
  chain: chain.toString('hex'),
  root: new AuditTree(tree).root,
});
