import type { Family, StartedKezek, SubmittedApplication } from '#testing';
import type { Expected } from './hub-judge.ts';

/** Preschools of the suites: one for each test, so that their queues do not meet. */
export const preschools = Array.from({ length: 12 }, (_, index) => ({
  preschoolId: `P-${index + 1}`,
  nameKk: `№ ${index + 1} балабақша`,
  nameRu: `Детский сад № ${index + 1}`,
  address: `Ақбұлақ қаласы, ${index + 1}`,
}));

/** How long a request is repeated and an outcome awaited, whatever happens to the hub meanwhile. */
export const patienceMs = 90_000;

/** A hub runs in the present; a child born in March two years ago is old enough and not too old. */
export const birthYear = new Date().getUTCFullYear() - 3;

export type Applicant = { readonly family: Family } & SubmittedApplication;

/** Families apply to one preschool, one after the other. */
export async function applyTo(kezek: StartedKezek, preschoolId: string, count: number): Promise<readonly Applicant[]> {
  const applicants: Applicant[] = [];
  for (let place = 0; place < count; place += 1) {
    const family = await kezek.families.invent({ childBirthDate: `${birthYear}-03-05` });
    const submitted = await kezek.hub.submitApplication(
      { ...family, preschools: [{ preschoolId, language: 'kk' }], consent: true },
      patienceMs,
    );
    applicants.push({ family, ...submitted });
  }
  return applicants;
}

/** A bulletin with so many seats; each offer is accepted. @returns what each application must have come to */
export async function seatThem(
  kezek: StartedKezek,
  preschoolId: string,
  applicants: readonly Applicant[],
  seats: number,
): Promise<readonly Expected[]> {
  for (const { applicationNumber } of applicants) await kezek.hub.waitUntilQueued(applicationNumber, patienceMs);
  const groups = Array.from({ length: seats }, (_, index) => ({
    preschoolId,
    language: 'kk',
    birthYears: [birthYear],
    groupName: `Топ ${index + 1}`,
    regimeHours: '10.5' as const,
  }));
  await kezek.hub.publishBulletin(`${preschoolId}-1`, groups, patienceMs);
  for (const { applicationNumber } of applicants.slice(0, seats)) {
    const { vacancyId } = await kezek.hub.waitForOffer(applicationNumber, patienceMs);
    await kezek.hub.answerOffer(applicationNumber, vacancyId, true, patienceMs);
    await kezek.hub.waitForReferral(applicationNumber, patienceMs);
  }
  return applicants.map(({ applicationNumber }, place) => ({ applicationNumber, referral: place < seats }));
}
