/** Hands out stretches of an array in sizes that are powers of two; what is given back is used again. */
export type Blocks = {
  /** Everything below is or was handed out. */
  used: number;
  /** Offsets given back, by the binary logarithm of their size. */
  readonly free: number[][];
};

export const openBlocks = (): Blocks => ({ used: 0, free: Array.from({ length: 31 }, () => []) });

/** Offset of a stretch of `size` places, a power of two. */
export function takeBlock(blocks: Blocks, size: number): number {
  const returned = blocks.free[31 - Math.clz32(size)]!.pop();
  if (returned !== undefined) return returned;
  const offset = blocks.used;
  blocks.used += size;
  return offset;
}

export function giveBlock(blocks: Blocks, offset: number, size: number): void {
  blocks.free[31 - Math.clz32(size)]!.push(offset);
}
