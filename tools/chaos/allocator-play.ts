import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureTopics, releaseLine, stoppedLines } from '#messaging';
import { migrate, openDatabase, type Database } from '#storage';
import { testLog } from '#testing';
import { allocatorMigrations } from '../../apps/allocator/src/migrations.ts';
import { checkpointsOver } from '../simulate/judge-checkpoints.ts';
import { judge } from '../simulate/judge.ts';
import { drawAllocatorFaults, strikeAllocator, takeoverMsMax } from './allocator-faults.ts';
import { AllocatorLoad } from './allocator-load.ts';
import { logEnd, missingEntries, outcomeOf, watchCommits } from './allocator-outcome.ts';
import { AllocatorPool, checkpointEveryDecisions } from './allocator-pool.ts';
import { diceOf } from './dice.ts';
import { startStores, type Stores } from './stores.ts';

/** What came of one seed. */
export type PlayedAllocator = {
  readonly seed: number;
  readonly faults: readonly string[];
  /** Entries of the load, and records of the log: repeats and what nobody can read among them. */
  readonly entries: number;
  readonly logRecords: number;
  readonly decidedRecords: number;
  /** Records of decisions that were published again. */
  readonly repeats: number;
  readonly releases: number;
  /** Records on the topic of checkpoints. */
  readonly checkpoints: number;
  /** Who owned the store, one after another. */
  readonly epochs: number;
  /** From a leader's death to the next one's claim, ms. */
  readonly takeoversMs: readonly number[];
  /** Lives of processes by how they ended. */
  readonly ends: Readonly<Record<string, number>>;
  readonly wrong: readonly string[];
  readonly seconds: number;
};

export type AllocatorPlay = {
  readonly faults: number;
  readonly logFolder: string | undefined;
  /** Told after each fault. */
  readonly progress: (text: string) => void;
};

const root = join(import.meta.dirname, '../..');
const betweenMsMax = 2_000;
const releaseEveryMs = 500;
/** Nothing has moved for so long after the last fault: it will not, ms. */
const stillMsMax = 40_000;
const applicationsMin = 2_000;
const applicationsPerFault = 50;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Builds what the processes run. */
export function buildApps(): void {
  const build = spawnSync(process.execPath, ['--conditions=source', 'tools/build.ts'], { cwd: root, stdio: 'inherit' });
  if (build.status !== 0) throw new Error('the apps were not built');
}

