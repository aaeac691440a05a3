import { spawn } from 'node:child_process';
import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { KezekEnvironment } from '#testing';
import { SecondCheckout, untilSaid } from '../../tools/kezek/second-checkout.ts';
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

async function leftOf(label: string): Promise<readonly string[]> {
  const filter = ['--filter', `label=${label}`, '-q'];
  const kinds = [
    ['ps', '-a'],
    ['network', 'ls'],
    ['volume', 'ls'],
  ];
  const said = await Promise.all(kinds.map((kind) => run('docker', [...kind, ...filter])));
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
    const killedRuns = `kezek.environment=${environment}`;
    expect((await leftOf(killedRuns)).length).toBeGreaterThanOrEqual(10);
    const next = await new KezekEnvironment().start();
    await next.stop();
    expect(await leftOf(killedRuns)).toEqual([]);
    expect(await leftOf(`kezek.environment=${next.containers.plan.labels['kezek.environment']}`)).toEqual([]);
  });

  it('leaves nothing either where it was a demo in containers', async () => {
    const checkout = new SecondCheckout();
    const demo = checkout.launch('demo', '--stack', 'docker');
    try {
      await untilSaid(demo, 'Playing.');
      const { said: owners } = await run('docker', ['ps', '--format', '{{.Label "kezek.owner"}}']);
      const owner = owners.split('\n').find((each) => each.split(' ')[1] === String(demo.process.pid));
      demo.process.kill('SIGKILL');
      await demo.ended;
      expect((await leftOf(`kezek.owner=${owner}`)).length).toBeGreaterThanOrEqual(12);
      const next = await new KezekEnvironment().start();
      await next.stop();
      expect(await leftOf(`kezek.owner=${owner}`)).toEqual([]);
    } finally {
      await checkout.remove();
    }
  });
});
