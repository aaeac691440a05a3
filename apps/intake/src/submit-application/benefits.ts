import type { Log } from '#contracts';

/** Benefits of p.13 by their codes, each with the category it gives. */
export const categoryOfBenefit = {
  MILITARY_SERVICE: 'OUT_OF_TURN',
  SPECIAL_STATE_BODY: 'OUT_OF_TURN',
  LAW_ENFORCEMENT: 'OUT_OF_TURN',
  STATE_COURIER: 'OUT_OF_TURN',
  TEACHER: 'FIRST_PRIORITY',
  MEDICAL_WORKER: 'FIRST_PRIORITY',
  REPRESENTATIVE_WITH_DISABILITY: 'FIRST_PRIORITY',
  ORPHAN: 'FIRST_PRIORITY',
  LARGE_FAMILY: 'FIRST_PRIORITY',
  LIMITED_ABILITIES: 'FIRST_PRIORITY',
  SIBLING_WITH_DISABILITY: 'FIRST_PRIORITY',
} as const satisfies Record<string, Log.Category>;

export type Benefit = keyof typeof categoryOfBenefit;
export const benefits = Object.keys(categoryOfBenefit) as [Benefit, ...Benefit[]];

/** The benefit that the register of PMPC conclusions confirms (docs/gateway.md). */
export const benefitOfPmpc: Benefit = 'LIMITED_ABILITIES';
