import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { leafHash, MerkleTree, rootOfPath } from './merkle-tree.ts';

/** Leaves and roots of the reference implementation of Certificate Transparency. */
const contents = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const leaves = contents.map((content) => leafHash(Buffer.from(content, 'hex')));

function treeOf(size: number): MerkleTree {
  const tree = new MerkleTree();
  for (let n = 0; n < size; n += 1) tree.add(leafHash(Buffer.from(`leaf ${n}`)));
  return tree;
}

describe('the Merkle tree', () => {
  it('has the roots of the reference implementation', () => {
    const tree = new MerkleTree();
    expect(tree.root).toEqual(createHash('sha256').digest());
    leaves.forEach((leaf, n) => {
      tree.add(leaf);
      expect(tree.root.toString('hex')).toBe(roots[n]);
    });
    expect(tree.close().toString('hex')).toBe(roots[7]);
  });

  it.each([0, 1, 2, 3, 7, 8, 63, 64, 100])('goes on from what was kept of %d leaves', (kept) => {
    const resumed = new MerkleTree(treeOf(kept).state);
    for (let n = kept; n < 130; n += 1) resumed.add(leafHash(Buffer.from(`leaf ${n}`)));
    expect(resumed.state).toEqual(treeOf(130).state);
    expect(resumed.root).toEqual(treeOf(130).root);
  });

  it('gives each leaf a path that leads to the root of its tree and to no other', () => {
    for (let size = 1; size <= 40; size += 1) {
      const tree = new MerkleTree();
      const paths: Buffer[][] = [];
      for (let n = 0; n < size; n += 1) tree.add(leafHash(Buffer.from(`leaf ${n}`)), (paths[n] = []));
      const root = tree.close();
      expect(root).toEqual(treeOf(size).root);
      paths.forEach((path, index) => {
        const leaf = leafHash(Buffer.from(`leaf ${index}`));
        expect(rootOfPath(leaf, { index, size, path })).toEqual(root);
        expect(rootOfPath(leafHash(Buffer.from('another')), { index, size, path })).not.toEqual(root);
        if (size > 1) expect(rootOfPath(leaf, { index: (index + 1) % size, size, path })).not.toEqual(root);
        expect(rootOfPath(leaf, { index, size, path: [...path, root] })).toBeUndefined();
        if (path.length > 0) expect(rootOfPath(leaf, { index, size, path: path.slice(1) })).not.toEqual(root);
      });
    }
  });

  it('has no path for a place beyond its leaves', () => {
    for (const index of [-1, 4, NaN]) expect(rootOfPath(leaves[0]!, { index, size: 4, path: [] })).toBeUndefined();
  });
});
