import type { Clock } from '../../apps/allocator/src/clock.ts';
import type { World } from './world.ts';

/**
 * One life of a process. Its code runs only when something reaches it: an answer, a timer. So a killed process simply
 * hears nothing any more, wherever it was waiting, and a stopped one hears everything later.
 */
export class Incarnation {
  readonly world: World;
  #dead = false;
  #stopped = false;
  #unheard: (() => void)[] = [];
  #exit: string | undefined;

  constructor(world: World) {
    this.world = world;
  }

  get isDead(): boolean {
    return this.#dead;
  }

  get isStopped(): boolean {
    return this.#stopped;
  }

  /** Why it ended by itself; undefined while it has not. */
  get exit(): string | undefined {
    return this.#exit;
  }

  hear(what: () => void): void {
    if (this.#dead) return;
    if (this.#stopped) this.#unheard.push(what);
    else what();
  }

  /** A wait of its own code. */
  pause(ms: number): Promise<void> {
    return new Promise((resolve) => void this.world.time.after(ms, () => this.hear(resolve)));
  }

  readonly clock: Clock = {
    nowMs: () => this.world.time.nowMs,
    after: (ms, call) => this.world.time.after(ms, () => this.hear(call)),
    turn: () => this.pause(0),
  };

  kill(): void {
    this.#dead = true;
    this.#unheard = [];
  }

  /** It ends itself. */
  end(reason: string): void {
    if (this.#dead) return;
    this.#exit = reason;
    this.kill();
  }

  stop(): void {
    this.#stopped = true;
  }

  continue(): void {
    this.#stopped = false;
    for (const what of this.#unheard.splice(0)) this.world.time.after(0, () => this.hear(what));
  }
}
