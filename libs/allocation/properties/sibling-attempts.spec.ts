import { describe, expect, it } from '@jest/globals';
import type { Decision, LogEntry } from '../src/messages.ts';
import { defaultPolicy } from '../src/policy.ts';
import { plainWeek } from '../src/calendar.ts';
import { decideByReference, openReference } from '../reference/reference.ts';
import { firstDifference } from './comparison.ts';
import { randomOfSeed, type Random } from './random.ts';

const seeds = Array.from({ length: 250 }, (_, i) => i + 1);
const begun = { policy: defaultPolicy, calendar: plainWeek };
const startMs = Date.parse('2026-03-02T05:00:00.000Z');
const hourMs = 3_600_000;
const years = [2021, 2022, 2023] as const;

/**
 * Large families at one preschool, seats for several years at once, seats that come back with their slots: attempts to seat
 * all siblings that fail half-way are common here and rare elsewhere.
 */
function crowdedPreschool(seed: number): LogEntry[] {
  const random = randomOfSeed(seed);
  const entries: LogEntry[] = [];
  const state = openReference(begun.policy, begun.calendar);
  const offers = new Map<string, string>();
  let atMs = startMs;
  let [families, seats] = [0, 0];
  const write = (entry: LogEntry): void => {
    entries.push(entry);
    for (const decision of decideByReference(state, entry, entries.length - 1)) follow(offers, decision);
  };
  for (let step = 0; step < 70; step += 1) {
    atMs += random.whole(1, 9) * hourMs;
    const [offered] = [...offers];
    if (random.chance(0.35)) {
      families += 1;
      for (let child = random.whole(1, 4); child > 0; child -= 1) write(childOf(random, families, child, atMs));
    } else if (offered !== undefined && random.chance(0.6)) {
      const [vacancyId, applicationId] = random.one([...offers]);
      if (random.chance(0.3)) write({ type: 'VacancyRecalled', atMs, vacancyId });
      else write({ type: 'OfferAnswered', atMs, vacancyId, applicationId, accepted: random.chance(0.4) });
    } else {
      const vacancies = Array.from({ length: random.whole(1, 4) }, () => ({
        vacancyId: `v${(seats += 1)}`,
        ...place,
        birthYears: random.chance(0.5) ? [random.one(years)] : random.one([[2021, 2022], [2022, 2023], [...years]]),
        temporaryUntil: random.chance(0.1) ? '2026-09-01' : null,
      }));
      write({ type: 'VacanciesPublished', atMs, vacancies });
    }
  }
  return entries;
}

const place = { preschoolId: 'P', language: 'kk', queue: 'ORDINARY', profile: null } as const;

function childOf(random: Random, family: number, child: number, atMs: number): LogEntry {
  return {
    type: 'ApplicationQueued',
    atMs,
    applicationId: `a${family}-${child}`,
    applicantId: `parent${family}`,
    birthDate: `${random.one(years)}-05-05`,
    category: random.chance(0.8) ? 'GENERAL' : random.one(['FIRST_PRIORITY', 'OUT_OF_TURN']),
    submittedAtMs: atMs - random.whole(0, 50) * hourMs,
    pmpc: false,
    plannedAge: null,
    placementYear: null,
    entries: [place],
  };
}

/** Keeps who holds which live offer. */
function follow(offers: Map<string, string>, decision: Decision): void {
  if (decision.type === 'OfferMade') offers.set(decision.vacancyId, decision.applicationId);
  if (/^Offer(Declined|Lapsed|Withdrawn)$|^ReferralIssued$/.test(decision.type) && 'vacancyId' in decision) {
    offers.delete(decision.vacancyId!);
  }
}

describe('siblings at one preschool (p.26)', () => {
  it(`are seated together or not at all, as the plain reading says, in ${seeds.length} crowded histories`, () => {
    let [together, threeTogether] = [0, 0];
    for (const seed of seeds) {
      const entries = crowdedPreschool(seed);
      const difference = firstDifference(begun, entries);
      expect(difference === null ? 'agree' : `seed ${seed}: ${JSON.stringify(difference)}`).toBe('agree');
      const state = openReference(begun.policy, begun.calendar);
      for (const decision of entries.flatMap((entry, i) => decideByReference(state, entry, i))) {
        if (decision.type !== 'OfferMade') continue;
        if (decision.offeredWith.length > 0) together += 1;
        if (decision.offeredWith.length > 1) threeTogether += 1;
      }
    }
    expect(together).toBeGreaterThan(200);
    expect(threeTogether).toBeGreaterThan(20);
  });
});