/** Runs the shipped allocator on fresh real stores under the faults of one seed, then in peace, and judges the topics. */
export async function playAllocator(
  seed: number,
  { faults: count, logFolder, progress }: AllocatorPlay,
): Promise<PlayedAllocator> {
  const startedMs = performance.now();
  const dice = diceOf(`allocator faults ${seed}`);
  const stores = await startStores();
  const { brokers } = stores.broker;
  const open = (url: string, schema: string): Database =>
    openDatabase({ url, schema, poolMax: 4, applicationName: 'chaos' });
  const direct = open(stores.directUrlOf('postgres'), 'allocator');
  const ownSchema = open(stores.directUrlOf('allocator'), 'allocator');
  const folder = mkdtempSync(join(tmpdir(), 'kezek-chaos-'));
  const pool = new AllocatorPool({ brokers, postgresUrl: stores.urlOf('allocator'), folder, logFolder });
  try {
    await migrate(ownSchema, { schema: 'allocator', migrations: allocatorMigrations });
    await ensureTopics({ brokers, log: testLog('topics') });
    await watchCommits(direct);
    const applications = Math.max(applicationsMin, count * applicationsPerFault);
    const load = new AllocatorLoad(brokers, { applications, dice: diceOf(`allocator load ${seed}`) });
    await load.preload();
    pool.start(0);
    pool.start(1);
    load.start();
    const stopReleasing = startReleasing(ownSchema);
    while ((await pool.leader()) === undefined) await pause(200);

    const takeoversMs: number[] = [];
    const tookOver = (ms: number): void => void takeoversMs.push(ms);
    const faults = drawAllocatorFaults(count, dice);
    for (const [index, kind] of faults.entries()) {
      progress(`${index + 1} of ${count}: ${kind}`);
      await strikeAllocator(kind, { stores, pool, direct, dice, tookOver });
      await pause(dice.upTo(betweenMsMax));
    }
    await load.stop();
    const stuck = await settled(direct, stores);
    await stopReleasing();
    const outcome = await outcomeOf(brokers, direct);
    const verdict = judge(outcome);
    const missing = missingEntries(outcome, load.written);
    const wrong = [
      ...verdict.wrong,
      ...stuck,
      ...(verdict.complete ? [] : ['not everything is decided and published']),
      ...(missing === 0 ? [] : [`${missing} entries of the load are not on the log`]),
      ...takeoversMs.filter((ms) => ms > takeoverMsMax).map((ms) => `a takeover took ${Math.round(ms)} ms`),
      ...pool.findings,
    ];
    return {
      seed,
      faults,
      entries: load.written,
      logRecords: outcome.log.length,
      decidedRecords: verdict.records,
      repeats: verdict.repeats,
      releases: outcome.releases.size,
      checkpoints: outcome.checkpoints.length,
      epochs: new Set(outcome.commits.map(({ epoch }) => epoch)).size,
      takeoversMs,
      ends: pool.ends,
      wrong,
      seconds: (performance.now() - startedMs) / 1_000,
    };
  } finally {
    await pool.close();
    await Promise.all([direct.destroy(), ownSchema.destroy()]);
    await stores.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** An operator who lets pass whatever stops the line. @returns how to send him home */
function startReleasing(database: Database): () => Promise<void> {
  let stopping = false;
  const running = (async () => {
    while (!stopping) {
      const lines = await stoppedLines(database).catch(() => []);
      for (const line of lines) {
        await releaseLine(database, line, { person: 'chaos', reason: 'nobody can read it' }).catch(() => undefined);
      }
      await pause(releaseEveryMs);
    }
  })();
  return async () => {
    stopping = true;
    await running;
  };
}

/** Waits until all that is due is stored and published, or nothing moves any more. @returns what is left then */
async function settled(direct: Database, { broker }: Stores): Promise<readonly string[]> {
  // It has all that was acknowledged, and nobody writes any more.
  const end = await logEnd(broker.brokers);
  let before = '';
  let due: number | undefined;
  let movedAtMs = performance.now();
  for (;;) {
    const { rows } = await direct.raw<{ rows: Progress[] }>(
      `select p.next_offset as stored, r.log_offset || '.' || r.part as place, c.published as checkpoints,
              not exists (select from allocator.decided d where (d.log_offset, d.part) > (r.log_offset, r.part)) as published
       from allocator.log_position p, allocator.relay_position r, allocator.checkpoint_position c`,
    );
    const { stored, published, place, checkpoints } = rows[0]!;
    if (stored === end && published) due ??= await checkpointsDue(direct);
    if (due !== undefined && checkpoints >= BigInt(due)) return [];
    const now = `${stored} of ${end} stored, published up to ${place}, ${checkpoints} of ${due ?? '?'} checkpoints`;
    if (now !== before) [before, movedAtMs] = [now, performance.now()];
    if (performance.now() - movedAtMs > stillMsMax) return [`nothing moves: ${now}`];
    await pause(300);
  }
}

type Progress = {
  readonly stored: bigint;
  readonly published: boolean;
  readonly place: string;
  readonly checkpoints: bigint;
};

async function checkpointsDue(direct: Database): Promise<number> {
  const { rows } = await direct.raw<{ rows: { value: Buffer }[] }>(
    'select value from allocator.decided order by log_offset, part',
  );
  return checkpointsOver(rows, checkpointEveryDecisions);
}
