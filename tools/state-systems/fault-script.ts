import { z } from 'zod';

export const faultKinds = [
  'slow',
  'down',
  'cut-before',
  'cut-after',
  'garbage',
  'soap-fault',
  'business-error',
  'wrong-person',
  'stale',
  'contradictory',
  'two-matches',
  'unsigned-answer',
  'wrong-signature',
] as const;

const faultForm = z.strictObject({
  /** A serviceId, `monitoring`, `portal`, or `*` for all. */
  service: z.string().default('*'),
  kind: z.enum(faultKinds),
  /** How often; without it, until the script is reset. */
  times: z.int().min(1).optional(),
  /** Which part of the calls it hits, 0 … 1. */
  share: z.number().min(0).max(1).default(1),
  delayMs: z.int().min(0).max(600_000).default(1_000),
  code: z.string().default('SCE004'),
});

export type Fault = z.output<typeof faultForm>;

/** What goes wrong, by script: the first line that applies to a call is used. */
export interface FaultScript {
  /** @throws ZodError naming what is malformed */
  add(written: unknown): void;
  next(service: string): Fault | undefined;
  clear(): void;
  list(): readonly Fault[];
}

/** @param seed makes the share-drawn faults of two runs the same */
export function faultScript(seed = 1): FaultScript {
  let lines: { fault: Fault; left: number }[] = [];
  const draw = sequence(seed);
  return {
    add(written) {
      const faults = z.array(faultForm).parse(written);
      lines.push(...faults.map((fault) => ({ fault, left: fault.times ?? Infinity })));
    },
    next(service) {
      for (const line of lines) {
        const { fault } = line;
        if (line.left <= 0 || (fault.service !== '*' && fault.service !== service)) continue;
        if (fault.share < 1 && draw() >= fault.share) continue;
        line.left -= 1;
        return fault;
      }
      return undefined;
    },
    clear: () => void (lines = []),
    list: () => lines.filter(({ left }) => left > 0).map(({ fault }) => fault),
  };
}

/** Mulberry32: small, seeded, good enough to choose who suffers. */
function sequence(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
