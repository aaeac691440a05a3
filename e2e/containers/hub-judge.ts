import { setTimeout as sleep } from 'node:timers/promises';
import type { StartedKezek, TopicRecord } from '#testing';

/** One application a suite sent in, and whether it must end with a referral. */
export type Expected = { readonly applicationNumber: string; readonly referral: boolean };

/** How long nothing may go out before the hub counts as done, and how long that may take. */
export type Patience = { readonly quietMs: number; readonly patienceMs: number };
const patienceUsual: Patience = { quietMs: 1_500, patienceMs: 60_000 };

/**
 * Compares what was sent in with what the hub says, what lies on its topics and what went out: nothing lost, nothing
 * twice. It knows nothing of how the hub works inside.
 * @returns a line for each thing that is not so
 */
export async function judgeHub(
  kezek: StartedKezek,
  expected: readonly Expected[],
  patience = patienceUsual,
): Promise<readonly string[]> {
  await untilQuiet(kezek, expected, patience);
  const [log, decisions, statuses] = await Promise.all([
    kezek.readTopic('kezek.allocation.log'),
    kezek.readTopic('kezek.allocation.decisions'),
    Promise.all(expected.map(({ applicationNumber }) => kezek.hub.application(applicationNumber))),
  ]);
  const wrong: string[] = [];
  const entries = distinct<Entry & { name: string }>(log, ({ number }) => String(number), wrong);
  const made = distinct<Made>(decisions, ({ logOffset, part }) => `${logOffset}.${part}`, wrong);
  const decided = decisionsIn(made);
  wrong.push(...gapsIn(entries), ...disorderIn(made));
  for (const [index, { applicationNumber, referral }] of expected.entries()) {
    const { applicationId } = statuses[index]!;
    const queued = entries.filter((each) => each.name === 'ApplicationQueued' && each.applicationId === applicationId);
    if (queued.length !== 1) wrong.push(`${applicationNumber} is ${queued.length} times in the log, must be once`);
    const issued = decided.filter((each) => each.type === 'ReferralIssued' && each.applicationId === applicationId);
    const must = referral ? 1 : 0;
    if (issued.length !== must) wrong.push(`${applicationNumber} has ${issued.length} referrals, must have ${must}`);
  }
  return [...wrong, ...(await untold(kezek, expected)), ...(await toldTwice(kezek))];
}

/** Waits until all is told and nothing more goes out; a hub that never gets there is judged as it is. */
async function untilQuiet(
  kezek: StartedKezek,
  expected: readonly Expected[],
  { quietMs, patienceMs }: Patience,
): Promise<void> {
  const giveUpAtMs = performance.now() + patienceMs;
  for (let before = ''; performance.now() < giveUpAtMs;) {
    const now = await countsOf(kezek);
    // What waits for a database to come back is silent, too.
    if (now === before && (await untold(kezek, expected)).length === 0) return;
    before = now;
    await sleep(quietMs);
  }
}

async function countsOf({ outside }: StartedKezek): Promise<string> {
  const [sms, cabinet, stages] = await Promise.all([outside.sms(), outside.cabinet(), outside.stages()]);
  return `${sms.length} ${cabinet.length} ${stages.length}`;
}

type Decision = { readonly type: string; readonly applicationId?: string; readonly vacancyId?: string };
type Entry = { readonly number: bigint; readonly applicationId?: string };
type Made = { readonly logOffset: bigint; readonly part: number; readonly decisions: readonly object[] };

/** Records without repeats. A relay that lost an answer publishes again, and readers know the repeat by its mark. */
function distinct<V>(records: readonly TopicRecord[], markOf: (value: V) => string, wrong: string[]): readonly V[] {
  const first = new Map<string, string>();
  return records.flatMap((record) => {
    const value = record.value as V;
    const content = JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part));
    const known = first.get(markOf(value));
    first.set(markOf(value), known ?? content);
    if (known === undefined) return [{ ...value, name: record.name }];
    if (known !== content) wrong.push(`${record.name} ${markOf(value)} was published twice with different content`);
    return [];
  });
}

/** The writer's own number has no gap, in the order of the log. */
function gapsIn(log: readonly Entry[]): readonly string[] {
  return log.flatMap(({ number }, index) => {
    const must = (log[0]?.number ?? 0n) + BigInt(index);
    return number === must ? [] : [`the log has number ${number} where ${must} must be`];
  });
}

/** Decisions come in the order of the log. */
function disorderIn(made: readonly Made[]): readonly string[] {
  return made.flatMap(({ logOffset }, index) => {
    const before = made[index - 1]?.logOffset ?? -1n;
    return logOffset >= before ? [] : [`entry ${logOffset} was decided after ${before}`];
  });
}

/** A union on the wire is one name and what is under it. */
function decisionsIn(made: readonly Made[]): readonly Decision[] {
  return made.flatMap(({ decisions }) =>
    decisions.map((branch) => {
      const [name = '', fields] = Object.entries(branch)[0] ?? [];
      return { type: name.split('.').at(-1)!, ...(fields as object) };
    }),
  );
}

/** The first notice and the place in the queue are told on every channel, and so is a referral. */
async function untold(kezek: StartedKezek, expected: readonly Expected[]): Promise<readonly string[]> {
  return (await Promise.all(expected.map((each) => untoldOf(kezek, each)))).flat();
}

async function untoldOf(
  kezek: StartedKezek,
  { applicationNumber: number, referral }: Expected,
): Promise<readonly string[]> {
  const notices = (await kezek.outside.cabinet(number)).map(({ notice }) => notice);
  const must = ['N01', 'N04', ...(referral ? ['N14', 'N21'] : [])];
  const wrong = must
    .filter((notice) => !notices.includes(notice))
    .map((notice) => `${number} was never told ${notice}`);
  const stages = await kezek.outside.stages(number);
  if (stages.length === 0) wrong.push(`the monitoring system never heard of ${number}`);
  return wrong;
}

/** The same words to the same person twice: a repeat that was not known for one. */
async function toldTwice(kezek: StartedKezek): Promise<readonly string[]> {
  const [sms, cabinet, stages] = await Promise.all([
    kezek.outside.sms(),
    kezek.outside.cabinet(),
    kezek.outside.stages(),
  ]);
  return [
    ...repeated(sms.map(({ phone, text }) => `SMS to ${phone}: ${text}`)),
    // N05 tells of each check that waits, in the same words.
    ...repeated(
      cabinet
        .filter(({ notice }) => notice !== 'N05')
        .map(({ requestNumber, notice, textRu }) => `cabinet of ${requestNumber}: ${notice} ${textRu}`),
    ),
    ...repeated(stages.map(({ applicationId, state }) => `stage of ${applicationId}: ${state}`)),
  ];
}

function repeated(lines: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return lines.flatMap((line) => {
    if (seen.has(line)) return [`twice: ${line}`];
    seen.add(line);
    return [];
  });
}
