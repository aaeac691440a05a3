import { createHash } from 'node:crypto';

/** Chance that is the same for the same words. */
export type Dice = {
  /** 0 to `below` - 1. */
  upTo(below: number): number;
  /** True one time in so many. */
  one(inSoMany: number): boolean;
  pick<T>(from: readonly T[]): T;
};

/** Dice that fall the same way whenever they are made of the same words. */
export function diceOf(words: string): Dice {
  let thrown = 0;
  const upTo = (below: number): number => {
    thrown += 1;
    return createHash('sha256').update(`${words} ${thrown}`).digest().readUInt32BE(0) % below;
  };
  return { upTo, one: (inSoMany) => upTo(inSoMany) === 0, pick: (from) => from[upTo(from.length)]! };
}
