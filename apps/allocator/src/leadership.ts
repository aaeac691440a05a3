import { Failure, type HealthCheck, type Logger } from '#runtime';
import type { Allocator } from './allocator.ts';
import { Bell, type Clock } from './clock.ts';
import { leaseMs, leaseRenewMs } from './limits.ts';
import type { DecisionStore, Stored } from './store/decision-store.ts';

export type Role = 'leader' | 'follower';

export type LeadershipParts = {
  readonly allocator: Allocator;
  readonly store: DecisionStore;
  readonly clock: Clock;
  readonly log: Logger;
  /** A leader claims the store once it has caught up; a follower only after the owner has been silent for long. */
  readonly role: Role;
  /** Called once, when this process has become the leader. */
  readonly leading: (epoch: bigint) => void;
  /** Called once when another has taken over from this process. */
  readonly fatal: (error: Error) => void;
};

/**
 * Decides who stores. Everybody begins by reading the log without writing; the store's own clock tells how long its
 * owner has been silent, and the epoch tells whose word counts.
 */
export class Leadership {
  readonly #parts: LeadershipParts;
  readonly #bell: Bell;
  #epoch: bigint | undefined;
  #stopping = false;
  #running: Promise<void> = Promise.resolve();

  constructor(parts: LeadershipParts) {
    this.#parts = parts;
    this.#bell = new Bell(parts.clock);
  }

  start(): void {
    this.#running = this.#live();
  }

  /** Stores what is decided, and lets another take over at once. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#bell.ring();
    await this.#running;
    await this.#parts.allocator.drained();
    if (this.#epoch !== undefined) await this.#parts.store.resign(this.#epoch);
  }

  readonly ready: HealthCheck = {
    name: 'history',
    problem: () => {
      const { allocator } = this.#parts;
      const stored = allocator.storedOffset;
      if (stored === undefined) return 'the store has not been asked yet';
      return allocator.isCaughtUp() ? undefined : `decided up to ${allocator.nextOffset} of the ${stored} stored`;
    },
  };

  async #live(): Promise<void> {
    const { log, fatal } = this.#parts;
    while (!this.#stopping) {
      try {
        await this.#turn();
      } catch (error) {
        if (!(error instanceof Failure) || error.recovery === 'stop') return fatal(error as Error);
        log.warn({ event: 'store-silent', err: error });
      }
      await this.#bell.wait(leaseRenewMs);
    }
  }

  async #turn(): Promise<void> {
    const { store, allocator } = this.#parts;
    if (this.#epoch !== undefined) {
      if (!(await store.renew(this.#epoch))) throw fenced(this.#epoch);
      if (!allocator.isLeading) await this.#leadAgain(this.#epoch);
      return;
    }
    const stored = await store.read();
    await allocator.noteStored(stored);
    if (allocator.isCaughtUp() && !this.#stopping) await this.#claim(stored);
  }

  async #claim(stored: Stored): Promise<void> {
    const { store, log, role } = this.#parts;
    const silentMsMin = role === 'leader' ? 0 : leaseMs;
    if (stored.silentMs < silentMsMin) return;
    const claimed = await store.claim(stored.epoch, silentMsMin);
    if (!claimed) return;
    this.#epoch = claimed.epoch;
    log.info({ event: 'leading', epoch: String(claimed.epoch), nextOffset: String(claimed.nextOffset) });
    await this.#lead(claimed);
  }

  // The store was claimed, and fell silent before what it holds was compared.
  async #leadAgain(epoch: bigint): Promise<void> {
    const claimed = await this.#parts.store.read();
    if (claimed.epoch !== epoch) throw fenced(epoch);
    await this.#lead(claimed);
  }

  async #lead(claimed: Stored): Promise<void> {
    const { allocator, leading } = this.#parts;
    await allocator.lead(claimed);
    leading(claimed.epoch);
  }
}

const fenced = (epoch: bigint): Failure =>
  new Failure('allocator-fenced', `another allocator has taken over from epoch ${epoch}`);
