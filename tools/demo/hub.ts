import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

export type Answer = {
  readonly status: number;
  readonly body: unknown;
  /** Whether an earlier try may have reached the hub without its answer reaching us. */
  readonly repeated: boolean;
};

/** How long the demo waits for the hub, whatever happens to its processes meanwhile. */
export const patienceMs = 120_000;
const lookEveryMs = 100;
const requestMsMax = 15_000;

/** The hub's public interface, asked again while it is away: every request that changes something carries one key. */
export class Hub {
  readonly #url: string;
  readonly #stop: AbortSignal;

  constructor(url: string, stop: AbortSignal) {
    this.#url = url;
    this.#stop = stop;
  }

  get(path: string): Promise<Answer> {
    return this.#send('GET', path, undefined);
  }

  post(path: string, body: unknown): Promise<Answer> {
    return this.#send('POST', path, body);
  }

  put(path: string, body: unknown): Promise<Answer> {
    return this.#send('PUT', path, body);
  }

  /**
   * Looks again and again until `look` gives something.
   * @throws Error that says what was waited for, when patience is over
   */
  async waitFor<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
    const giveUpAtMs = performance.now() + patienceMs;
    for (;;) {
      this.#stop.throwIfAborted();
      const found = await look();
      if (found !== undefined) return found;
      if (performance.now() > giveUpAtMs) throw new Error(`waited ${patienceMs / 1000} s in vain: ${what}`);
      await sleep(lookEveryMs);
    }
  }

  async #send(method: string, path: string, body: unknown): Promise<Answer> {
    const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
    let repeated = false;
    return this.waitFor(`an answer to ${method} ${path}`, async () => {
      try {
        const response = await fetch(`${this.#url}${path}`, {
          method,
          headers: body === undefined ? {} : headers,
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          signal: AbortSignal.any([this.#stop, AbortSignal.timeout(requestMsMax)]),
        });
        if (response.status < 500) return { status: response.status, body: await response.json(), repeated };
      } catch (error) {
        this.#stop.throwIfAborted();
        // The hub is being killed and started again around us: the same request with the same key is harmless.
        if (!isAway(error)) throw error;
      }
      repeated = true;
      return undefined;
    });
  }
}

function isAway(error: unknown): boolean {
  return error instanceof TypeError || error instanceof SyntaxError || (error as Error).name === 'TimeoutError';
}
