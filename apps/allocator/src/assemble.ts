import type { Logger } from '#runtime';
import { Allocator } from './allocator.ts';
import type { Clock } from './clock.ts';
import { clockToleranceMs, type AllocatorLimits } from './limits.ts';
import { Leadership, type Role } from './leadership.ts';
import { LogReader } from './log-reader.ts';
import type { StoredCommit } from './relay/committed-rows.ts';
import type { RowPlace } from './relay/decision-rows.ts';
import { LogDecider, startOfLog } from './record/log-decider.ts';
import { Snapshots } from './snapshots/snapshots.ts';
import type { SnapshotStore } from './snapshots/snapshot-store.ts';
import type { DecisionStore } from './store/decision-store.ts';

type ToldOfCommits = { committed(commit: StoredCommit): void };

export type AllocatorPlan = {
  readonly store: DecisionStore;
  readonly clock: Clock;
  readonly log: Logger;
  readonly limits: AllocatorLimits;
  readonly role: Role;
  /** False where the hub's clock is scripted and runs ahead of the broker's: demonstrations and tests. */
  readonly guardsClock: boolean;
  /** Where states are kept; without it every start decides the whole log again. */
  readonly snapshots?: SnapshotStore | undefined;
  /** Starts what publishes; called once, when this process leads. @returns what is told of each commit with rows */
  readonly startRelay: (epoch: bigint) => ToldOfCommits;
  readonly fatal: (error: Error) => void;
};

export type AssembledAllocator = {
  readonly allocator: Allocator;
  readonly reader: LogReader;
  readonly leadership: Leadership;
  readonly snapshots: Snapshots | undefined;
};

/** The service without its doors: what decides, stores and takes over, from the newest state that is stored. */
export async function assembleAllocator(plan: AllocatorPlan): Promise<AssembledAllocator> {
  const { store, clock, log, limits, role, fatal } = plan;
  const from = (await plan.snapshots?.newestUpTo((await store.read()).nextOffset)) ?? startOfLog();
  log.info({ event: 'starting', nextOffset: String(from.nextOffset) });
  const snapshots =
    plan.snapshots &&
    new Snapshots(plan.snapshots, { everyEntries: limits.snapshotEveryEntries, from: from.nextOffset, log });
  const tolerance = plan.guardsClock ? clockToleranceMs : Number.POSITIVE_INFINITY;
  const decider = new LogDecider(
    { perRecordMax: limits.decisionsPerRecordMax, clock: { aheadMsMax: tolerance, backwardsMsMax: clockToleranceMs } },
    from,
  );
  let relay: ToldOfCommits | undefined;
  let lastStored: RowPlace | undefined;
  const allocator = new Allocator({
    decider,
    store,
    clock,
    log,
    limits,
    fatal,
    decided: (nextOffset, state) => snapshots?.decided(nextOffset, state),
    stored: ({ to, rows, copied }) => {
      if (rows.length > 0) relay?.committed({ after: lastStored, rows, copied });
      lastStored = placeOf(rows.at(-1)) ?? lastStored;
      reader.stored(to.nextOffset);
    },
  });
  const reader = new LogReader(allocator);
  const leading = (epoch: bigint): void => {
    relay = plan.startRelay(epoch);
  };
  const leadership = new Leadership({ allocator, store, clock, log, role, leading, fatal });
  return { allocator, reader, leadership, snapshots };
}

const placeOf = (row: RowPlace | undefined): RowPlace | undefined =>
  row && { logOffset: row.logOffset, part: row.part };
