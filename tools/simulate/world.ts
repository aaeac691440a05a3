import { Dice } from '../bench/dice.ts';
import { VirtualTime } from './virtual-time.ts';

/** Kinds of trouble, counted as they happen. */
export const faultKinds = [
  'crash',
  'stop-and-continue',
  'clean-stop',
  'request-lost',
  'answer-lost',
  'late-effect',
  'slow-commit',
  'disk-full',
  'store-down',
  'broker-down',
  'redelivery',
  'rebalance',
  'writer-repeat',
  'torn-snapshot',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** What everything in one run shares: time, dice, and the count of troubles. */
export class World {
  readonly time = new VirtualTime();
  readonly dice: Dice;
  readonly faults = new Map<FaultKind, number>();
  /** True while troubles may begin. */
  troubled = true;

  constructor(seed: number) {
    this.dice = new Dice(seed);
  }

  /** Whether a trouble happens now, with this chance; it is counted when it does. */
  strikes(kind: FaultKind, chance: number): boolean {
    if (!this.troubled || !this.dice.happens(chance)) return false;
    this.count(kind);
    return true;
  }

  count(kind: FaultKind): void {
    this.faults.set(kind, (this.faults.get(kind) ?? 0) + 1);
  }

  pause(ms: number): Promise<void> {
    return new Promise((resolve) => void this.time.after(ms, resolve));
  }
}
