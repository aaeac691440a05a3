/**
 * The national mix (performance.md, section 0): a country's log entries by share, each valid against the state of the
 * moment. The generator is told every decision, and answers what was asked.
 */
import { type AdmissionOutcome, type Decision, type LogEntry } from '#allocation';
import { Bag } from './bag.ts';
import { zipf } from './dice.ts';
import {
  foundCountry,
  nextApplication,
  numberOfUuid,
  otherEntries,
  someBulletin,
  uuidOf,
  type Country,
} from './country.ts';

const dayMs = 86_400_000;
const yearMs = 365 * dayMs;
/** Preloaded applications were filed over this long before the mix begins: no annual question is asked yet. */
const preloadMs = 330 * dayMs;
/** The mix begins here, so that a third of a year has a 1 January in it. */
const beginsAtMs = Date.UTC(2026, 9, 15);

const shares = {
  ApplicationQueued: 0.2,
  VacanciesPublished: 0.22,
  OfferAnswered: 0.3,
  InterestAnswered: 0.08,
  DocumentsSubmitted: 0.05,
  AdmissionDecided: 0.07,
  CategoryChanged: 0.02,
  ChildChanged: 0.01,
  EntriesChanged: 0.015,
  ApplicationWithdrawn: 0.01,
  ReferralCancelled: 0.005,
  ReferralExtended: 0.005,
  VacancyRecalled: 0.005,
  ClockAdvanced: 0.01,
} as const;
type Kind = keyof typeof shares;
const kinds = Object.keys(shares) as Kind[];
const weights = Object.values(shares);

const outcomes: readonly AdmissionOutcome[] = [
  'CONTRACT_SENT',
  'SIGNED',
  'DOCUMENTS_REFUSED',
  'MEDICAL',
  'IMMUNITY',
  'NOT_SIGNED',
];
const outcomeShares = [0.45, 0.45, 0.04, 0.02, 0.02, 0.02];

export type NationalMix = {
  /** The applications that stand in the queues before the mix begins. */
  readonly preload: () => Generator<LogEntry, void, void>;
  /** The next entry of the mix. */
  readonly next: () => LogEntry;
  /** To be told all decisions of the mix. */
  readonly learn: (decisions: readonly Decision[]) => void;
};

/**
 * What the shares leave open: how many seats a bulletin has, and where they are. One bulletin in 500 has 500 in both.
 * - `settled`: one or two seats are usual (k of 1 to 20 with weight 1/k²). No more seats go to queues where families wait
 *   than families answer offers; the others go to new preschools that nobody has named yet, and stay open.
 * - `even`: each number of 1 to 20 as likely, each seat where families wait. Families take one seat in twenty-five; the
 *   others go from family to family through whole queues, ever more of them (docs/performance.md).
 */
export type Bulletins = 'settled' | 'even';

/** @param size applications preloaded; preschools and pace follow it, so that a year has `size` entries */
export function nationalMix(size: number, seed: number, bulletins: Bulletins = 'settled'): NationalMix {
  const country = foundCountry(Math.max(12, Math.round(size * 0.012)), seed);
  const world = openWorld(country, bulletins, size);
  let atMs = beginsAtMs;
  return {
    *preload() {
      for (let i = 0; i < size; i++) {
        const filedMs = beginsAtMs - preloadMs + Math.floor((preloadMs * i) / size);
        world.active.add(i);
        yield nextApplication(country, filedMs);
      }
    },
    next() {
      atMs += Math.floor(yearMs / size);
      for (;;) {
        const entry = write(world, kinds[country.dice.weighted(weights)]!, atMs);
        if (entry !== null) return entry;
      }
    },
    learn: (decisions) => decisions.forEach((decision) => learn(world, decision)),
  };
}

const fewSeats = zipf(20, 2);
/** A family answers within a day, on average. */
const answersADay = (size: number): number => Math.ceil((size * shares.OfferAnswered * dayMs) / yearMs);

