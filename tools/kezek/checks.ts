import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { Io } from './command.ts';
import { nodeOptions } from './build.ts';
import { seconds } from './stack-display.ts';

/** What is looked at without running anything of ours, in the order from cheap to dear. */
const checks: readonly { readonly name: string; readonly args: readonly string[] }[] = [
  { name: 'contracts up to date', args: ['tools/contracts/generate.ts', '--check'] },
  { name: 'formatting', args: ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'] },
  { name: 'form', args: ['node_modules/eslint/bin/eslint.js', '.'] },
  { name: 'types', args: ['node_modules/typescript/bin/tsc', '-p', '.'] },
  { name: 'types of the core', args: ['node_modules/typescript/bin/tsc', '-p', 'libs/allocation'] },
  {
    name: 'arrows',
    args: [
      'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
      '--config',
      '.dependency-cruiser.cjs',
      'apps',
      'libs',
      'tools',
    ],
  },
  { name: 'dead code', args: ['node_modules/knip/bin/knip.js', '--no-progress'] },
];

/**
 * Runs every check, and shows what it said where it failed.
 * @returns the names of those that failed
 */
export async function runChecks(io: Io): Promise<readonly string[]> {
  const failed: string[] = [];
  for (const { name, args } of checks) {
    const startedAtMs = performance.now();
    const { passed, said } = await runQuietly(io, args);
    io.out(`  ${passed ? 'ok    ' : 'FAILED'} ${name.padEnd(22)} ${seconds(performance.now() - startedAtMs)}`);
    if (passed) continue;
    io.out(said);
    failed.push(name);
  }
  return failed;
}

function runQuietly(io: Io, args: readonly string[]): Promise<{ passed: boolean; said: string }> {
  const [program = '', ...rest] = args;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [...nodeOptions, join(io.root, program), ...rest],
      { cwd: io.root, env: { ...io.env, NO_COLOR: '1' }, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => resolve({ passed: error === null, said: `${stdout}${stderr}`.trimEnd() }),
    );
  });
}
