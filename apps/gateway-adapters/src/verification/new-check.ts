import type { Verification } from '#contracts';
import type { NewCheck } from './checks.ts';

type Asked =
  | { readonly name: 'VerificationRequested'; readonly value: Verification.VerificationRequested }
  | { readonly name: 'MobileNumberRequested'; readonly value: Verification.MobileNumberRequested };

/** A request of intake as a check that the gateway keeps until it is answered. */
export function newCheckOf(asked: Asked): NewCheck {
  if (asked.name === 'MobileNumberRequested') {
    const { requestId: checkId, applicationId, applicantIin } = asked.value;
    return { checkId, applicationId, kind: 'MOBILE_NUMBER', benefit: null, applicantIin, childIin: null };
  }
  const { verificationId: checkId, check: kind, applicationId, benefit, applicantIin, childIin } = asked.value;
  return { checkId, applicationId, kind, benefit, applicantIin, childIin };
}