type World = {
  readonly country: Country;
  /** Seats of an ordinary bulletin. */
  readonly seatsOf: () => number;
  /** Seats go where families wait as long as fewer offers than this are open. */
  readonly openOffersMax: number;
  seats: number;
  readonly active: Bag;
  /** Vacancies with a live offer, and whose it is. */
  readonly offered: Bag;
  readonly holders: number[];
  /** Applications with a live referral. */
  readonly referred: Bag;
  readonly referredAtMs: number[];
  readonly awaitingDocuments: Bag;
  readonly extended: Bag;
  readonly askedAnnually: Bag;
  /** Applications with an entry that was asked after its suspension, and where. */
  readonly asked: Bag;
  readonly askedAt: Map<number, string>;
};

const openWorld = (country: Country, bulletins: Bulletins, size: number): World => ({
  country,
  seatsOf: bulletins === 'even' ? () => country.dice.whole(1, 20) : () => fewSeats(country.dice.share()) + 1,
  openOffersMax: bulletins === 'even' ? Infinity : answersADay(size),
  seats: 0,
  active: new Bag(),
  offered: new Bag(),
  holders: [],
  referred: new Bag(),
  referredAtMs: [],
  awaitingDocuments: new Bag(),
  extended: new Bag(),
  askedAnnually: new Bag(),
  asked: new Bag(),
  askedAt: new Map(),
});

/** An entry of this kind, or null when nothing of the kind can happen now. */
function write(world: World, kind: Kind, atMs: number): LogEntry | null {
  const { country } = world;
  const { dice } = country;
  switch (kind) {
    case 'ApplicationQueued': {
      world.active.add(country.wanted.length);
      return nextApplication(country, atMs);
    }
    case 'VacanciesPublished': {
      const seats = dice.happens(1 / 500) ? 500 : world.seatsOf();
      world.seats += seats;
      const where = world.offered.size < world.openOffersMax ? country.somePreschool : country.newPreschool;
      return someBulletin(country, atMs, world.seats - seats, seats, where);
    }
    case 'OfferAnswered':
      return drawn(world.offered, dice.share(), (vacancy) => ({
        type: kind,
        atMs,
        vacancyId: uuidOf('d', vacancy),
        applicationId: uuidOf('a', world.holders[vacancy]!),
        accepted: dice.happens(0.7),
      }));
    case 'VacancyRecalled':
      return drawn(world.offered, dice.share(), (vacancy) => ({ type: kind, atMs, vacancyId: uuidOf('d', vacancy) }));
    case 'ClockAdvanced':
      return { type: kind, atMs };
    case 'InterestAnswered':
      return answerInterest(world, atMs);
    default:
      return writeAboutReferral(world, kind, atMs);
  }
}

type AboutReferral = Exclude<
  Kind,
  | 'ApplicationQueued'
  | 'VacanciesPublished'
  | 'OfferAnswered'
  | 'VacancyRecalled'
  | 'ClockAdvanced'
  | 'InterestAnswered'
>;

function writeAboutReferral(world: World, kind: AboutReferral, atMs: number): LogEntry | null {
  const { dice } = world.country;
  switch (kind) {
    case 'DocumentsSubmitted':
      return drawn(world.awaitingDocuments, dice.share(), (application) => {
        world.awaitingDocuments.delete(application);
        return { type: kind, atMs, applicationId: uuidOf('a', application) };
      });
    case 'AdmissionDecided':
      return drawn(world.referred, dice.share(), (application) => {
        world.awaitingDocuments.delete(application);
        const outcome = outcomes[dice.weighted(outcomeShares)]!;
        return { type: kind, atMs, applicationId: uuidOf('a', application), outcome };
      });
    case 'ReferralCancelled':
      return drawn(world.referred, dice.share(), (application) =>
        atMs - world.referredAtMs[application]! < dayMs
          ? { type: kind, atMs, applicationId: uuidOf('a', application) }
          : null,
      );
    case 'ReferralExtended':
      return drawn(world.awaitingDocuments, dice.share(), (application) => {
        if (world.extended.has(application)) return null;
        world.extended.add(application);
        return { type: kind, atMs, applicationId: uuidOf('a', application), days: dice.whole(1, 30) };
      });
    default:
      return writeAboutApplication(world, kind, atMs);
  }
}

