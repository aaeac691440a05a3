import { inventFamily, inventIin } from '../state-systems/invent.ts';
import type { PersonWritten } from '../state-systems/people.ts';
import { crowdNames, type Family, type Scenario } from './scenario.ts';

/** An invented family as the hub and the state systems know it. */
export type Household = {
  readonly name: string;
  readonly child: string;
  readonly applicantIin: string;
  readonly phone: string;
  readonly language: 'kk' | 'ru';
  readonly childIin: string;
  readonly birthDate: string;
  /** Who the registers know: parents, children. */
  readonly persons: readonly PersonWritten[];
};

const hubOffsetMs = 5 * 3_600_000;
const dayMs = 86_400_000;
const longAgo = '2015-09-01';

/** The first Monday after a moment, local date: the hub's clock only goes forward, and a week has its days off at the end. */
export function firstMondayAfter(nowMs: number): string {
  const localDay = Math.floor((nowMs + hubOffsetMs) / dayMs);
  // 1970-01-01 was a Thursday, so day 4 was a Monday.
  const ahead = 7 - ((((localDay - 4) % 7) + 7) % 7);
  return new Date((localDay + ahead) * dayMs).toISOString().slice(0, 10);
}

/** The instant of a local time on the n-th day, ms. */
export function instantOf(firstDay: string, day: number, at: string): number {
  const time = at.length === 5 ? `${at}:00.000` : at.length === 8 ? `${at}.000` : at;
  return Date.parse(`${firstDay}T${time}+05:00`) + (day - 1) * dayMs;
}

/** Everybody in a scenario, by name. @param year of its first day */
export function households(scenario: Scenario, year: number): ReadonlyMap<string, Household> {
  const crowds = scenario.steps.filter((step) => 'crowd' in step);
  const families: [string, Family][] = [
    ...Object.entries(scenario.families),
    ...crowds.flatMap((crowd) =>
      crowdNames(crowd).map((name): [string, Family] => [
        name,
        { child: name, turning: crowd.turning, language: 'ru', parentIsAnother: false },
      ]),
    ),
  ];
  return new Map(families.map(([name, family], index) => [name, household(name, family, index + 1, year)]));
}

function household(name: string, family: Family, serial: number, year: number): Household {
  // Numbers far apart: some have no check digit and the next one is taken.
  const invented = inventFamily(serial * 10, {
    childBirthDate: `${year - family.turning}-03-05`,
    mother: {
      serves: family.serves === undefined ? [] : [{ body: family.serves, from: longAgo }],
      works: family.works === undefined ? [] : [{ as: family.works, organisation: 'АБ-01', from: longAgo }],
    },
    firstChild: family.parentIsAnother ? { births: [actOfOthers(serial)] } : {},
  });
  const [child] = invented.children;
  const { mother } = invented;
  if (child === undefined || mother.mobile === undefined) throw new Error('an invented family has a child and a phone');
  return {
    name,
    child: family.child,
    applicantIin: mother.iin,
    phone: mother.mobile,
    language: family.language,
    childIin: child.iin,
    birthDate: child.birthDate,
    persons: invented.persons,
  };
}

/** An act that names both parents, neither of them the applicant: one that leaves a parent out goes to a person. */
function actOfOthers(serial: number): NonNullable<PersonWritten['births']>[number] {
  return {
    actNumber: `10-${serial}-x`,
    registeredOn: longAgo,
    motherIin: inventIin(90, serial * 40),
    fatherIin: inventIin(89, serial * 40),
  };
}
