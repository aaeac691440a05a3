/** One record that was sent: the n-th of its key, from 1. */
export type Sent = { readonly key: string; readonly n: number };

/** One effect found in the database, in the order in which effects were written. */
export type Effect = { readonly key: string; readonly n: number };

export type Verdict = {
  /** Sent, and neither found as an effect nor among what was set aside. */
  readonly lost: readonly Sent[];
  /** Found more than once, or found and set aside as well. */
  readonly twice: readonly Sent[];
  /** Found though nobody sent it. */
  readonly invented: readonly Sent[];
  /** Keys with an effect that came before that of an earlier record. */
  readonly disordered: readonly string[];
};

export const innocent: Verdict = { lost: [], twice: [], invented: [], disordered: [] };

const nameOf = ({ key, n }: Sent): string => `${key} ${n}`;

/**
 * Compares what went in with what came of it. It knows nothing of the runtime: only that each record leaves one effect
 * or is set aside once, and that the effects of a key come in the order of its records.
 */
export function judge(sent: readonly Sent[], effects: readonly Effect[], setAside: readonly Sent[]): Verdict {
  const times = new Map<string, number>();
  for (const each of [...effects, ...setAside]) times.set(nameOf(each), (times.get(nameOf(each)) ?? 0) + 1);
  const known = new Set(sent.map(nameOf));
  const highest = new Map<string, number>();
  const disordered = new Set<string>();
  for (const { key, n } of effects) {
    if (n < (highest.get(key) ?? 0)) disordered.add(key);
    highest.set(key, Math.max(n, highest.get(key) ?? 0));
  }
  return {
    lost: sent.filter((each) => !times.has(nameOf(each))),
    twice: sent.filter((each) => (times.get(nameOf(each)) ?? 0) > 1),
    invented: [...effects, ...setAside].filter((each) => !known.has(nameOf(each))),
    disordered: [...disordered],
  };
}
