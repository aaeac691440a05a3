import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ownerLabel, ownLabels } from '../../libs/testing/src/environment/engine.ts';
import { run } from './scripts.ts';

jest.setTimeout(120_000);

const project = `kezek-console-${process.pid}`;
const compose = (...args: readonly string[]) => run('deploy/compose', ['--profile', 'console', '-p', project, ...args]);

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return String(port);
}

describe('docker compose --profile console', () => {
  let url: string;
  beforeAll(async () => {
    const [kafka, console_] = [await freePort(), await freePort()];
    // By its owner the next run knows what a killed one left.
    const KEZEK_OWNER = ownLabels('')[ownerLabel];
    Object.assign(process.env, { KAFKA_PORT: kafka, CONSOLE_PORT: console_, KEZEK_OWNER });
    expect(await compose('up', '--detach', '--wait', '--wait-timeout', '90', 'console')).toMatchObject({ status: 0 });
    url = `http://127.0.0.1:${console_}`;
  });
  afterAll(async () => {
    await compose('down', '--volumes', '--timeout', '5');
    delete process.env['KAFKA_PORT'];
    delete process.env['CONSOLE_PORT'];
    delete process.env['KEZEK_OWNER'];
  });

  it('starts after Kafka and shows, in the language asked for, what the broker lacks', async () => {
    const answer = await fetch(`${url}/?lang=ru`);
    const html = await answer.text();
    expect(answer.status).toBe(200);
    expect(html).toContain('Kezek: топики и читатели');
    // Nobody has made a topic yet: an app does, when it starts.
    expect(html).toContain('kezek.allocation.log is missing');
  });

  it('is locked up as every image of ours', async () => {
    const container = `${project}-console-1`;
    const { said } = await run('docker', ['inspect', container]);
    const [inspected] = JSON.parse(said) as [
      {
        Config: { Labels: Record<string, string>; Healthcheck: { Test: string[] } };
        NetworkSettings: { Ports: Record<string, { HostIp: string }[] | null> };
      },
    ];
    expect(inspected.Config.Labels['org.opencontainers.image.revision']).toMatch(/^[0-9a-f]{40}$/);
    expect(inspected.Config.Healthcheck.Test).toContain('deploy/container/healthy');
    const published = Object.values(inspected.NetworkSettings.Ports).flatMap((bindings) => bindings ?? []);
    expect(published.map(({ HostIp: ip }) => ip)).toEqual(['127.0.0.1']);
    expect((await run('docker', ['exec', container, 'id', '-u'])).said.trim()).toBe('1000');
    expect((await run('docker', ['exec', container, 'touch', '/kezek/here'])).said).toMatch(/Read-only file system/);
    const { said: status } = await run('docker', ['exec', container, 'grep', 'CapEff', '/proc/1/status']);
    expect(status).toMatch(/CapEff:\s+0000000000000000/);
  });

  it('stays up while the broker is away, says so, and comes back with it', async () => {
    await compose('stop', '--timeout', '10', 'kafka');
    const away = await waitForStatus(`${url}/state.json`, 503);
    expect(away).toBe(503);
    await compose('start', 'kafka');
    expect(await waitForStatus(`${url}/state.json`, 200)).toBe(200);
  });
});

async function waitForStatus(url: string, wanted: number): Promise<number> {
  const giveUpAtMs = performance.now() + 60_000;
  for (;;) {
    const { status } = await fetch(url);
    if (status === wanted || performance.now() > giveUpAtMs) return status;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
