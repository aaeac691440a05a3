import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encode } from '#contracts';
import { migrate, openDatabase, type Database } from '#storage';
import { startDatabase, testLog, type TestDatabase } from '#testing';
import type { LogStep } from './allocator.ts';
import { assembleAllocator } from './assemble.ts';
import { processClock } from './clock.ts';
import type { Role } from './leadership.ts';
import { commitMsMax, shippedLimits } from './limits.ts';
import { allocatorMigrations } from './migrations.ts';
import { PostgresDecisionStore } from './store/decision-store.postgres.ts';

const nowMs = Date.UTC(2026, 5, 1);
const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

function entry(n: number): LogStep {
  const ids = { applicationId: uuid(n), applicantId: uuid(n + 1_000) };
  const child = { birthDate: 19_600, category: 'GENERAL', pmpc: false, plannedAge: null, placementYear: null } as const;
  const entries = [{ preschoolId: 'P1', language: 'kk', queue: 'ORDINARY', profile: null }] as const;
  const value = { number: BigInt(n + 1), atMs: nowMs, submittedAtMs: nowMs, ...ids, ...child, entries };
  const bytes = encode('ApplicationQueued', value);
  return {
    kind: 'record',
    name: 'ApplicationQueued',
    value,
    offset: BigInt(n),
    appendedAtMs: nowMs,
    bytes,
    headers: {},
  };
}

describe('two allocators on one Postgres', () => {
  let server: TestDatabase;
  const databases: Database[] = [];
  beforeAll(async () => {
    server = await startDatabase();
  });
  afterAll(async () => {
    for (const database of databases) await database.destroy();
    await server.stop();
  });

  async function start(role: Role) {
    const plan = { url: server.urlOf('allocator'), schema: 'allocator', poolMax: 4, applicationName: 'test' };
    const database = openDatabase(plan);
    databases.push(database);
    await migrate(database, { schema: 'allocator', migrations: allocatorMigrations });
    const store = new PostgresDecisionStore(database, { commitMsMax });
    const ends: Error[] = [];
    let led: () => void;
    const leads = new Promise<void>((resolve) => (led = resolve));
    const service = await assembleAllocator({
      store,
      clock: processClock,
      log: testLog('allocator'),
      limits: shippedLimits,
      role,
      guardsClock: true,
      startRelay: () => {
        led();
        return { committed: () => undefined };
      },
      fatal: (error) => ends.push(error),
    });
    service.leadership.start();
    return { ...service, store, ends, leads };
  }

  it('the second fences the first, which keeps nothing more and ends', async () => {
    const first = await start('leader');
    await first.leads;
    await first.allocator.take([0, 1, 2].map(entry));
    await first.allocator.drained();
    const second = await start('leader');
    await second.allocator.take([0, 1, 2].map(entry));
    await second.leads;
    await first.allocator.take([3].map(entry));
    await first.allocator.drained();
    expect(first.ends.map((error) => (error as { code?: string }).code)).toContain('allocator-fenced');
    expect((await second.store.read()).nextOffset).toBe(3n);
    await second.allocator.take([3, 4].map(entry));
    await second.allocator.drained();
    expect((await second.store.read()).nextOffset).toBe(5n);
    expect(await second.store.links(0n, 9n)).toHaveLength(5);
    expect(second.ends).toEqual([]);
    await second.leadership.stop();
    await first.leadership.stop().catch(() => undefined);
    await first.store.close();
    await second.store.close();
  }, 30_000);
});
