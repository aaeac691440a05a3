import { readdirSync, readFileSync } from 'node:fs';
import type { Database } from '#storage';
import type { AllocatorPool } from './allocator-pool.ts';
import type { Dice } from './dice.ts';
import type { Stores } from './stores.ts';

export type AllocatorScene = {
  readonly stores: Stores;
  readonly pool: AllocatorPool;
  /** Past the proxy, with every right. */
  readonly direct: Database;
  readonly dice: Dice;
  /** Told how long a follower took to take over, ms. */
  readonly tookOver: (ms: number) => void;
};
type Fault = (scene: AllocatorScene) => Promise<void>;

/** Within so long a follower has to lead after the leader's death, ms. */
export const takeoverMsMax = 10_000;
/** Beyond it nothing will come. */
const takeoverPatienceMs = 30_000;
const leaderPatienceMs = 30_000;
const restartsMax = 10;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const faults = {
  'leader killed': async (scene) => killed(scene, await leaderOf(scene)),
  'leader frozen': async (scene) => frozen(scene, await leaderOf(scene)),
  // Longer than its lease: it wakes up when another has taken over.
  'leader frozen for long': async (scene) => frozen(scene, await leaderOf(scene), 6_000),
  'leader lost': (scene) => lost(scene),
  'follower killed': async (scene) => killed(scene, 1 - (await leaderOf(scene))),
  'follower frozen': async (scene) => frozen(scene, 1 - (await leaderOf(scene))),
  'relay cut off': async ({ direct, dice }) => {
    for (let cuts = 1 + dice.upTo(3); cuts > 0; cuts -= 1) {
      await direct.raw(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'kezek-allocator-relay'`,
      );
      await pause(dice.upTo(400));
    }
  },
  'broker killed': async ({ stores, dice }) => {
    await stores.broker.kill();
    await pause(dice.upTo(1_500));
    await stores.broker.restart();
  },
  'broker frozen': async ({ stores, dice }) => {
    process.kill(stores.broker.pid(), 'SIGSTOP');
    await pause(500 + dice.upTo(4_000));
    process.kill(stores.broker.pid(), 'SIGCONT');
  },
  'database killed': async ({ stores, dice }) => {
    await stores.database.kill();
    await pause(dice.upTo(1_500));
    await restarted(stores.database);
  },
  'database frozen': async ({ stores, dice }) => {
    const processes = treeOf(stores.database.pid());
    for (const pid of processes) send(pid, 'SIGSTOP');
    await pause(500 + dice.upTo(4_000));
    for (const pid of processes) send(pid, 'SIGCONT');
  },
} satisfies Record<string, Fault>;

/** Every kind of fault there is. */
export const allocatorFaultKinds: readonly string[] = Object.keys(faults);

/** So many kinds in an order of chance; every kind comes before any comes again. */
export function drawAllocatorFaults(count: number, dice: Dice): readonly string[] {
  const drawn: string[] = [];
  let left: string[] = [];
  while (drawn.length < count) {
    if (left.length === 0) left = [...allocatorFaultKinds];
    drawn.push(...left.splice(dice.upTo(left.length), 1));
  }
  return drawn;
}

/** Strikes, and returns once what was broken is whole again or about to be. */
export async function strikeAllocator(kind: string, scene: AllocatorScene): Promise<void> {
  await (faults as Readonly<Record<string, Fault>>)[kind]!(scene);
}

/** Waits a while for one that leads: after a fault there may be none yet. */
async function leaderOf({ pool }: AllocatorScene): Promise<number> {
  const giveUpAtMs = performance.now() + leaderPatienceMs;
  for (;;) {
    const place = await pool.leader();
    if (place !== undefined) return place;
    if (performance.now() > giveUpAtMs) return 0;
    await pause(200);
  }
}

async function killed({ pool, dice }: AllocatorScene, place: number): Promise<void> {
  await pool.kill(place);
  await pause(dice.upTo(1_500));
  pool.start(place);
}

async function frozen({ pool, dice }: AllocatorScene, place: number, msMin = 500): Promise<void> {
  pool.signal(place, 'SIGSTOP');
  await pause(msMin + dice.upTo(3_000));
  pool.signal(place, 'SIGCONT');
}

/** The leader dies and stays away until its follower leads. */
async function lost(scene: AllocatorScene): Promise<void> {
  const { pool, direct, tookOver } = scene;
  // Settled: a process of the leader's role that is just starting would claim the store at once, and not take it over.
  const giveUpAtMs = performance.now() + leaderPatienceMs;
  while (!((await pool.leader()) === 0 && (await pool.isReady(1)))) {
    if (performance.now() > giveUpAtMs) return killed(scene, await leaderOf(scene));
    await pause(200);
  }
  const epochBefore = await epochOf(direct);
  await pool.kill(0);
  const sinceMs = performance.now();
  let isTaken = false;
  while (!isTaken && performance.now() - sinceMs < takeoverPatienceMs) {
    await pause(50);
    isTaken = (await epochOf(direct)) > epochBefore;
  }
  tookOver(performance.now() - sinceMs);
  pool.start(0);
}

async function epochOf(direct: Database): Promise<bigint> {
  const { rows } = await direct.raw<{ rows: { epoch: bigint }[] }>('select epoch from allocator.log_position');
  return rows[0]!.epoch;
}

/** As a supervisor does: a server whose last children are still ending refuses to start. */
async function restarted(database: Stores['database']): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await database.restart();
    } catch (error) {
      if (tries === restartsMax) throw error;
      await pause(500);
    }
  }
}

/** A process and its children. */
function treeOf(root: number): readonly number[] {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === root);
  return [root, ...children];
}

function parentOf(pid: number): number | undefined {
  try {
    return Number(/^\d+ \(.*\) \S (\d+) /s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]);
  } catch {
    return undefined;
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // A backend that has ended meanwhile.
  }
}
