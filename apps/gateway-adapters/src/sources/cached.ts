import type { Question, Source, Verdict } from './source.ts';

export interface CacheLimits {
  /** How long an answer may be given again, ms. */
  readonly ageMaxMs: number;
  readonly answersMax: number;
}

/**
 * Remembers good answers of a source for a while. Only what was found is remembered: that there is no record may change at any
 * moment, and nobody waits for a cache to forget it.
 *
 * @param keyOf what the answer depends on; the keys are hidden behind `hide`, so that IINs do not lie about in memory as text
 */
export function cached(
  source: Source,
  keyOf: (question: Question) => string,
  hide: (key: string) => string,
  { ageMaxMs, answersMax }: CacheLimits,
  nowMs: () => number,
): Source {
  const known = new Map<string, { readonly verdict: Verdict; readonly untilMs: number }>();
  return {
    code: source.code,
    async ask(question) {
      const key = hide(keyOf(question));
      const remembered = known.get(key);
      if (remembered && nowMs() < remembered.untilMs) return remembered.verdict;
      const verdict = await source.ask(question);
      known.delete(key);
      if (verdict.result === 'NO_DATA') return verdict;
      known.set(key, { verdict, untilMs: nowMs() + ageMaxMs });
      // A Map keeps the order of insertion: the first is the oldest.
      if (known.size > answersMax) known.delete(known.keys().next().value!);
      return verdict;
    },
  };
}
