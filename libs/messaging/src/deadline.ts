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

/** Waits, but no longer than `mayContinue` says yes. */
export async function pause(ms: number, mayContinue: () => boolean): Promise<void> {
  const untilMs = Date.now() + ms;
  while (mayContinue()) {
    const leftMs = untilMs - Date.now();
    if (leftMs <= 0) return;
    await new Promise((resolve) => setTimeout(resolve, Math.min(leftMs, 100)));
  }
}
