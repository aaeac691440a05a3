import { createHash } from 'node:crypto';

/**
 * A UUID that follows from a name (version 8: our own form). It identifies one exchange of one check and is the same
 * after a crash; it is derived from random ids only, never from an IIN.
 */
export function nameBasedUuid(name: string): string {
  const hash = createHash('sha256').update(name).digest();
  hash[6] = (hash[6]! & 0x0f) | 0x80;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
