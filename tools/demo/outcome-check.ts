import type { Household } from './city.ts';
import type { Received } from './neighbours.ts';
import type { ApplicationStatus } from './play.ts';
import type { Outcome } from './scenario.ts';

/** What became of one family, in the words of the scenario's outcome. */
export function becameOf(
  status: ApplicationStatus,
  household: Household,
  came: Received,
  groupOf: (vacancyId: string) => string,
): Outcome {
  const live = status.referrals.map(({ vacancyId }) => groupOf(vacancyId));
  return {
    state: status.state,
    category: status.category as Outcome['category'],
    entries: Object.fromEntries(status.entries.map(({ preschoolId, state }) => [preschoolId, state])),
    offers: Object.fromEntries(status.offers.map(({ vacancyId, state }) => [groupOf(vacancyId), state])),
    referral: live.length === 0 ? null : live.join(' and '),
    cabinet: came.cabinet
      .filter(({ requestNumber }) => requestNumber === status.applicationNumber)
      .map(({ notice }) => notice),
    sms: came.sms.filter(({ phone }) => phone.replace('+', '') === household.phone.replace('+', '')).length,
    stages: came.monitoring
      .filter(({ applicationId }) => applicationId === status.applicationNumber)
      .map(({ state }) => state),
  };
}

/**
 * Compares what came out with what must, field by field; messages and stages by their order too.
 * @returns a line for each difference
 */
export function differences(family: string, is: Outcome, must: Outcome): readonly string[] {
  return (Object.keys(must) as (keyof Outcome)[])
    .filter((field) => sorted(is[field]) !== sorted(must[field]))
    .map((field) => `${family}: ${field} must be ${JSON.stringify(must[field])}, is ${JSON.stringify(is[field])}`);
}

/** Objects by their keys in order, so that only content counts. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
