import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { firstDifference } from './comparison.ts';
import { historyOfSeed, type History } from './history.ts';
import { count, noHistories } from './liveliness.ts';
import { features } from './temper.ts';

const seeds = Array.from({ length: 200 }, (_, i) => i + 1);
const steps = 150;

/** Shows the seed with the difference, so that `npm run seeds -- --from SEED --seeds 1` can shorten it. */
function agreement(history: History): string {
  const difference = firstDifference(history, history.entries);
  return difference === null ? 'agree' : `seed ${history.seed}: ${JSON.stringify(difference, null, 1)}`;
}

describe('the core and the plain reading of the text', () => {
  const lively = noHistories();

  it(`decide ${seeds.length} random histories alike, decision by decision, whole and from any snapshot`, () => {
    for (const seed of seeds) {
      const history = historyOfSeed(seed, steps);
      count(lively, history);
      expect(agreement(history)).toBe('agree');
    }
  });

  it('were tried on histories that are not tame', () => {
    const seen = (kind: string): number => lively.decisions.get(kind) ?? 0;
    const atLeast = (kind: string, least: number): void => {
      expect(`${kind}: ${seen(kind) >= least ? `at least ${least}` : seen(kind)}`).toBe(`${kind}: at least ${least}`);
    };
    for (const kind of ['OfferMade', 'EntryQueued WAITING', 'OfferLapsed', 'ReferralIssued', 'EntryReturned']) {
      atLeast(kind, 1000);
    }
    for (const kind of ['ReferralExpired', 'ApplicationEnrolled', 'EntryHeld', 'OfferDeclined', 'ContractDue']) {
      atLeast(kind, 300);
    }
    for (const kind of everyKind) atLeast(kind, 2);
    expect(lively.siblingSteps).toBeGreaterThan(100);
    expect(lively.stays).toBeGreaterThan(60);
    expect(lively.placesOverStays).toBeGreaterThan(10);
    expect(lively.comeBacks).toBeGreaterThan(300);
    expect(lively.mostOnOneEntry).toBeGreaterThan(100);
  });

  it('agree whatever the histories leave out, and in long queues', () => {
    const someFeatures = fc.subarray([...features]).map((left) => new Set(left));
    fc.assert(
      fc.property(fc.integer({ min: 1_000_000, max: 2_000_000_000 }), someFeatures, (seed, masked) => {
        expect(agreement(historyOfSeed(seed, 60, masked))).toBe('agree');
      }),
      { numRuns: 100, seed: 254 },
    );
    expect(agreement(historyOfSeed(133, 300, new Set(), 100))).toBe('agree');
  });
});

/** Each decision type, each reason and each kind of deadline that the text can lead to. */
const everyKind = [
  ...['EntryQueued DEFERRED', 'PlannedAgeReached', 'EntryDeferred', 'EntrySuspended', 'EntryInterestAsked'],
  ...['OfferReminderDue', 'ReferralExtended', 'ReferralCancelled', 'ReferralAnnulled', 'ReferralUsed'],
  ...['AnnualInterestAsked 1', 'AnnualInterestAsked 2', 'AnnualInterestConfirmed', 'ChildChanged', 'CategoryChanged'],
  ...['VacancyOpened', 'VacancyFilled', 'VacancyRecalled', 'VacancyExpired', 'PreschoolClosed', 'PolicyChanged'],
  ...['CalendarChanged', 'ReferralRefused MEDICAL', 'ReferralRefused IMMUNITY'],
  ...['OFFER', 'INTEREST', 'REFERRAL', 'CONTRACT'].map((what) => `DeadlineExtended ${what}`),
  ...[
    ...['OFFER_DECLINED', 'NOT_INTERESTED', 'NO_ANSWER', 'NO_INTEREST', 'REFERRAL_CANCELLED', 'MEDICAL', 'SERVED'],
    ...['ENROLLED_ELSEWHERE', 'MAX_AGE', 'DROPPED', 'PRESCHOOL_CLOSED', 'WITHDRAWN', 'VIOLATION'],
    ...['BENEFIT_NOT_CONFIRMED', 'OTHER'],
  ].map((reason) => `EntryArchived ${reason}`),
  ...[
    ...['OTHER_REFERRAL', 'VACANCY_RECALLED', 'VACANCY_EXPIRED', 'BENEFIT_LOST', 'DROPPED', 'PRESCHOOL_CLOSED'],
    ...['WITHDRAWN', 'VIOLATION', 'BENEFIT_NOT_CONFIRMED', 'OTHER', 'NO_INTEREST'],
  ].map((reason) => `OfferWithdrawn ${reason}`),
  ...[
    ...['UNKNOWN_APPLICATION', 'DUPLICATE_APPLICATION', 'NOT_ACTIVE', 'UNKNOWN_VACANCY', 'DUPLICATE_VACANCY'],
    ...['PRESCHOOL_CLOSED', 'BAD_ENTRIES', 'BAD_TIME', 'AGE_LIMIT', 'REFERRAL_LIVE', 'OFFER_LAPSED', 'NO_SUCH_OFFER'],
    ...['NO_QUESTION', 'NO_REFERRAL', 'NO_BENEFIT', 'ALREADY_EXTENDED', 'BAD_DAYS', 'TOO_LATE', 'NOT_OPEN'],
    'NOT_PLACED',
  ].map((reason) => `Rejected ${reason}`),
];
