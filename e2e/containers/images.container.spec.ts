import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hugePages } from '#stack';
import { KezekEnvironment, type StartedKezek } from '#testing';
import { root, run } from './scripts.ts';

const apps = ['intake', 'gateway-adapters', 'allocator', 'notifier'] as const;
const own = [...apps, 'state-systems', 'smpp-sink'] as const;
const all = ['kafka', 'postgres', ...own] as const;

describe('each of our images', () => {
  let kezek: StartedKezek;
  beforeAll(async () => {
    kezek = await new KezekEnvironment().start();
  });
  afterAll(() => kezek?.stop());

  const inspected = (name: (typeof all)[number]) =>
    kezek.containers.docker.getContainer(kezek.containers.idOf(name)).inspect();

  it.each(own)('%s says its version and commit, has a health check and is no root', async (name) => {
    const { Config: config } = await inspected(name);
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    expect(config.Labels['org.opencontainers.image.version']).toBe(version);
    expect(config.Labels['org.opencontainers.image.revision']).toMatch(/^[0-9a-f]{40}$/);
    expect(config.Healthcheck?.Test).toContain('deploy/container/healthy');
    expect((await kezek.containers.run(name, ['id', '-u'])).trim()).toBe('1000');
  });

  it.each(own)('%s cannot write to its root file system and has no capability', async (name) => {
    await expect(kezek.containers.run(name, ['touch', '/kezek/here'])).rejects.toThrow(/Read-only file system/);
    const status = await kezek.containers.run(name, ['grep', 'CapEff', '/proc/1/status']);
    expect(status).toMatch(/CapEff:\s+0000000000000000/);
  });

  it("asks for huge pages where a country's queues are, and nowhere else", async () => {
    const asks = (name: (typeof own)[number]) => kezek.containers.run(name, ['printenv', 'GLIBC_TUNABLES']);
    expect((await asks('allocator')).trim()).toBe(hugePages.GLIBC_TUNABLES);
    for (const other of own.filter((name) => name !== 'allocator')) await expect(asks(other)).rejects.toThrow();
  });

  it('publishes nothing but on loopback', async () => {
    for (const name of all) {
      const { NetworkSettings: settings } = await inspected(name);
      const published = Object.values(settings.Ports).flatMap((bindings) => bindings ?? []);
      expect(published.map(({ HostIp }) => HostIp)).toEqual(published.map(() => '127.0.0.1'));
    }
    const { said } = await run('deploy/compose', [
      '--profile',
      'console',
      'config',
      '--format',
      'json',
      '--no-consistency',
    ]);
    const { services } = JSON.parse(said.slice(said.indexOf('{'))) as {
      services: Record<string, { ports?: { host_ip?: string }[] }>;
    };
    const ports = Object.values(services).flatMap((service) => service.ports ?? []);
    expect(ports.length).toBeGreaterThanOrEqual(all.length);
    expect(new Set(ports.map(({ host_ip: ip }) => ip))).toEqual(new Set(['127.0.0.1']));
  });

  it('gives each app a schema of its own, closed to the others, as the embedded stack does', async () => {
    const { passwords } = kezek.containers.plan.secrets;
    const psql = ['psql', '-h', '127.0.0.1', '-U', 'gateway', '-d', 'kezek', '-c'];
    const asGateway = (sql: string) =>
      kezek.containers.run('postgres', [...psql, sql], { PGPASSWORD: passwords.gateway });
    await expect(asGateway('select * from intake.application')).rejects.toThrow(/permission denied/);
    await expect(asGateway('create table public.note (words text)')).rejects.toThrow(/permission denied/);
    expect(await asGateway("select upper('қәө')")).toContain('ҚӘӨ');
  });

  it.each(apps)('%s drains on SIGTERM and leaves with status 0', async (name) => {
    const began = performance.now();
    expect(await kezek.containers.stop(name, 30)).toBe(0);
    expect(performance.now() - began).toBeLessThan(20_000);
    expect(await kezek.containers.logOf(name, 5)).toContain('"stopped"');
  });
});
