import { createHash } from 'node:crypto';
import type { Decision } from '#allocation';
import { encode } from '#contracts';
import type { DecisionsRecord } from './decision-store.ts';
import { toBranch } from './translation.ts';

/**
 * The records that carry what one log entry decided: none when it decided nothing, several when it decided more than
 * `perRecordMax`.
 * @param edition of the Rules decided under
 */
export function decisionsRecords(
  logOffset: bigint,
  decisions: readonly Decision[],
  { edition, perRecordMax }: { readonly edition: string; readonly perRecordMax: number },
): readonly DecisionsRecord[] {
  const parts = Math.ceil(decisions.length / perRecordMax);
  return Array.from({ length: parts }, (_, part) => {
    const slice = decisions.slice(part * perRecordMax, (part + 1) * perRecordMax);
    const value = { logOffset, part, parts, edition, decisions: slice.map(toBranch) };
    return { logOffset, part, value, digest: createHash('sha256').update(encode('DecisionsMade', value)).digest() };
  });
}
