/** A country's families and preschools, invented: who wants which places, in the shares of the national mix. */
import { type Category, type LogEntry, type QueueKind, type WantedEntry } from '#allocation';
import { Dice, zipf } from './dice.ts';

const dayMs = 86_400_000;
const languages = ['kk', 'ru', 'uz'] as const;
const languageShares = [0.7, 0.25, 0.05];
const categories: readonly Category[] = ['OUT_OF_TURN', 'FIRST_PRIORITY', 'GENERAL'];
const categoryShares = [0.05, 0.25, 0.7];
/** 1 to 4 entries, 3.2 on average. */
const entryCountShares = [0.07, 0.13, 0.33, 0.47];
const specialShare = 0.03;
const sanatoriumShare = 0.01;
const siblingShare = 0.04;
const plannedShare = 0.03;
/** New preschools, beside those that families name. */
const newShare = 0.05;
const profiles = ['speech', 'hearing', 'sight', 'movement'] as const;

type Queued = Extract<LogEntry, { type: 'ApplicationQueued' }>;

export type Country = {
  readonly dice: Dice;
  readonly preschools: readonly string[];
  /** A preschool by popularity: Zipf 0.8. */
  readonly somePreschool: () => string;
  /** One of those that opened lately and that no family has named yet. */
  readonly newPreschool: () => string;
  /** The applications queued so far, by what they want; index = number of the application. */
  readonly wanted: WantedEntry[][];
  readonly applicants: number[];
};

/** @param preschools how many; 12 000 for a million applications */
export function foundCountry(preschools: number, seed: number): Country {
  const dice = new Dice(seed);
  const byPopularity = zipf(preschools, 0.8);
  const ids = Array.from({ length: preschools }, (_, i) => uuidOf('c', i));
  const opened = Array.from({ length: Math.ceil(preschools * newShare) }, (_, i) => uuidOf('c', preschools + i));
  return {
    dice,
    preschools: ids,
    somePreschool: () => ids[byPopularity(dice.share())]!,
    newPreschool: () => opened[dice.whole(0, opened.length - 1)]!,
    wanted: [],
    applicants: [],
  };
}

/** A UUID that looks random and carries its number in its last eight digits. */
export function uuidOf(kind: 'a' | 'b' | 'c' | 'd', number: number): string {
  const dice = new Dice(Math.imul(number + 1, 2_654_435_761) ^ kind.charCodeAt(0));
  const word = (): string => hex(Math.floor(dice.share() * 2 ** 32));
  const [one, two, three] = [word(), word(), word()];
  return `${one}-${two.slice(0, 4)}-4${two.slice(5)}-8${three.slice(1, 4)}-${three.slice(4)}${hex(number)}`;
}

const hex = (value: number): string => value.toString(16).padStart(8, '0');

export const numberOfUuid = (uuid: string): number => parseInt(uuid.slice(28), 16);

/** The next family's application, filed now or a little earlier. */
export function nextApplication(country: Country, atMs: number): Queued {
  const { dice, wanted, applicants } = country;
  const number = wanted.length;
  const sibling = number > 0 && dice.happens(siblingShare);
  applicants.push(sibling ? applicants[number - 1]! : number);
  const entries = sibling ? wanted[number - 1]! : someEntries(country);
  wanted.push(entries);
  const special = entries[0]!.queue === 'SPECIAL';
  const born = atMs - dice.whole(60, 2150) * dayMs;
  const age = new Date(atMs).getUTCFullYear() - new Date(born).getUTCFullYear();
  return {
    type: 'ApplicationQueued',
    atMs,
    applicationId: uuidOf('a', number),
    applicantId: uuidOf('b', applicants[number]!),
    birthDate: new Date(born).toISOString().slice(0, 10),
    category: categories[dice.weighted(categoryShares)]!,
    submittedAtMs: dice.happens(0.05) ? atMs - dice.whole(0, dayMs) : atMs,
    pmpc: special,
    plannedAge: dice.happens(plannedShare) ? age + 1 : null,
    placementYear: null,
    entries,
  };
}

function someEntries(country: Country): WantedEntry[] {
  const { dice } = country;
  const language = languages[dice.weighted(languageShares)]!;
  const [queue, profile] = someQueue(dice);
  const count = dice.weighted(entryCountShares) + 1;
  const chosen = new Set<string>();
  while (chosen.size < count) chosen.add(country.somePreschool());
  return [...chosen].map((preschoolId) => ({ preschoolId, language, queue, profile }));
}

function someQueue(dice: Dice): [QueueKind, string | null] {
  const kind = dice.weighted([1 - specialShare - sanatoriumShare, specialShare, sanatoriumShare]);
  if (kind === 0) return ['ORDINARY', null];
  return kind === 1 ? ['SPECIAL', profiles[dice.whole(0, 3)]!] : ['SANATORIUM', 'prevention'];
}

/** Another list for the same family: its first places kept, one new at the end. */
export function otherEntries(country: Country, application: number): WantedEntry[] {
  const before = country.wanted[application]!;
  const kept = before.slice(0, Math.max(1, before.length - 1));
  let preschoolId = country.somePreschool();
  while (kept.some((entry) => entry.preschoolId === preschoolId)) preschoolId = country.somePreschool();
  const entries = [...kept, { ...before[0]!, preschoolId }];
  country.wanted[application] = entries;
  return entries;
}

/** A bulletin: one preschool's seats, or, when it is a large one, those of a district. */
export function someBulletin(
  country: Country,
  atMs: number,
  firstSeat: number,
  seats: number,
  where: () => string = country.somePreschool,
): LogEntry {
  const { dice } = country;
  const thisYear = new Date(atMs).getUTCFullYear();
  const own = where();
  return {
    type: 'VacanciesPublished',
    atMs,
    vacancies: Array.from({ length: seats }, (_, i) => {
      const [queue, profile] = someQueue(dice);
      const year = thisYear - dice.whole(0, 5);
      return {
        vacancyId: uuidOf('d', firstSeat + i),
        preschoolId: seats > 20 ? where() : own,
        language: languages[dice.weighted(languageShares)]!,
        queue,
        profile,
        birthYears: dice.happens(0.1) ? [year, year - 1] : [year],
        temporaryUntil: dice.happens(0.08)
          ? new Date(atMs + dice.whole(20, 200) * dayMs).toISOString().slice(0, 10)
          : null,
      };
    }),
  };
}
