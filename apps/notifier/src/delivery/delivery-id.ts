import { createHash } from 'node:crypto';
import type { Channel } from '../notices/channels.ts';

/**
 * The id of a delivery, the same whenever the same cause is met again, so that a repeat is known wherever it comes up.
 * A UUID of version 8 from SHA-256: nothing personal goes in, an outsider learns no more than the cause's own id tells.
 * @param cause id of the decision (`<log offset>.<index>`) or of the event
 * @param what code of the notice or stage
 */
export function deliveryIdOf(cause: string, what: string, channel: Channel): string {
  const bytes = createHash('sha256').update(`kezek delivery\n${cause}\n${what}\n${channel}`).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
