import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { MemberProcessPlan } from './member-process.ts';

export type MemberProcess = {
  readonly process: ChildProcess;
  /** Resolves with the signal or status it ended with. */
  readonly ended: Promise<string>;
  kill(signal: NodeJS.Signals): void;
};

/**
 * Starts a member as a process of its own, which a suite may kill; it resolves once the member has begun to join.
 * @param root the checkout whose sources it runs; a copy of it may have a bug planted
 */
export async function spawnMember(plan: MemberProcessPlan, root = checkout): Promise<MemberProcess> {
  const script = `${root}/libs/testing/src/member-process.ts`;
  const child = spawn(`${root}/tools/node`, [script, JSON.stringify(plan)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: root,
  });
  const ended = new Promise<string>((resolve) => child.once('exit', (code, signal) => resolve(signal ?? String(code))));
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    void ended.then((how) => reject(new Error(`member ${plan.name} ended at its start: ${how}`)));
  });
  return { process: child, ended, kill: (signal) => void child.kill(signal) };
}

const checkout = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');
