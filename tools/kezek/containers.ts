import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Io } from './command.ts';
import { seconds } from './stack-display.ts';

/** What the container suites stand on, in order; each script says what it does and how long it takes. */
const steps = [
  { name: 'engine', script: 'deploy/ci/engine', args: ['up'] },
  { name: 'base images', script: 'deploy/airgap/build-images', args: [] },
  { name: 'images', script: 'deploy/build-images', args: [] },
] as const;

/**
 * Makes a Docker engine answer and the images be there, with the time of each step.
 * @returns which step did not succeed; its script has said why
 */
export async function prepareContainers(io: Io): Promise<string | undefined> {
  for (const { name, script, args } of steps) {
    const startedAtMs = performance.now();
    const child = spawn(join(io.root, script), args, { cwd: io.root, env: io.env, stdio: 'inherit' });
    const [status] = (await once(child, 'exit')) as [number | null];
    io.out(
      `  ${name.padEnd(16)} ${status === 0 ? 'done in' : 'FAILED after'} ${seconds(performance.now() - startedAtMs)}`,
    );
    if (status !== 0) return `containers: ${script} did not succeed; the reason is above`;
  }
  return undefined;
}
