import { becameOf, differences } from './outcome-check.ts';
import { Hub } from './hub.ts';
import { received, type Received } from './neighbours.ts';
import { Play, settle } from './play.ts';
import { countOf, storyLines, tableLines, type TimelineItem } from './report.ts';
import { outcomes, type Outcome, type Scenario } from './scenario.ts';

export type DemoStack = { readonly intake: string; readonly stateSystems: string; readonly smsSink: string };

const looksMax = 60;

/**
 * Plays a scenario on a running stack and compares what came out with the scenario's own list.
 * @returns a line for each difference; none means that all is as it must be
 * @throws Error when a step does not come to what it must
 */
export async function runDemo(
  scenario: Scenario,
  stack: DemoStack,
  stop: AbortSignal,
  tell: (line: string) => void,
): Promise<readonly string[]> {
  const startedAtMs = performance.now();
  const hub = new Hub(stack.intake, stop);
  const stateSystems = new Hub(stack.stateSystems, stop);
  const neighbours = () => received(new Hub(stack.smsSink, stop), stateSystems);
  const play = new Play({ scenario, hub, stateSystems, nowMs: Date.now(), tell });
  await play.run();
  const wrong = await finalDifferences(play, outcomes(scenario), neighbours);
  const playMs = performance.now() - startedAtMs;

  const came = await neighbours();
  const timelines = new Map<string, readonly TimelineItem[]>();
  for (const [family, number] of play.numbers) timelines.set(family, await timelineOf(hub, number));
  const all = [...timelines.values()];
  const { refusedAtTheDoor } = play;
  tell('');
  tableLines({ applications: play.numbers.size, refusedAtTheDoor, timelines: all, came, playMs }).forEach(tell);
  tell('');
  const household = play.city.get(scenario.story);
  const number = play.numbers.get(scenario.story);
  if (household !== undefined && number !== undefined) {
    storyLines(household, timelines.get(scenario.story) ?? [], came, number).forEach(tell);
  }
  return [...wrong, ...issuedTwice(timelines, outcomes(scenario)), ...toldTwice(came)];
}

/** Messages arrive after decisions; what must come is waited for, and then a moment more for what must not. */
async function finalDifferences(
  play: Play,
  wanted: ReadonlyMap<string, Outcome>,
  neighbours: () => Promise<Received>,
): Promise<readonly string[]> {
  let wrong: readonly string[] = [];
  for (let look = 0; look < looksMax; look += 1) {
    wrong = await differencesNow(play, wanted, await neighbours());
    await settle();
    if (wrong.length === 0) return differencesNow(play, wanted, await neighbours());
  }
  return wrong;
}

async function differencesNow(play: Play, wanted: ReadonlyMap<string, Outcome>, came: Received): Promise<string[]> {
  const groups = new Map([...play.seats].map(([group, vacancyId]) => [vacancyId, group]));
  const wrong: string[] = [];
  for (const [family, must] of wanted) {
    const household = play.city.get(family);
    if (household === undefined || !play.numbers.has(family)) {
      wrong.push(`${family}: never applied`);
      continue;
    }
    const status = await play.statusOf(family);
    const is = becameOf(status, household, came, (vacancyId) => groups.get(vacancyId) ?? vacancyId);
    wrong.push(...differences(family, is, must));
  }
  return wrong;
}

/** Whatever was killed meanwhile: who must have a referral was given one exactly once. */
function issuedTwice(
  timelines: ReadonlyMap<string, readonly TimelineItem[]>,
  wanted: ReadonlyMap<string, Outcome>,
): string[] {
  return [...timelines].flatMap(([family, items]) => {
    const issued = countOf([items], 'ReferralIssued');
    const must = (wanted.get(family)?.referral ?? null) === null ? 0 : 1;
    return issued === must ? [] : [`${family}: ${issued} referrals were issued, must be ${must}`];
  });
}

/** A repeat under the same id with other words would be a message that is not known for what it is. */
function toldTwice({ sms }: Received): string[] {
  const seen = new Set<string>();
  return sms.flatMap(({ phone, text }) => {
    const same = `${phone} ${text}`;
    if (seen.has(same)) return [`an SMS came twice: ${text}`];
    seen.add(same);
    return [];
  });
}

async function timelineOf(hub: Hub, number: string): Promise<readonly TimelineItem[]> {
  const { body } = await hub.get(`/v1/applications/${number}/timeline`);
  return (body as { items: TimelineItem[] }).items;
}
