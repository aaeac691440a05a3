import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const clockTime = z.string().regex(/^\d\d:\d\d(:\d\d(\.\d{3})?)?$/, 'is not a local time 08:30 or 08:30:00.000');
const familyKey = z.string().regex(/^[a-z][a-z-]*[a-z](-\d+)?$/, 'is not a name as "saule" or "crowd-3"');

/** A queue as people name it: preschool/language. */
const queue = z
  .string()
  .regex(/^[^/]+\/[a-z]{2}$/, 'is not a queue "AB-01/kk"')
  .transform((text) => {
    const [preschoolId = '', language = ''] = text.split('/');
    return { preschoolId, language };
  });

const family = z.strictObject({
  child: z.string(),
  /** Age the child reaches in the year of the day: its group year. */
  turning: z.int().min(1).max(6),
  language: z.enum(['kk', 'ru']).default('kk'),
  works: z.enum(['TEACHER', 'MEDICAL_WORKER']).optional(),
  serves: z.enum(['MILITARY', 'SPECIAL_STATE_BODY', 'LAW_ENFORCEMENT', 'COURIER']).optional(),
  /** The birth register names somebody else as the parent. */
  parentIsAnother: z.boolean().default(false),
});

const queued = z.enum(['QUEUED', 'AWAITING_OPERATOR', 'AWAITING_CHOICE', 'REFUSED']);
const offers = z.record(z.string(), familyKey).default({});

const when = { at: clockTime, day: z.int().min(1).default(1), says: z.string() };
const wish = { preschools: z.array(queue), benefit: z.string().optional() };
const step = z.union([
  z.strictObject({ ...when, ...wish, apply: familyKey, comes: queued }),
  z.strictObject({
    ...when,
    ...wish,
    applyBadly: familyKey,
    /** What is wrong with the body: laid over the right one. */
    with: z.record(z.string(), z.unknown()).default({}),
    refused: z.strictObject({ status: z.int(), problem: z.string(), fields: z.array(z.string()) }),
  }),
  z.strictObject({
    ...when,
    operator: familyKey,
    decides: z.enum(['CONFIRM', 'CONFIRM_AS_GENERAL', 'REFUSE']),
    comes: queued,
  }),
  z.strictObject({ ...when, chooses: familyKey, goOnAsGeneral: z.boolean(), comes: queued }),
  z.strictObject({
    ...when,
    publish: z.string(),
    seats: z.array(z.strictObject({ group: z.string(), queue, turning: z.array(z.int()).min(1) })).min(1),
    offers,
  }),
  z.strictObject({ ...when, answer: familyKey, seat: z.string(), accepts: z.boolean(), offers }),
  z.strictObject({
    ...when,
    crowd: z.string(),
    count: z.int().min(1).max(500),
    everySeconds: z.int().min(1),
    turning: z.int().min(1).max(6),
    preschools: z.array(queue),
  }),
  z.strictObject({ ...when, passes: z.literal('time'), offers }),
]);

const outcome = z.strictObject({
  /** Families, or a range "crowd-5..crowd-20". */
  of: z.array(z.string()).min(1),
  state: z.string(),
  category: z.enum(['OUT_OF_TURN', 'FIRST_PRIORITY', 'GENERAL']).nullable(),
  /** By preschool. */
  entries: z.record(z.string(), z.string()).default({}),
  /** By group of the seat. */
  offers: z.record(z.string(), z.string()).default({}),
  referral: z.string().nullable().default(null),
  cabinet: z.array(z.string()),
  sms: z.int(),
  stages: z.array(z.string()),
});

const form = z.strictObject({
  name: z.string(),
  about: z.string(),
  preschools: z.string(),
  /** Whose life is told at the end. */
  story: familyKey,
  families: z.record(familyKey, family),
  steps: z.array(step).min(1),
  outcome: z.array(outcome).min(1),
});

