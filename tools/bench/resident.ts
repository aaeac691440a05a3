import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** What a process needs that loads a snapshot and does nothing else, in megabytes: the live state and Node itself. */
export function residentMegabytes(snapshotFile: string): number {
  const script =
    `import { readFileSync } from 'node:fs'; import { fromSnapshot } from '#allocation';` +
    // In a function: the module's own frame would keep the bytes of the file as long as it runs.
    `const load = () => fromSnapshot(readFileSync(${JSON.stringify(snapshotFile)})); globalThis.kept = load(); gc(); gc();` +
    `process.stdout.write(String(process.memoryUsage().rss / 2 ** 20));`;
  const root = join(import.meta.dirname, '../..');
  const args = ['--conditions=source', '--expose-gc', '--input-type=module', '-e', script];
  const run = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(run.stderr);
  return Number(run.stdout);
}
