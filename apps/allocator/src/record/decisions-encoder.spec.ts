import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Decision } from '#allocation';
import { decode, encode, fromDecisionBranch, type MessageOf } from '#contracts';
import { DecisionsEncoder } from './decisions-encoder.ts';

const recorded = readFileSync(join(import.meta.dirname, '../../../../schemas/recorded/DecisionsMade.v1.hex'), 'utf8');
// The recorded bytes have every branch once; numbers beyond what a log has are made small.
const { value } = decode(Buffer.from(recorded.trim(), 'hex'), ['DecisionsMade']);
const sample: MessageOf<'DecisionsMade'> = { ...value, logOffset: 12_345_678_901n };
const decisions = sample.decisions.map(fromDecisionBranch).map((decision) => ({ ...decision, cause: 77 }));
const branches = sample.decisions.map((branch) => {
  const [[name, fields]] = Object.entries(branch) as [[string, object]];
  return { [name]: { ...fields, cause: 77n } };
}) as unknown as MessageOf<'DecisionsMade'>['decisions'];

describe('the encoder of decisions', () => {
  const encoder = new DecisionsEncoder();
  const frame = { logOffset: sample.logOffset, part: 1, parts: 3, edition: sample.edition };

  it('writes every kind of decision as the general codec does', () => {
    expect(decisions.length).toBeGreaterThan(35);
    for (const [index, decision] of decisions.entries()) {
      const expected = encode('DecisionsMade', { ...sample, ...frame, decisions: [branches[index]!] });
      expect(encoder.encode(frame, [decision as unknown as Decision], 0, 1).equals(expected)).toBe(true);
    }
  });

  it('writes a slice of many decisions, and none', () => {
    const slice = encoder.encode(frame, decisions as unknown as Decision[], 3, 30);
    expect(slice.equals(encode('DecisionsMade', { ...sample, ...frame, decisions: branches.slice(3, 30) }))).toBe(true);
    const none = encoder.encode(frame, [], 0, 0);
    expect(none.equals(encode('DecisionsMade', { ...sample, ...frame, decisions: [] }))).toBe(true);
  });

  it('takes what a decision leaves out for null, and letters of any alphabet', () => {
    const rejected = { type: 'Rejected', atMs: 1_780_000_000_000, cause: 5, reason: 'NOT_OPEN' } as const;
    const changed = {
      type: 'PolicyChanged',
      atMs: 0,
      cause: 300,
      edition: 'ereже № 254 ' + 'ұ'.repeat(9_000),
    } as const;
    const written = decode(encoder.encode(frame, [rejected, changed], 0, 2), ['DecisionsMade']).value.decisions;
    expect(written.map(fromDecisionBranch)).toEqual([
      { ...rejected, cause: 5n, applicationId: null, vacancyId: null },
      { ...changed, cause: 300n },
    ]);
  });
});
