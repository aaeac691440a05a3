/**
 * `npm run mutate -- core [FILE …] [--long]`: Stryker changes the core in small ways, one after another, and counts how many changes
 * the histories notice. `npm run mutate -- planted`: ten faults that a person would make, each to be caught.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeHistories } from './core-histories.ts';
import { plantBugs } from './planted-bugs.ts';

const root = join(import.meta.dirname, '../..');
const [what, ...rest] = process.argv.slice(2);
const files = rest.filter((argument) => argument !== '--long');
const folder = mkdtempSync(join(tmpdir(), 'kezek-mutate-'));
const histories = join(folder, 'histories.json');
try {
  if (what !== 'core' && what !== 'planted') {
    process.stderr.write('Usage: npm run mutate -- core [FILE …] [--long] | planted\n');
    process.exitCode = 2;
  } else {
    writeHistories(histories);
    process.exitCode = what === 'core' ? stryker() : plantBugs(root, folder, histories);
  }
} finally {
  rmSync(folder, { recursive: true });
}

function stryker(): number {
  const bin = join(root, 'node_modules/@stryker-mutator/core/bin/stryker.js');
  const config = join(root, 'tools/mutate/stryker.core.json');
  const only = files.length === 0 ? [] : ['--mutate', files.join(',')];
  const run = spawnSync(process.execPath, ['--conditions=source', bin, 'run', config, ...only], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, KEZEK_HISTORIES: histories, ...(rest.includes('--long') ? { KEZEK_LONG: '1' } : {}) },
  });
  return run.status ?? 1;
}
