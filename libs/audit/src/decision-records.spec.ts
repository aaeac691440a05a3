import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { decode, encode } from '#contracts';
import { AuditTree } from './audit-tree.ts';
import { takeApart } from './decision-records.ts';

const recorded = readFileSync(join(import.meta.dirname, '../../../schemas/recorded/DecisionsMade.v1.hex'), 'utf8');
// The recorded bytes have every kind of decision once.
const { value } = decode(Buffer.from(recorded.trim(), 'hex'), ['DecisionsMade']);
const record = { ...value, logOffset: 12_345_678_901n, part: 2, parts: 5, edition: 'ереже № 254' };

describe('a record of decisions, taken apart', () => {
  it('is as many records as it has decisions, each as the general codec writes it', () => {
    const { alone, ...frame } = takeApart(encode('DecisionsMade', record));
    expect(frame).toEqual({ logOffset: 12_345_678_901n, part: 2, parts: 5 });
    expect(alone.length).toBeGreaterThan(35);
    alone.forEach((bytes, index) => {
      const expected = encode('DecisionsMade', { ...record, decisions: [record.decisions[index]!] });
      expect(bytes.equals(expected)).toBe(true);
    });
  });

  it('may have none', () => {
    expect(takeApart(encode('DecisionsMade', { ...record, decisions: [] })).alone).toEqual([]);
  });

  it('is noticed when it is cut short', () => {
    const bytes = encode('DecisionsMade', record);
    for (const length of [6, 20, 100, bytes.length - 1])
      expect(() => takeApart(bytes.subarray(0, length))).toThrow('the bytes end');
  });

  it('may be of any version of its schema, but of no other', () => {
    const other = encode('ClockAdvanced', { number: 1n, atMs: 1 });
    expect(() => takeApart(other)).toThrow('a record of decisions has number,atMs');
  });
});

describe('the tree of entries and decisions', () => {
  const digest = Buffer.alloc(32, 7);
  const decisions = encode('DecisionsMade', record);

  it('has a leaf for each entry and for each decision', () => {
    const tree = new AuditTree();
    tree.addEntry(digest);
    tree.addEntry(digest);
    tree.addDecisions(decisions);
    expect(tree.entries).toBe(2);
    expect(tree.decisions).toBe(record.decisions.length);
    expect(tree.size).toBe(2 + record.decisions.length);
  });

  it('goes on from its state', () => {
    const [whole, first] = [new AuditTree(), new AuditTree()];
    for (const tree of [whole, first]) {
      tree.addEntry(digest);
      tree.addDecisions(decisions);
    }
    const resumed = new AuditTree(first.state);
    for (const tree of [whole, resumed]) tree.addEntry(digest);
    expect(resumed.root).toBe(whole.root);
    expect(resumed.state).toEqual(whole.state);
  });

  it('is another when two entries, or two decisions, change places', () => {
    const rootOf = (digests: readonly Buffer[]): string => {
      const tree = new AuditTree();
      for (const each of digests) tree.addEntry(each);
      return tree.root;
    };
    const other = Buffer.alloc(32, 8);
    expect(rootOf([digest, other])).not.toBe(rootOf([other, digest]));
    const swapped = [record.decisions[1]!, record.decisions[0]!, ...record.decisions.slice(2)];
    const [one, two] = [new AuditTree(), new AuditTree()];
    one.addDecisions(decisions);
    two.addDecisions(encode('DecisionsMade', { ...record, decisions: swapped }));
    expect(one.root).not.toBe(two.root);
  });
});
