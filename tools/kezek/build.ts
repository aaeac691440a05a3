import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { once } from 'node:events';
import { seconds } from './stack-display.ts';
import type { Io } from './command.ts';

/** Builds the apps from their sources. @throws Error where that does not succeed. */
export async function buildApps(io: Io): Promise<void> {
  const startedAtMs = performance.now();
  const status = await runTool(io, ['tools/build.ts']);
  if (status !== 0) throw new Error('the apps could not be built');
  io.out(`  ${'build'.padEnd(16)} done in ${seconds(performance.now() - startedAtMs)}`);
}

/**
 * Runs a program of the checkout on our own Node, in our terminal.
 * @returns its exit status; 1 where a signal ended it.
 */
export async function runTool(
  io: Io,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<number> {
  const child = spawn(process.execPath, [...nodeOptions, join(io.root, args[0] ?? ''), ...args.slice(1)], {
    cwd: io.root,
    env: { ...io.env, ...env },
    stdio: 'inherit',
  });
  const [status] = (await once(child, 'exit')) as [number | null];
  return status ?? 1;
}

/** How tools/node runs TypeScript as it is. */
export const nodeOptions = ['--conditions=source', '--disable-warning=ExperimentalWarning'] as const;
