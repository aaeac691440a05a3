import { setTimeout as sleep } from 'node:timers/promises';

const lookEveryMs = 100;

/** Something that a suite waited for did not come in its time. */
export class NeverCame extends Error {
  override readonly name = 'NeverCame';
}

/**
 * Looks again and again until `look` gives something.
 * @param patienceMs after which NeverCame is thrown, with what was waited for and what was seen last
 */
export async function waitFor<T>(
  what: string,
  patienceMs: number,
  look: () => Promise<T | undefined>,
  seen: () => unknown = () => undefined,
): Promise<T> {
  const giveUpAtMs = performance.now() + patienceMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > giveUpAtMs) {
      const last = seen();
      const tail = last === undefined ? '' : `; last seen: ${JSON.stringify(last)}`;
      throw new NeverCame(`waited ${patienceMs / 1_000} s in vain for ${what}${tail}`);
    }
    await sleep(lookEveryMs);
  }
}
