import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { SecondCheckout, untilSaid } from './second-checkout.ts';

type Status = { phase: string; launcher: { pid: number }; services: { name: string; url: string; answers: boolean }[] };

const checkouts: SecondCheckout[] = [];

function newCheckout(parent?: string): SecondCheckout {
  const checkout = new SecondCheckout(parent);
  checkouts.push(checkout);
  return checkout;
}

async function statusOf(checkout: SecondCheckout): Promise<Status> {
  return JSON.parse((await checkout.run('status', '--json')).said) as Status;
}

const allAnswer = ({ services }: Status) => services.length === 2 && services.every(({ answers }) => answers);

afterEach(async () => {
  for (const checkout of checkouts.splice(0)) await checkout.remove();
});

describe('the launcher', () => {
  it('says what a bare machine lacks and how to get it, before it starts anything', async () => {
    const bin = join(newCheckout().folder, 'bin');
    mkdirSync(bin);
    for (const tool of ['sh', 'sed', 'head', 'cat', 'dirname']) {
      symlinkSync(execFileSync('/bin/sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).trim(), join(bin, tool));
    }
    const said = spawnSync(checkouts[0]!.kezek, ['demo'], { env: { PATH: bin }, encoding: 'utf8' });
    expect(said.status).toBe(1);
    expect(said.stderr).toMatch(/Node\.js 20 or newer \(here: none\)[^]*apt-get install[^]*Java 17[^]*Maven/);
    expect(said.stderr).toContain('add --stack docker');
  });

  it('stops everything on Ctrl-C, and leaves no process and no lock behind', async () => {
    const checkout = newCheckout();
    const up = checkout.launch('up', '--stores');
    await untilSaid(up, 'Ctrl-C stops it.');
    expect(checkout.processes().length).toBeGreaterThan(1);
    up.process.kill('SIGINT');
    expect(await up.ended).toBe(0);
    expect(checkout.processes()).toEqual([]);
    expect((await checkout.run('status')).status).toBe(3);
  });

  it('ends what a launcher left that was killed, at the next start, on the same addresses', async () => {
    const checkout = newCheckout();
    const killed = checkout.launch('up', '--stores');
    await untilSaid(killed, 'Ctrl-C stops it.');
    const before = await statusOf(checkout);
    process.kill(before.launcher.pid, 'SIGKILL');
    await killed.ended;
    expect(checkout.processes().length).toBeGreaterThanOrEqual(2);

    const again = await checkout.run('up', '--stores', '--detach');
    expect(again.said).toMatch(/kafka +was left by a launcher that was killed/);
    const after = await statusOf(checkout);
    expect(after.services.map(({ url }) => url)).toEqual(before.services.map(({ url }) => url));
    expect(allAnswer(after)).toBe(true);
    expect(checkout.processes().filter((command) => command.includes('kafka.Kafka'))).toHaveLength(1);
  });

  it('never touches a process that took the number of one of its own', async () => {
    const checkout = newCheckout();
    const stranger = spawn('sleep', ['60'], { stdio: 'ignore' });
    const up = checkout.launch('up', '--stores');
    await untilSaid(up, 'Ctrl-C stops it.');
    const file = join(checkout.folder, '.kezek/records/kafka.pid');
    const record = readFileSync(file, 'utf8');
    up.process.kill('SIGINT');
    await up.ended;
    // The record of a broker that is gone, with the number of a process that is somebody else's.
    writeFileSync(file, record.replace(/^\d+/, String(stranger.pid)));
    expect((await checkout.run('down')).said).toContain('No stack of this checkout runs.');
    await sleep(200);
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
    stranger.kill('SIGKILL');
  });

  it('runs two stacks of two checkouts side by side, and only one of each', async () => {
    const [one, other] = [newCheckout(), newCheckout()];
    const started = await Promise.all([one, other].map((each) => each.run('up', '--stores', '--detach')));
    expect(started.map(({ status }) => status)).toEqual([0, 0]);
    const [first, second] = [await statusOf(one), await statusOf(other)];
    const addresses = [...first.services, ...second.services].map(({ url }) => url);
    expect(new Set(addresses).size).toBe(addresses.length);
    expect([allAnswer(first), allAnswer(second)]).toEqual([true, true]);
    const again = await one.run('up', '--stores');
    expect(again.status).toBe(1);
    expect(again.said).toContain('runs already');
    expect((await one.run('down')).status).toBe(0);
    expect(allAnswer(await statusOf(other))).toBe(true);
  });

  it('starts Kafka and Postgres again when they are killed', async () => {
    const checkout = newCheckout();
    const up = checkout.launch('up', '--stores');
    await untilSaid(up, 'Ctrl-C stops it.');
    for (const store of ['kafka', 'postgres']) {
      process.kill(checkout.pidOf(store)!, 'SIGKILL');
      await untilSaid(up, `${store.padEnd(16)} died (SIGKILL)`);
    }
    while (!allAnswer(await statusOf(checkout))) await sleep(200);
    up.process.kill('SIGTERM');
    expect(await up.ended).toBe(0);
  });

  it('works from a folder that no other user may enter', async () => {
    const checkout = newCheckout(homedir());
    expect((await checkout.run('up', '--stores', '--detach')).status).toBe(0);
    expect(allAnswer(await statusOf(checkout))).toBe(true);
    expect((await checkout.run('down', '--erase')).status).toBe(0);
    expect(checkout.processes()).toEqual([]);
  });
});
