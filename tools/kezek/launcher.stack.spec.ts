import { spawn, type ChildProcess } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { once } from 'node:events';
import { homedir, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '../..');
const notCopied = ['node_modules', 'dist', '.git', '.kezek', 'coverage', 'reports'];

type Launcher = { readonly process: ChildProcess; readonly said: string[]; readonly ended: Promise<number | null> };
type Status = { phase: string; launcher: { pid: number }; services: { name: string; url: string; answers: boolean }[] };

const checkouts: string[] = [];

/** A second checkout: the same sources in another folder, with the same installed packages. */
function newCheckout(parent = tmpdir()): string {
  const folder = realpathSync(mkdtempSync(join(parent, 'kezek-checkout-')));
  checkouts.push(folder);
  for (const name of readdirSync(root).filter((each) => !notCopied.includes(each))) {
    cpSync(join(root, name), join(folder, name), { recursive: true, preserveTimestamps: true });
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

function launch(checkout: string, ...args: string[]): Launcher {
  const child = spawn(join(checkout, 'kezek'), args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => said.push(piece.toString()));
  const ended = once(child, 'exit').then(([status]) => status as number | null);
  return { process: child, said, ended };
}

async function run(checkout: string, ...args: string[]): Promise<{ status: number | null; said: string }> {
  const { ended, said } = launch(checkout, ...args);
  const status = await ended;
  return { status, said: said.join('') };
}

async function until(launcher: Launcher, words: string): Promise<void> {
  let ended = false;
  void launcher.ended.then(() => (ended = true));
  while (!launcher.said.join('').includes(words)) {
    if (ended) throw new Error(`it ended before it said "${words}":\n${launcher.said.join('')}`);
    await sleep(50);
  }
}

async function statusOf(checkout: string): Promise<Status> {
  return JSON.parse((await run(checkout, 'status', '--json')).said) as Status;
}

/** Command lines of the processes of a checkout that still run: its folder is in them, or their number in its records. */
function processesOf(checkout: string): string[] {
  const records = join(checkout, '.kezek/records');
  const recorded = existsSync(records)
    ? readdirSync(records).map((file) => readFileSync(join(records, file), 'utf8').split('\n')[0])
    : [];
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid) && existsSync(`/proc/${pid}/cmdline`))
    .map((pid) => ({ pid, command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ') }))
    .filter(({ pid, command }) => command.includes(basename(checkout)) || recorded.includes(pid))
    .map(({ command }) => command);
}

afterEach(async () => {
  for (const checkout of checkouts.splice(0)) {
    await run(checkout, 'down', '--erase');
    rmSync(checkout, { recursive: true, force: true });
  }
});

describe('the launcher', () => {
  it('stops everything on Ctrl-C, and leaves no process and no lock behind', async () => {
    const checkout = newCheckout();
    const up = launch(checkout, 'up', '--stores');
    await until(up, 'Ctrl-C stops it.');
    expect(processesOf(checkout).length).toBeGreaterThan(1);
    up.process.kill('SIGINT');
    expect(await up.ended).toBe(0);
    expect(processesOf(checkout)).toEqual([]);
    expect((await run(checkout, 'status')).status).toBe(3);
  });

  it('ends what a launcher left that was killed, at the next start, on the same addresses', async () => {
    const checkout = newCheckout();
    const killed = launch(checkout, 'up', '--stores');
    await until(killed, 'Ctrl-C stops it.');
    const before = await statusOf(checkout);
    process.kill(before.launcher.pid, 'SIGKILL');
    await killed.ended;
    expect(processesOf(checkout).length).toBeGreaterThanOrEqual(2);

    expect((await run(checkout, 'up', '--stores', '--detach')).said).toMatch(
      /kafka +was left by a launcher that was killed/,
    );
    const after = await statusOf(checkout);
    expect(after.services.map(({ url }) => url)).toEqual(before.services.map(({ url }) => url));
    expect(after.services.every(({ answers }) => answers)).toBe(true);
    expect(processesOf(checkout).filter((command) => command.includes('kafka.Kafka'))).toHaveLength(1);
  });

  it('never touches a process that took the number of one of its own', async () => {
    const checkout = newCheckout();
    const stranger = spawn('sleep', ['60'], { stdio: 'ignore' });
    const up = launch(checkout, 'up', '--stores');
    await until(up, 'Ctrl-C stops it.');
    const record = readFileSync(join(checkout, '.kezek/records/kafka.pid'), 'utf8');
    up.process.kill('SIGINT');
    await up.ended;
    // The record of a broker that is gone, with the number of a process that is somebody else's.
    writeFileSync(join(checkout, '.kezek/records/kafka.pid'), record.replace(/^\d+/, String(stranger.pid)));
    expect((await run(checkout, 'down')).said).toContain('No stack of this checkout runs.');
    expect(stranger.exitCode).toBeNull();
    expect(existsSync(`/proc/${stranger.pid}`)).toBe(true);
    stranger.kill('SIGKILL');
  });

  it('runs two stacks of two checkouts side by side, and only one of each', async () => {
    const [one, other] = [newCheckout(), newCheckout()];
    const started = await Promise.all([one, other].map((each) => run(each, 'up', '--stores', '--detach')));
    expect(started.map(({ status }) => status)).toEqual([0, 0]);
    const [first, second] = await Promise.all([one, other].map(statusOf));
    const addresses = [...first!.services, ...second!.services].map(({ url }) => url);
    expect(new Set(addresses).size).toBe(addresses.length);
    expect([...first!.services, ...second!.services].every(({ answers }) => answers)).toBe(true);
    const again = await run(one, 'up', '--stores');
    expect(again).toMatchObject({ status: 1, said: expect.stringContaining('runs already') });
    expect((await run(one, 'down')).status).toBe(0);
    expect((await statusOf(other)).services.every(({ answers }) => answers)).toBe(true);
  });

  it('starts Kafka and Postgres again when one of them is killed, with what was in them', async () => {
    const checkout = newCheckout();
    const up = launch(checkout, 'up', '--stores');
    await until(up, 'Ctrl-C stops it.');
    for (const store of ['kafka', 'postgres']) {
      const [pid] = readFileSync(join(checkout, `.kezek/records/${store}.pid`), 'utf8').split('\n');
      process.kill(Number(pid), 'SIGKILL');
      await until(up, `${store.padEnd(16)} died (SIGKILL)`);
    }
    while (!(await statusOf(checkout)).services.every(({ answers }) => answers)) await sleep(200);
    up.process.kill('SIGTERM');
    expect(await up.ended).toBe(0);
  });

  it('works from a folder that no other user may enter', async () => {
    const checkout = newCheckout(homedir());
    expect((await run(checkout, 'up', '--stores', '--detach')).status).toBe(0);
    expect((await statusOf(checkout)).services.every(({ answers }) => answers)).toBe(true);
    expect((await run(checkout, 'down', '--erase')).status).toBe(0);
    expect(processesOf(checkout)).toEqual([]);
  });
});
