/** Short lists of numbers that hang on a row: the years of a vacancy, who refused it, what an application has behind it. */
import { addRow, freeRow, openRecords, type Records } from './records.ts';

// A row of 16 bytes: value, mark, next link.
export const chainRowBytes = 16;

/** The end of a chain, and an empty one. A new row is all zeros, so links are kept plus one. */
export const END = 0;

export const openChains = (): Records => openRecords(chainRowBytes);

/** Puts a value before a chain. @returns the chain's new head. */
export function chained(chains: Records, head: number, value: number, mark: number): number {
  const row = addRow(chains);
  chains.words[row * 4] = value;
  chains.words[row * 4 + 1] = mark;
  chains.words[row * 4 + 2] = head;
  return row + 1;
}

export const valueAt = (chains: Records, link: number): number => chains.words[(link - 1) * 4]!;
export const markAt = (chains: Records, link: number): number => chains.words[(link - 1) * 4 + 1]!;
export const nextLink = (chains: Records, link: number): number => chains.words[(link - 1) * 4 + 2]!;

/** Whether a chain has this value. */
export function hasValue(chains: Records, head: number, value: number): boolean {
  for (let link = head; link !== END; link = nextLink(chains, link)) if (valueAt(chains, link) === value) return true;
  return false;
}

export function freeChain(chains: Records, head: number): void {
  for (let link = head; link !== END;) {
    const next = nextLink(chains, link);
    freeRow(chains, link - 1);
    link = next;
  }
}
