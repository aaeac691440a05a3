import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { plantedBugs } from './planted-bugs.ts';

const root = join(import.meta.dirname, '../..');
const isLong = process.env['KEZEK_LONG'] === '1';
/** Short: a member killed, the database's connections cut, a broker that falls silent. */
const seeds = isLong ? ['--seeds', '20'] : ['--from', '13', '--seeds', '1'];

function chaos(...args: readonly string[]) {
  // It starts stores of its own, and must not close those of this run.
  const { KEZEK_JEST_RUN: _, ...env } = process.env;
  const run = spawnSync(join(root, 'tools/node'), ['tools/chaos/main.ts', 'messaging', ...args], { cwd: root, env });
  return { status: run.status, said: run.stderr.toString(), summary: run.stdout.toString() };
}

describe('a pair of services under chaos', () => {
  it(
    'loses nothing, handles nothing twice and keeps the order of each key',
    () => {
      const { status, said, summary } = chaos('--json', ...seeds);
      if (isLong) process.stdout.write(`${said}${summary}`);
      expect(said).not.toContain('WRONG');
      expect(status).toBe(0);
      const counted = JSON.parse(summary) as { records: number; releases: number; faults: number };
      // A tame run proves nothing.
      expect(counted.records).toBeGreaterThan(100);
      expect(counted.releases).toBeGreaterThan(0);
      expect(counted.faults).toBeGreaterThanOrEqual(3);
    },
    30 * 60_000,
  );

  it('says what is wrong with its arguments', () => {
    expect(chaos('--plant', 'nobody').status).toBe(2);
    expect(chaos('--seeds', '0').status).toBe(2);
  });

  if (isLong) {
    it.each(plantedBugs.map(({ name }) => name))(
      'finds the planted bug: %s',
      (name) => {
        const { status, said } = chaos('--plant', name);
        process.stdout.write(said);
        expect(said).toMatch(/WRONG/);
        expect(status).toBe(0);
      },
      5 * 60_000,
    );
  }
});