type AboutApplication = 'CategoryChanged' | 'ChildChanged' | 'EntriesChanged' | 'ApplicationWithdrawn';

function writeAboutApplication(world: World, kind: AboutApplication, atMs: number): LogEntry | null {
  const { dice } = world.country;
  return drawn(world.active, dice.share(), (application) => {
    const applicationId = uuidOf('a', application);
    switch (kind) {
      case 'CategoryChanged':
        return { type: kind, atMs, applicationId, category: dice.happens(0.5) ? 'FIRST_PRIORITY' : 'GENERAL' };
      case 'ChildChanged': {
        const birthDate = new Date(atMs - dice.whole(60, 2150) * dayMs).toISOString().slice(0, 10);
        return { type: kind, atMs, applicationId, birthDate, pmpc: false, plannedAge: null, placementYear: null };
      }
      case 'EntriesChanged':
        return world.referred.has(application)
          ? null
          : { type: kind, atMs, applicationId, entries: otherEntries(world.country, application) };
      default:
        return { type: kind, atMs, applicationId };
    }
  });
}

function answerInterest(world: World, atMs: number): LogEntry | null {
  const { dice } = world.country;
  const annual = dice.share() * (world.asked.size + world.askedAnnually.size) >= world.asked.size;
  return drawn(annual ? world.askedAnnually : world.asked, dice.share(), (application) => ({
    type: 'InterestAnswered',
    atMs,
    applicationId: uuidOf('a', application),
    preschoolId: annual ? null : world.askedAt.get(application)!,
    interested: dice.happens(0.8),
  }));
}

const drawn = (bag: Bag, share: number, write: (item: number) => LogEntry | null): LogEntry | null =>
  bag.size === 0 ? null : write(bag.draw(share));

function learn(world: World, decision: Decision): void {
  if ('vacancyId' in decision && decision.vacancyId !== undefined) learnOfSeat(world, decision, decision.vacancyId);
  if (!('applicationId' in decision) || decision.applicationId === undefined) return;
  const application = numberOfUuid(decision.applicationId);
  switch (decision.type) {
    case 'EntryInterestAsked':
      world.asked.add(application);
      world.askedAt.set(application, decision.preschoolId);
      break;
    case 'EntryReturned':
    case 'EntryHeld':
    case 'EntryDeferred':
    case 'EntryArchived':
      if (world.askedAt.get(application) === decision.preschoolId) {
        world.asked.delete(application);
        world.askedAt.delete(application);
      }
      break;
    case 'AnnualInterestAsked':
      world.askedAnnually.add(application);
      break;
    case 'AnnualInterestConfirmed':
      world.askedAnnually.delete(application);
      break;
    case 'ApplicationArchived':
    case 'ApplicationEnrolled':
      world.active.delete(application);
      world.askedAnnually.delete(application);
      break;
  }
}

function learnOfSeat(world: World, decision: Decision, vacancyId: string): void {
  const vacancy = numberOfUuid(vacancyId);
  const application = 'applicationId' in decision ? numberOfUuid(decision.applicationId!) : -1;
  switch (decision.type) {
    case 'OfferMade':
      world.offered.add(vacancy);
      world.holders[vacancy] = application;
      break;
    case 'OfferDeclined':
    case 'OfferLapsed':
    case 'OfferWithdrawn':
      world.offered.delete(vacancy);
      break;
    case 'ReferralIssued':
      world.offered.delete(vacancy);
      world.referred.add(application);
      world.awaitingDocuments.add(application);
      world.extended.delete(application);
      world.referredAtMs[application] = decision.atMs;
      break;
    case 'ContractDue':
      world.awaitingDocuments.delete(application);
      break;
    case 'ReferralCancelled':
    case 'ReferralExpired':
    case 'ReferralAnnulled':
    case 'ReferralUsed':
    case 'ReferralRefused':
      world.referred.delete(application);
      world.awaitingDocuments.delete(application);
      break;
  }
}