export type Scenario = z.output<typeof form>;
export type Step = z.output<typeof step>;
export type Family = z.output<typeof family>;
export type Outcome = Omit<z.output<typeof outcome>, 'of'>;
export type CrowdStep = Extract<Step, { crowd: string }>;

/** The scenario does not say what it must: every place that is wrong is named. */
export class ScenarioUnreadable extends Error {
  override readonly name = 'ScenarioUnreadable';
}

/** Reads a scenario file (YAML or JSON). @throws ScenarioUnreadable, or a file error */
export function readScenario(file: string): Scenario & { readonly preschoolsFile: string } {
  const scenario = parseScenario(readFileSync(file, 'utf8'));
  return { ...scenario, preschoolsFile: resolve(dirname(file), scenario.preschools) };
}

/** @throws ScenarioUnreadable that names each place where the text is wrong, or names a family or seat nobody has */
export function parseScenario(text: string): Scenario {
  const read = form.safeParse(parse(text));
  if (!read.success) throw new ScenarioUnreadable(z.prettifyError(read.error));
  const problems = unknownNames(read.data);
  if (problems.length > 0) throw new ScenarioUnreadable(problems.join('\n'));
  return read.data;
}

/** The families of a crowd by name: crowd-1, crowd-2, … */
export function crowdNames({ crowd, count }: CrowdStep): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${crowd}-${index + 1}`);
}

/** @returns what must come out for each family. @throws ScenarioUnreadable where a range is not one */
export function outcomes(scenario: Scenario): ReadonlyMap<string, Outcome> {
  return new Map(
    scenario.outcome.flatMap(({ of, ...rest }) => of.flatMap((names) => inRange(names).map((name) => [name, rest]))),
  );
}

function inRange(names: string): string[] {
  if (!names.includes('..')) return [names];
  const [, prefix = '', from = '', again = '', to = ''] = /^(.+)-(\d+)\.\.(.+)-(\d+)$/.exec(names) ?? [];
  if (prefix === '' || prefix !== again || Number(to) < Number(from)) {
    throw new ScenarioUnreadable(`"${names}" is not a range as "crowd-5..crowd-20"`);
  }
  return Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => `${prefix}-${Number(from) + index}`);
}

function unknownNames(scenario: Scenario): string[] {
  const crowds = scenario.steps.filter((each) => 'crowd' in each).flatMap(crowdNames);
  const families = new Set([...Object.keys(scenario.families), ...crowds]);
  const seats = new Set(
    scenario.steps.flatMap((each) => ('seats' in each ? each.seats.map(({ group }) => group) : [])),
  );
  const expected = outcomes(scenario);
  const applied = scenario.steps.flatMap((each) => ('apply' in each ? [each.apply] : [])).concat(crowds);
  return [
    ...scenario.steps
      .flatMap(familiesOf)
      .filter((name) => !families.has(name))
      .map((name) => `nobody is called ${name}`),
    ...[...expected.keys()].filter((name) => !families.has(name)).map((name) => `outcome: nobody is called ${name}`),
    ...applied.filter((name) => !expected.has(name)).map((name) => `outcome: what becomes of ${name} is not said`),
    ...[...expected.values()]
      .flatMap((each) => [...Object.keys(each.offers), ...(each.referral === null ? [] : [each.referral])])
      .filter((group) => !seats.has(group))
      .map((group) => `outcome: no seat is called ${group}`),
    ...(families.has(scenario.story) ? [] : [`story: nobody is called ${scenario.story}`]),
  ];
}

function familiesOf(each: Step): string[] {
  const offered = 'offers' in each ? Object.values(each.offers) : [];
  if ('apply' in each) return [each.apply, ...offered];
  if ('applyBadly' in each) return [each.applyBadly];
  if ('operator' in each) return [each.operator];
  if ('chooses' in each) return [each.chooses];
  if ('answer' in each) return [each.answer, ...offered];
  return offered;
}
