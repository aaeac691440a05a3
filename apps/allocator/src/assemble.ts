import type { Logger } from '#runtime';
import { Allocator } from './allocator.ts';
import type { Clock } from './clock.ts';
import { clockToleranceMs, decisionsPerRecordMax } from './limits.ts';
import { Leadership, type Role } from './leadership.ts';
import { LogDecider, startOfLog, type DeciderState } from './record/log-decider.ts';
import type { DecisionStore } from './store/decision-store.ts';

export type AllocatorPlan = {
  readonly store: DecisionStore;
  readonly clock: Clock;
  readonly log: Logger;
  readonly role: Role;
  /** False where the hub's clock is scripted and runs ahead of the broker's: demonstrations and tests. */
  readonly guardsClock: boolean;
  readonly from?: DeciderState;
  /** Starts what publishes; called once, when this process leads. @returns what wakes it after each commit */
  readonly startRelay: (epoch: bigint) => { wake(): void };
  /** Called after each commit with how far everything is stored. */
  readonly stored: (nextOffset: bigint) => void;
  readonly fatal: (error: Error) => void;
};

/** The service without its doors: what reads, stores and takes over. */
export function assembleAllocator(plan: AllocatorPlan): { allocator: Allocator; leadership: Leadership } {
  const { store, clock, log, role, fatal } = plan;
  const tolerance = plan.guardsClock ? clockToleranceMs : Number.POSITIVE_INFINITY;
  const decider = new LogDecider(
    { perRecordMax: decisionsPerRecordMax, clock: { aheadMsMax: tolerance, backwardsMsMax: clockToleranceMs } },
    plan.from ?? startOfLog(),
  );
  let relay: { wake(): void } | undefined;
  const allocator = new Allocator({
    decider,
    store,
    clock,
    log,
    fatal,
    stored: ({ nextOffset }) => {
      relay?.wake();
      plan.stored(nextOffset);
    },
  });
  const leading = (epoch: bigint): void => {
    relay = plan.startRelay(epoch);
  };
  return { allocator, leadership: new Leadership({ allocator, store, clock, log, role, leading, fatal }) };
}
