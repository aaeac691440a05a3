import { randomInt } from 'node:crypto';

// Without letters and digits that people confuse.
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** A number a person can read out and nobody can guess: `26-7F3K-9QXM`. */
export function newApplicationNumber(year: number): string {
  const draw = (length: number): string => Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
  return `${String(year % 100).padStart(2, '0')}-${draw(4)}-${draw(4)}`;
}

export const applicationNumberPattern = /^\d{2}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/;
