import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { plants } from './plants.ts';
import { simulate } from './simulate.ts';
import { faultKinds } from './world.ts';

const root = join(import.meta.dirname, '../..');

describe('the allocator under simulated troubles', () => {
  it('loses nothing, decides nothing twice, keeps the order and has one writer at a time', async () => {
    const struck = new Set<string>();
    const seen = { records: 0, repeats: 0, epochs: 0, checkpoints: 0 };
    for (let seed = 1; seed <= 40; seed += 1) {
      const { wrong, faults, ...counts } = await simulate(seed);
      expect({ seed, wrong }).toEqual({ seed, wrong: [] });
      for (const kind of faults.keys()) struck.add(kind);
      for (const name of ['records', 'repeats', 'epochs', 'checkpoints'] as const) seen[name] += counts[name];
    }
    // A tame run proves nothing.
    expect([...struck].sort()).toEqual([...faultKinds].sort());
    expect(seen.records).toBeGreaterThan(3_000);
    expect(seen.repeats).toBeGreaterThan(100);
    expect(seen.epochs).toBeGreaterThan(150);
    expect(seen.checkpoints).toBeGreaterThan(300);
  }, 120_000);

  // Of ten thousand seeds one had a note of what is published take effect after a later one.
  it('makes the checkpoints that are due also when word of the relay comes late', async () => {
    expect((await simulate(7_870)).wrong).toEqual([]);
  });

  it('runs the same for the same seed', async () => {
    expect(await simulate(7)).toEqual(await simulate(7));
  });

  it.each(plants.map(({ name }) => name))(
    'sees the planted bug: %s',
    (name) => {
      const args = ['--conditions=source', '--disable-warning=ExperimentalWarning', 'tools/simulate/main.ts'];
      const run = spawnSync(process.execPath, [...args, '--plant', name, '--seeds', '200', '--until-wrong'], {
        cwd: root,
      });
      expect(run.stderr.toString()).toMatch(/^seed \d+: /m);
      expect(run.status).toBe(1);
    },
    120_000,
  );
});
