import { decode, type FailurePolicy, type Topic } from '#contracts';
import { stoppedLines, releaseLine } from '#messaging';
import type { Database } from '#storage';
import { judge, topicOf, type MessagingRig, type Sent } from '#testing';
import { diceOf } from './dice.ts';

/** The policies whose records nobody mends: each has a topic that gets what the parking one gets, in the same order. */
const strictPolicies: readonly FailurePolicy[] = ['retry-topic', 'skip', 'stop-the-line'];
const oneIn = 60;

/** What a good record may fail of while a store is slow: two handlers in a row that ended after their deadline. */
const excuses = new Set(['handler-overdue']);

export const strictTopics = (): readonly Topic[] =>
  strictPolicies.map((failurePolicy) => topicOf({ messages: ['ClockAdvanced'], failurePolicy, partitions: 2 }));

/** Whether the handler of this topic throws for a record, whoever tries it. */
export const isRefused = (seed: number, { failurePolicy }: Topic, { key, n }: Sent): boolean =>
  diceOf(`${seed} ${failurePolicy} refuses ${key} ${n}`).one(oneIn);

/** Whether it throws for a record until that comes back from a retry topic. */
export const isHandledLater = (seed: number, { failurePolicy }: Topic, { key, n }: Sent): boolean =>
  failurePolicy === 'retry-topic' && diceOf(`${seed} later ${key} ${n}`).one(oneIn);

/**
 * An operator who releases the lines that stand, after a look at whether anything came past them.
 * @returns what is wrong
 */
export async function releaseLines(database: Database): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const line of await stoppedLines(database)) {
    const { topic, partition, offset } = line;
    const { key, n } = await recordOf(database, topic, partition, offset);
    const [past] = await database('effect').where({ topic, key }).where('n', '>', n).count<{ count: string }[]>();
    // The record itself may have been handled meanwhile: a member that only lacked time stops a line for nobody.
    const handled = await database('effect').where({ topic, key, n }).first<object | undefined>();
    if (!handled && Number(past?.count) > 0) wrong.push(`${past?.count} records of ${key} came past a stopped line`);
    await releaseLine(database, { topic, partition, offset }, { person: 'chaos', reason: 'seen' });
  }
  return wrong;
}

async function recordOf(database: Database, topic: string, partition: number, offset: bigint): Promise<Sent> {
  const where = { topic, partition, kafka_offset: offset.toString() };
  const row = await database('stopped_line').where(where).first<{ key: Buffer; value: Buffer }>('key', 'value');
  return sentOf(row.key, row.value);
}

function sentOf(key: Buffer | null, value: Buffer | null): Sent {
  const message = decode(value ?? Buffer.alloc(0), ['ClockAdvanced']);
  return { key: String(key), n: Number(message.value.number) };
}

/** How far a topic is, and what is wrong with it. */
export type StrictVerdict = { readonly missing: readonly string[]; readonly spoilt: readonly string[] };

/**
 * Compares what was asked with the effects and with what the policy has set aside: dead letters, or records that an
 * operator let pass. The order of a key is that of the records that did not come back from a retry topic.
 * @param isCalm no store was ever slow, so that only refused records may be set aside
 */
export async function judgeStrict(
  rig: MessagingRig,
  topic: Topic,
  asked: readonly Sent[],
  { seed, isCalm }: { readonly seed: number; readonly isCalm: boolean },
): Promise<StrictVerdict> {
  const effects = await rig.effects(topic);
  const aside = await setAside(rig, topic, effects);
  const retried = topic.failurePolicy === 'retry-topic' ? await rig.readAll(`${topic.name}.retry.1`) : [];
  const late = new Set(retried.map(({ key, value }) => nameOf(sentOf(key, value))));
  const inOrder = judge(
    asked,
    effects.filter((each) => !late.has(nameOf(each))),
    [],
  );
  const whole = judge(asked, effects, aside);
  const unexcused = aside.filter((each) => !isRefused(seed, topic, each) && (isCalm || !excuses.has(each.errorClass)));
  const some = (what: string, found: readonly unknown[]): readonly string[] =>
    found.length === 0 ? [] : [`${topic.failurePolicy}: ${found.length} ${what}, such as ${JSON.stringify(found[0])}`];
  return {
    missing: some('records neither handled nor set aside', whole.lost),
    spoilt: [
      ...some('records handled twice, or handled and set aside', whole.twice),
      ...some('effects of records nobody sent', whole.invented),
      ...some('keys out of order', inOrder.disordered),
      ...some('good records set aside', unexcused),
    ],
  };
}

type Aside = Sent & { readonly errorClass: string };
const nameOf = ({ key, n }: Sent): string => `${key} ${n}`;

async function setAside(rig: MessagingRig, topic: Topic, effects: readonly Sent[]): Promise<readonly Aside[]> {
  if (topic.failurePolicy === 'stop-the-line') {
    const handled = new Set(effects.map(nameOf));
    const rows = await rig
      .database('stopped_line')
      .where({ topic: topic.name })
      .whereNotNull('released_at')
      .select<{ key: Buffer; value: Buffer; error_class: string }[]>('key', 'value', 'error_class');
    return rows
      .map((row) => ({ ...sentOf(row.key, row.value), errorClass: row.error_class }))
      .filter((each) => !handled.has(nameOf(each)));
  }
  const letters = new Map<string, Aside>();
  for (const { key, value, headers } of await rig.readAll(`${topic.name}.dlq`)) {
    // A relay that lost its broker may publish a letter twice; a record that was buried twice has two times of it.
    const burial = String(headers?.['kezek-dead-last-failure']);
    const each = { ...sentOf(key, value), errorClass: String(headers?.['kezek-dead-error-class']) };
    letters.set(`${nameOf(each)} ${burial}`, each);
  }
  return [...letters.values()];
}
