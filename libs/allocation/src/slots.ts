/** The slots of all ledgers (ledger.ts), a byte each, in one slab. */
import { openBlocks, giveBlock, takeBlock, type Blocks } from './blocks.ts';

export type Slots = { bytes: Uint8Array<ArrayBuffer>; readonly blocks: Blocks };

export const openSlots = (): Slots => ({ bytes: new Uint8Array(1024), blocks: openBlocks() });

/** Offset of a stretch of `size` bytes, a power of two. */
export function takeStretch(slots: Slots, size: number): number {
  const offset = takeBlock(slots.blocks, size);
  if (slots.blocks.used > slots.bytes.length) {
    const room = Math.max(slots.blocks.used, slots.bytes.length * 2);
    slots.bytes = new Uint8Array(slots.bytes.buffer.transfer(room));
  }
  return offset;
}

export const giveStretch = (slots: Slots, offset: number, size: number): void => giveBlock(slots.blocks, offset, size);
