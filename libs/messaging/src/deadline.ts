import { Failure, type FailureCode } from '#runtime';

/**
 * What `work` gives, or a failure once the time is over. The work itself cannot be ended from here: its transaction is.
 * @throws Failure with the given code
 */
export async function within<T>(work: Promise<T>, ms: number, code: FailureCode, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Failure(code, `${what} took longer than ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Does one thing after the other, each of which has so long; one timer serves them all. Once one is late no other begins.
 * @throws Failure with the given code
 */
export async function eachWithin<T>(
  items: readonly T[],
  ms: number,
  { code, what }: { readonly code: FailureCode; readonly what: string },
  work: (item: T) => Promise<void>,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let isLate = false;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      isLate = true;
      reject(new Failure(code, `${what} took longer than ${ms} ms`));
    }, ms);
  });
  const all = async (): Promise<void> => {
    for (const item of items) {
      if (isLate) return;
      await work(item);
      timer?.refresh();
    }
  };
  try {
    await Promise.race([all(), late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The time of a handler inside a transaction, which has a little longer. That the handler was overdue stands, whatever the
 * transaction ends with: its ROLLBACK waits behind the statement in which the handler hangs, until Postgres ends both,
 * and that would look like a database that is away.
 */
export class HandlerDeadline {
  readonly #ms: number;
  readonly #graceMs: number;
  #overdue: Failure | undefined;

  /** @param graceMs how much longer than the handler the transaction has */
  constructor(ms: number, graceMs: number) {
    this.#ms = ms;
    this.#graceMs = graceMs;
  }

  /** @throws Failure `handler-overdue` */
  async handler(work: Promise<void>): Promise<void> {
    try {
      await within(work, this.#ms, 'handler-overdue', 'the handler');
    } catch (error) {
      if (error instanceof Failure && error.code === 'handler-overdue') this.#overdue = error;
      throw error;
    }
  }

  /** @throws Failure `handler-overdue`, or `store-unavailable` when the time went by without the handler */
  async transaction(work: Promise<void>): Promise<void> {
    try {
      await within(work, this.#ms + this.#graceMs, 'store-unavailable', 'the transaction');
    } catch (error) {
      throw this.#overdue ?? error;
    }
  }
}

/** Waits, but no longer than `mayContinue` says yes. */
export async function pause(ms: number, mayContinue: () => boolean): Promise<void> {
  const untilMs = Date.now() + ms;
  while (mayContinue()) {
    const leftMs = untilMs - Date.now();
    if (leftMs <= 0) return;
    await new Promise((resolve) => setTimeout(resolve, Math.min(leftMs, 100)));
  }
}
