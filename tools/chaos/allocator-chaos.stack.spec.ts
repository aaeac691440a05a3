import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { allocatorFaultKinds, drawAllocatorFaults } from './allocator-faults.ts';
import { diceOf } from './dice.ts';

const root = join(import.meta.dirname, '../..');
const isLong = process.env['KEZEK_LONG'] === '1';
const faults = isLong ? 200 : allocatorFaultKinds.length;

function chaos(...args: readonly string[]) {
  // It starts stores of its own, and must not close those of this run.
  const { KEZEK_JEST_RUN: _, ...env } = process.env;
  const run = spawnSync(join(root, 'tools/node'), ['tools/chaos/main.ts', 'allocator', ...args], { cwd: root, env });
  return { status: run.status, said: run.stderr.toString(), summary: run.stdout.toString() };
}

describe('the allocator under chaos', () => {
  it(
    'loses no input, decides none twice, keeps the order, decides as a replay does, and has one writer at a time',
    () => {
      const { status, said, summary } = chaos('--faults', String(faults), '--json');
      if (isLong) process.stdout.write(`${said}${summary}`);
      expect(said).not.toContain('WRONG');
      expect(status).toBe(0);
      const counted = JSON.parse(summary) as Readonly<Record<string, number>>;
      // A tame run proves nothing.
      expect(counted['faults']).toBe(faults);
      expect(counted['decidedRecords']).toBeGreaterThan(2_000);
      expect(counted['ownersOfTheStore']).toBeGreaterThanOrEqual(2);
      expect(counted['takeovers']).toBeGreaterThanOrEqual(1);
    },
    90 * 60_000,
  );

  it('strikes with every kind of fault before any comes again, in the same order for the same seed', () => {
    const drawn = drawAllocatorFaults(2 * allocatorFaultKinds.length, diceOf('one'));
    const rounds = [drawn.slice(0, allocatorFaultKinds.length), drawn.slice(allocatorFaultKinds.length)];
    for (const round of rounds) expect([...round].sort()).toEqual([...allocatorFaultKinds].sort());
    expect(drawAllocatorFaults(22, diceOf('one'))).toEqual(drawn);
  });

  it('says what is wrong with its arguments', () => {
    expect(chaos('--faults', '0').status).toBe(2);
    expect(chaos('--plant', 'a tree').status).toBe(2);
  });
});
