import { spawn } from 'node:child_process';
import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { KezekEnvironment } from '#testing';
import { root, run } from './scripts.ts';

const folder = mkdtempSync(join(tmpdir(), 'kezek-killed-run-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A suite of its own process, which says the name of its environment when it runs, and stays. */
const suite = `
import { KezekEnvironment } from '${join(root, 'libs/testing/src/environment/kezek-environment.ts')}';
const kezek = await new KezekEnvironment().start();
console.log('environment ' + kezek.containers.plan.labels['kezek.environment']);
setInterval(() => {}, 1000);
`;

async function leftOf(environment: string): Promise<readonly string[]> {
  const label = ['--filter', `label=kezek.environment=${environment}`, '-q'];
  const kinds = [
    ['ps', '-a'],
    ['network', 'ls'],
    ['volume', 'ls'],
  ];
  const said = await Promise.all(kinds.map((kind) => run('docker', [...kind, ...label])));
  return said.flatMap((each) => each.said.split('\n').filter((line) => line !== ''));
}

describe('a run that was killed', () => {
  it('leaves no container, network or volume to the next', async () => {
    const file = join(folder, 'suite.ts');
    writeFileSync(file, suite);
    const { NODE_OPTIONS: _, ...env } = process.env;
    const killed = spawn(join(root, 'tools/node'), [file], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
    const environment = await new Promise<string>((resolve) => {
      killed.stdout.on('data', (said: Buffer) => {
        const name = /environment (\w+)/.exec(String(said))?.[1];
        if (name !== undefined) resolve(name);
      });
    });
    killed.kill('SIGKILL');
    expect((await leftOf(environment)).length).toBeGreaterThanOrEqual(10);
    const next = await new KezekEnvironment().start();
    await next.stop();
    expect(await leftOf(environment)).toEqual([]);
    expect(await leftOf(next.containers.plan.labels['kezek.environment']!)).toEqual([]);
  });
});
