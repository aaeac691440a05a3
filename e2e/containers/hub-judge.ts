import { setTimeout as sleep } from 'node:timers/promises';
import type { StartedKezek, TopicRecord } from '#testing';

/** One application a suite sent in, and whether it must end with a referral. */
export type Expected = { readonly applicationNumber: string; readonly referral: boolean };

const quietMs = 1_500;
const quietMsMax = 60_000;

/**
 * Compares what was sent in with what the hub says, what lies on its topics and what went out: nothing lost, nothing
 * twice. It knows nothing of how the hub works inside.
 * @returns a line for each thing that is not so
 */
export async function judgeHub(kezek: StartedKezek, expected: readonly Expected[]): Promise<readonly string[]> {
  await untilQuiet(kezek);
  const [log, decisions, statuses] = await Promise.all([
    kezek.readTopic('kezek.allocation.log'),
    kezek.readTopic('kezek.allocation.decisions'),
    Promise.all(expected.map(({ applicationNumber }) => kezek.hub.application(applicationNumber))),
  ]);
  const decided = decisionsIn(decisions);
  const wrong = [...gapsIn(log), ...repeatsIn(log, decisions)];
  for (const [index, { applicationNumber, referral }] of expected.entries()) {
    const { applicationId } = statuses[index]!;
    const queued = entries(log, 'ApplicationQueued', applicationId);
    if (queued !== 1) wrong.push(`${applicationNumber} is ${queued} times in the log, must be once`);
    const issued = decided.filter((each) => each.type === 'ReferralIssued' && each.applicationId === applicationId);
    const must = referral ? 1 : 0;
    if (issued.length !== must) wrong.push(`${applicationNumber} has ${issued.length} referrals, must have ${must}`);
    wrong.push(...(await untoldOf(kezek, applicationNumber, referral)));
  }
  return [...wrong, ...(await toldTwice(kezek))];
}

/** Waits until nothing more goes out and nothing more is decided. */
async function untilQuiet(kezek: StartedKezek): Promise<void> {
  const giveUpAtMs = performance.now() + quietMsMax;
  for (let before = ''; performance.now() < giveUpAtMs;) {
    const [sms, cabinet, stages] = await Promise.all([
      kezek.outside.sms(),
      kezek.outside.cabinet(),
      kezek.outside.stages(),
    ]);
    const now = `${sms.length} ${cabinet.length} ${stages.length}`;
    if (now === before) return;
    before = now;
    await sleep(quietMs);
  }
}

type Decision = { readonly type: string; readonly applicationId?: string; readonly vacancyId?: string };

function decisionsIn(records: readonly TopicRecord[]): readonly Decision[] {
  return records.flatMap((record) => {
    const { decisions } = record.value as { decisions: readonly object[] };
    // A union on the wire: one name and what is under it.
    return decisions.map((branch) => {
      const [name = '', fields] = Object.entries(branch)[0] ?? [];
      return { type: name.split('.').at(-1)!, ...(fields as object) };
    });
  });
}

/** The writer's own number has no gap and no repeat, in the order of the log. */
function gapsIn(log: readonly TopicRecord[]): readonly string[] {
  return log.flatMap((record, index) => {
    const { number } = record.value as { number: bigint };
    return number === BigInt(index) + firstNumber(log)
      ? []
      : [`entry ${record.offset} of the log has number ${number}`];
  });
}

function firstNumber(log: readonly TopicRecord[]): bigint {
  return (log[0]?.value as { number: bigint } | undefined)?.number ?? 0n;
}

/** Every entry of the log was decided once, in order. */
function repeatsIn(log: readonly TopicRecord[], decisions: readonly TopicRecord[]): readonly string[] {
  const seen = new Set<string>();
  const wrong: string[] = [];
  let last = -1n;
  for (const { value } of decisions) {
    const { logOffset, part } = value as { logOffset: bigint; part: number };
    const place = `${logOffset}.${part}`;
    if (seen.has(place)) wrong.push(`entry ${place} of the log was decided twice`);
    if (logOffset < last) wrong.push(`entry ${logOffset} was decided after ${last}`);
    seen.add(place);
    last = logOffset > last ? logOffset : last;
  }
  const end = log.at(-1)?.offset ?? -1n;
  if (last > end) wrong.push(`something was decided that is not in the log: ${last}, which ends at ${end}`);
  return wrong;
}

function entries(log: readonly TopicRecord[], name: string, applicationId: string): number {
  return log.filter(
    (record) => record.name === name && 'applicationId' in record.value && record.value.applicationId === applicationId,
  ).length;
}

/** The first notice and the place in the queue are told on every channel, and so is a referral. */
async function untoldOf(kezek: StartedKezek, number: string, referral: boolean): Promise<readonly string[]> {
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
    ...repeated(cabinet.map(({ requestNumber, notice, textRu }) => `cabinet of ${requestNumber}: ${notice} ${textRu}`)),
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
