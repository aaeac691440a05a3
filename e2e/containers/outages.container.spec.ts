import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { KezekEnvironment, type StartedKezek } from '#testing';
import { judgeHub } from './hub-judge.ts';
import { applyTo, patienceMs, preschools, seatThem, type Applicant } from './load.ts';

const outageMs = 6_000;
const apps = ['intake', 'gateway-adapters', 'allocator', 'notifier'] as const;

/** What happens while families apply. Each has a preschool of its own. */
const outages: readonly {
  readonly name: string;
  readonly preschoolId: string;
  readonly begin: (kezek: StartedKezek) => Promise<unknown>;
  readonly end: (kezek: StartedKezek) => Promise<unknown>;
}[] = [
  {
    name: 'Kafka is paused',
    preschoolId: 'P-1',
    begin: ({ containers }) => containers.pause('kafka'),
    end: ({ containers }) => containers.unpause('kafka'),
  },
  {
    name: 'Postgres is restarted',
    preschoolId: 'P-2',
    begin: ({ containers }) => containers.stop('postgres'),
    end: ({ containers }) => containers.again('postgres'),
  },
  ...apps.map((app, index) => ({
    name: `${app} is killed`,
    preschoolId: `P-${index + 3}`,
    begin: ({ containers }: StartedKezek) => containers.kill(app),
    end: ({ containers }: StartedKezek) => containers.again(app),
  })),
  {
    name: 'the network between the gateway and the state systems is cut',
    preschoolId: 'P-7',
    begin: ({ containers }) => containers.cut('gateway-adapters'),
    end: ({ containers }) => containers.mend('gateway-adapters'),
  },
];

describe('a hub in containers loses nothing and says nothing twice', () => {
  let kezek: StartedKezek;
  beforeAll(async () => {
    kezek = await new KezekEnvironment({ preschools }).start();
  });
  afterAll(() => kezek?.stop());

  it.each(outages)('when $name', async ({ preschoolId, begin, end }) => {
    const before = await applyTo(kezek, preschoolId, 2);
    await begin(kezek);
    const [during] = await Promise.all([applyTo(kezek, preschoolId, 3), sleep(outageMs).then(() => end(kezek))]);
    const expected = await seatThem(kezek, preschoolId, [...before, ...during], 3);
    expect(await judgeHub(kezek, expected)).toEqual([]);
  });
});

describe('a hub in containers that is brought to another version', () => {
  let kezek: StartedKezek;
  beforeAll(async () => {
    kezek = await new KezekEnvironment({ preschools }).start();
  });
  afterAll(() => kezek?.stop());

  it(
    'loses nothing: each app ends in good order with work in flight, and goes on where it was',
    async () => {
      const statuses: Record<string, number> = {};
      let isDone = false;
      const roll = async () => {
        for (const app of apps) {
          await sleep(1_000);
          statuses[app] = await kezek.containers.stop(app, 30);
          await kezek.containers.again(app);
        }
        isDone = true;
      };
      const applicants: Applicant[] = [];
      const apply = async () => {
        while (!isDone) applicants.push(...(await applyTo(kezek, 'P-9', 1)));
      };
      await Promise.all([roll(), apply()]);
      expect(statuses).toEqual({ intake: 0, 'gateway-adapters': 0, allocator: 0, notifier: 0 });
      expect(applicants.length).toBeGreaterThan(apps.length);
      const expected = await seatThem(kezek, 'P-9', applicants, 3);
      expect(await judgeHub(kezek, expected)).toEqual([]);
    },
    patienceMs * 3,
  );
});

describe('a hub whose database has no room left', () => {
  let kezek: StartedKezek;
  const diskBytes = 256 * 1024 * 1024;
  beforeAll(async () => {
    kezek = await new KezekEnvironment({ preschools, postgresDiskBytes: diskBytes }).start();
  });
  afterAll(() => kezek?.stop());

  it(
    'promises nothing it cannot keep, and goes on when there is room again',
    async () => {
      const ballast = `${kezek.postgresFolder}/ballast`;
      const before = await applyTo(kezek, 'P-8', 2);
      await kezek.containers.run('postgres', ['bash', '-c', `cat /dev/zero >${ballast} 2>/dev/null || true`]);
      const free = await kezek.containers.run('postgres', ['df', '--output=avail', '-B1', kezek.postgresFolder]);
      expect(Number(free.trim().split('\n').at(-1))).toBeLessThan(64 * 1024);
      const room = async () => {
        await sleep(outageMs);
        await kezek.containers.makeRoom(ballast);
      };
      const [during] = await Promise.all([applyTo(kezek, 'P-8', 3), room()]);
      const expected = await seatThem(kezek, 'P-8', [...before, ...during], 3);
      expect(await judgeHub(kezek, expected)).toEqual([]);
    },
    patienceMs * 3,
  );
});
