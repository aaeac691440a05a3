import type { Log, Verification } from '#contracts';
import { categoryOfBenefit, type Benefit } from '../submit-application/benefits.ts';

/** One check as far as it has come; no result: the answer is still awaited. */
export type CheckProgress = {
  readonly check: Verification.CheckKind;
  readonly result: Verification.VerificationResult | null;
  /** As the birth register has it, `YYYY-MM-DD`. */
  readonly registeredBirthDate: string | null;
};

/** What the checks together mean for the application (p.6, p.14; settled points 6 and 7). */
export type Verdict =
  | { readonly kind: 'WAIT' }
  | { readonly kind: 'REFUSE'; readonly grounds: readonly string[] }
  | { readonly kind: 'ASK_OPERATOR'; readonly grounds: readonly string[] }
  | { readonly kind: 'ASK_APPLICANT' }
  | { readonly kind: 'QUEUE'; readonly category: Log.Category };

/**
 * F and G go on by themselves; O is for the operator to confirm (p.6). Silence of a register (`NO_DATA`), and one that was
 * down for as long as is waited (`UNAVAILABLE`), is never a refusal: a person looks at it. A benefit that is not confirmed
 * is for the applicant to give up or not, after a person has looked at what else is in doubt.
 * @param birthDate as the applicant gave it, `YYYY-MM-DD`
 */
export function verdictOf(checks: readonly CheckProgress[], benefit: Benefit | null, birthDate: string): Verdict {
  if (checks.some(({ result }) => result === null)) return { kind: 'WAIT' };
  const resultOf = (kind: Verification.CheckKind) => checks.find(({ check }) => check === kind);
  const grounds = (['IDENTITY', 'BIRTH_CERTIFICATE'] as const)
    .filter((kind) => resultOf(kind)?.result === 'NOT_CONFIRMED')
    .map((kind) => `${kind}_NOT_CONFIRMED`);
  if (grounds.length > 0) return { kind: 'REFUSE', grounds };

  const doubts = checks
    .filter(({ result }) => result === 'NO_DATA' || result === 'UNAVAILABLE')
    .map(({ check, result }) => `${check}_${result}`);
  const registered = resultOf('BIRTH_CERTIFICATE')?.registeredBirthDate ?? null;
  if (registered !== null && registered !== birthDate) doubts.push('BIRTH_DATE_DIFFERS');
  const category = benefit === null ? 'GENERAL' : categoryOfBenefit[benefit];
  const benefitConfirmed = benefit === null || resultOf('PRIVILEGE')?.result === 'CONFIRMED';
  if (category === 'OUT_OF_TURN') doubts.push(benefitConfirmed ? 'OUT_OF_TURN_TO_CONFIRM' : 'PRIVILEGE_NOT_CONFIRMED');
  const refuted = resultOf('PRIVILEGE')?.result === 'NOT_CONFIRMED';
  if (doubts.length > 0 && category === 'FIRST_PRIORITY' && refuted) doubts.push('PRIVILEGE_NOT_CONFIRMED');
  if (doubts.length > 0) return { kind: 'ASK_OPERATOR', grounds: doubts };
  return benefitConfirmed ? { kind: 'QUEUE', category } : { kind: 'ASK_APPLICANT' };
}
