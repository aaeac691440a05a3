import { hash } from 'node:crypto';

export const digestBytes = 32;

const sha256 = (bytes: Uint8Array): Buffer => hash('sha256', bytes, 'buffer');

/** The hash of a leaf (RFC 6962, 2.1): what begins with 0x00 can never be taken for a node. */
export const leafHash = (content: Uint8Array): Buffer => sha256(Buffer.concat([Buffer.of(0x00), content]));

/** The hash of a node over two others. */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer =>
  sha256(Buffer.concat([Buffer.of(0x01), left, right]));

const ofNothing = sha256(Buffer.alloc(0));

/** What a tree can be gone on with: its number of leaves, and the roots of its whole subtrees, the largest first. */
export type TreeState = { readonly size: number; readonly peaks: readonly Buffer[] };

type Subtree = { readonly hash: Buffer; readonly paths: readonly Buffer[][] };

/**
 * The Merkle tree of RFC 6962 while it grows. It holds no leaf, only the roots of its whole subtrees: some twenty hashes
 * for a million leaves.
 */
export class MerkleTree {
  #size: number;
  readonly #peaks: Subtree[];

  constructor({ size, peaks }: TreeState = { size: 0, peaks: [] }) {
    this.#size = size;
    this.#peaks = peaks.map((peak) => ({ hash: peak, paths: [] }));
  }

  get size(): number {
    return this.#size;
  }

  get state(): TreeState {
    return { size: this.#size, peaks: this.#peaks.map(({ hash: peak }) => peak) };
  }

  /** @param path collects the hashes beside this leaf's way to the root, for who wants to prove it */
  add(leaf: Buffer, path?: Buffer[]): void {
    let node: Subtree = { hash: leaf, paths: path ? [path] : [] };
    for (let size = this.#size; size % 2 === 1; size = (size - 1) / 2) node = joined(this.#peaks.pop()!, node);
    this.#peaks.push(node);
    this.#size += 1;
  }

  /** The root over all leaves so far; the hash of nothing where there are none. */
  get root(): Buffer {
    const hashes = this.#peaks.map(({ hash: peak }) => peak);
    return hashes.length === 0 ? ofNothing : hashes.reduceRight((right, left) => nodeHash(left, right));
  }

  /** Ends the tree: every path that was asked for now leads to the root. @returns the root */
  close(): Buffer {
    const last = this.#peaks
      .splice(0)
      .reduceRight<Subtree | undefined>((right, left) => (right ? joined(left, right) : left), undefined);
    return last?.hash ?? ofNothing;
  }
}

function joined(left: Subtree, right: Subtree): Subtree {
  for (const path of left.paths) path.push(right.hash);
  for (const path of right.paths) path.push(left.hash);
  const paths = left.paths.length + right.paths.length === 0 ? none : [...left.paths, ...right.paths];
  return { hash: nodeHash(left.hash, right.hash), paths };
}

const none: readonly Buffer[][] = [];

/**
 * The root that a path leads to (RFC 9162, 2.1.3.2).
 * @param index place of the leaf among `size`, from 0
 * @returns undefined where no tree of that size has such a path
 */
export function rootOfPath(
  leaf: Buffer,
  { index, size, path }: { readonly index: number; readonly size: number; readonly path: readonly Buffer[] },
): Buffer | undefined {
  if (!(index >= 0 && index < size)) return undefined;
  let node = leaf;
  let at = index;
  let last = size - 1;
  for (const sibling of path) {
    if (last === 0) return undefined;
    if (at % 2 === 1 || at === last) {
      node = nodeHash(sibling, node);
      // A subtree without a right half goes up unjoined.
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      node = nodeHash(node, sibling);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 ? node : undefined;
}

// Not a shift: a log may have more leaves than 32 bits count.
const half = (number: number): number => Math.floor(number / 2);
