import type { Saying } from '../notices/notice.ts';
import { endingWordings } from './ending.ts';
import { filingWordings } from './filing.ts';
import { offerWordings } from './offer.ts';
import { queueWordings } from './queue.ts';
import { referralWordings } from './referral.ts';
import type { Wording, Wordings, Words } from './wording.ts';

const wordings: Wordings<Saying['kind']> = {
  ...filingWordings,
  ...queueWordings,
  ...offerWordings,
  ...referralWordings,
  ...endingWordings,
};

/** A notice in both languages, for the cabinet and for the phone. The same saying and words always give the same text. */
export function word(saying: Saying, words: Words): Wording {
  const wordingOf = wordings[saying.kind] as (saying: Saying, words: Words) => Wording;
  return wordingOf(saying, words);
}

/** Ids that the registry must know before the notice is complete. */
export function namesNeeded(saying: Saying): {
  readonly preschoolIds: readonly string[];
  readonly vacancyId: string | null;
} {
  const one = 'preschoolId' in saying ? [saying.preschoolId] : [];
  const many = 'preschoolIds' in saying ? saying.preschoolIds : [];
  const queued = saying.kind === 'queued' ? saying.entries.map(({ preschoolId }) => preschoolId) : [];
  const describesSeat = saying.kind === 'offered' || saying.kind === 'offer-reminder';
  return { preschoolIds: [...one, ...many, ...queued], vacancyId: describesSeat ? saying.vacancyId : null };
}
