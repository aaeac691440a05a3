import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { connected, startKafka, startPostgres, startStack, stackFolders, removeStackData, type Stack } from '#stack';
import { inventFamily } from '../state-systems/invent.ts';
import type { Figure } from './figure.ts';
import { hopTimes, hops, medianMs } from './demo-hops.ts';

const root = join(import.meta.dirname, '../..');
const clients = 16;

/**
 * Applications a second from the door to the delivered SMS, on real Kafka and Postgres, and each hop's share of the time.
 * Baseline: one-row commits a second on the same Postgres with as many connections, in the same run.
 * @param args `--applications N` (default 300)
 */
export async function benchDemo(args: readonly string[], progress: (text: string) => void): Promise<readonly Figure[]> {
  const at = args.indexOf('--applications');
  const count = at < 0 ? 300 : Number(args[at + 1]);
  if (!Number.isInteger(count) || count < 1) throw new Error('--applications takes a number from 1');
  if (
    spawnSync(process.execPath, ['--conditions=source', 'tools/build.ts'], { cwd: root, stdio: 'inherit' }).status !== 0
  ) {
    throw new Error('the apps could not be built');
  }
  const folders = { ...stackFolders(join(root, '.kezek/bench')), root };
  removeStackData(folders, 'bench');
  // Records of their own: the stack ends what it finds under its records, as left over from a killed launcher.
  const place = (name: string) => ({
    directory: join(folders.dataOf('bench'), name),
    recordFile: join(folders.base, 'bench-records', `${name}.pid`),
  });
  const kafka = await startKafka(place('kafka'));
  const postgres = await startPostgres(place('postgres'));
  try {
    const stack = await startStack({
      folders,
      externalStores: { brokers: kafka.brokers, urlOf: postgres.urlOf },
      name: 'bench-apps',
      fresh: true,
      storesOnly: false,
      preschoolsFile: join(root, 'tools/demo/preschools.json'),
      report: () => undefined,
      giveUp: new AbortController().signal,
    });
    try {
      progress('stack: up');
      const commitsPerSecond = await commitRate(postgres.urlOf('intake'));
      progress(`baseline: ${Math.round(commitsPerSecond)} one-row commits/s`);
      return await measure(stack, kafka.brokers, count, commitsPerSecond, progress);
    } finally {
      await stack.stop();
    }
  } finally {
    await kafka.stop();
    await postgres.stop();
  }
}

async function measure(
  stack: Stack,
  brokers: readonly string[],
  count: number,
  commitsPerSecond: number,
  progress: (text: string) => void,
): Promise<readonly Figure[]> {
  const urlOf = (name: string): string => stack.state.services.find((service) => service.name === name)!.url;
  const families = Array.from({ length: count }, (_, serial) => inventFamily(serial + 1));
  await send('POST', `${urlOf('state-systems')}/control/people`, {
    persons: families.flatMap((family) => family.persons),
  });
  const times = await hopTimes(brokers, count);
  const startedAtMs = performance.now();
  let next = 0;
  const client = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) {
      const { mother, children } = families[index]!;
      await send('POST', `${urlOf('intake')}/v1/applications`, {
        applicant: { iin: mother.iin, phone: `+7701${String(1_000_000 + index)}`, language: 'kk' },
        child: { iin: children[0]!.iin, birthDate: children[0]!.birthDate },
        preschools: [{ preschoolId: `AB-0${(index % 3) + 1}`, language: 'kk' }],
        consent: true,
      });
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  progress(`${count} applications sent in ${((performance.now() - startedAtMs) / 1000).toFixed(1)} s`);
  const lives = await times.whenAllTold();
  const seconds = (performance.now() - startedAtMs) / 1000;
  const totalMs = medianMs(lives.map((life) => life.total));
  return [
    {
      name: 'applications, door to delivered SMS',
      value: count / seconds,
      unit: '/s',
      baseline: commitsPerSecond,
      goal: null,
    },
    { name: 'life of one application, median', value: totalMs, unit: 'ms', baseline: null, goal: null },
    ...hops.map((hop) => ({
      name: `hop: ${hop}`,
      value: medianMs(lives.map((life) => life[hop])),
      unit: 'ms',
      baseline: totalMs,
      goal: null,
    })),
  ];
}

async function commitRate(url: string): Promise<number> {
  const forMs = 2_000;
  await connected(url, (client) =>
    client.query('create table intake.bench_commit (id bigint generated always as identity, note text)'),
  );
  const endsAtMs = performance.now() + forMs;
  const counts = await Promise.all(
    Array.from({ length: clients }, () =>
      connected(url, async (client) => {
        let commits = 0;
        for (; performance.now() < endsAtMs; commits += 1)
          await client.query("insert into intake.bench_commit (note) values ('x')");
        return commits;
      }),
    ),
  );
  await connected(url, (client) => client.query('drop table intake.bench_commit'));
  return counts.reduce((sum, commits) => sum + commits, 0) / (forMs / 1000);
}

async function send(method: string, url: string, body: object): Promise<void> {
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`);
  await response.arrayBuffer();
}
