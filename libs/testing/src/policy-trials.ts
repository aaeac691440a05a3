import type { FailurePolicy, Topic } from '#contracts';
import { Failure } from '#runtime';
import type { Sent, Verdict } from './effects-judge.ts';
import { topicOf } from './member.ts';
import { eventually, type Misbehaviour, type MessagingRig } from './messaging-rig.ts';

export const allPolicies: readonly FailurePolicy[] = ['park-key', 'retry-topic', 'skip', 'stop-the-line'];

export type Trial = {
  readonly policy: FailurePolicy;
  readonly topic: Topic;
  /** What no handler may leave an effect of: the poison, and where its key is parked all that comes after it. */
  readonly setAside: readonly Sent[];
};

/** What is there in the end of one trial. */
export type TrialVerdict = Verdict & {
  /** Told apart by when they were buried: a relay that lost its broker may publish the same one twice. */
  readonly deadLetters: number;
};

/**
 * The same records, one of them poison, on one topic for each policy. A suite starts members, lets its fault strike all
 * of them at once, and asks what became of each.
 */
export class PolicyTrials {
  readonly sent: readonly Sent[];
  readonly poison: Sent;
  readonly trials: readonly Trial[];
  readonly #rig: MessagingRig;

  private constructor(rig: MessagingRig, sent: readonly Sent[], poison: Sent, partitions: number) {
    this.#rig = rig;
    this.sent = sent;
    this.poison = poison;
    this.trials = allPolicies.map((policy) => ({
      policy,
      topic: topicOf({ messages: ['ClockAdvanced'], failurePolicy: policy, partitions }),
      setAside: sent.filter(({ key, n }) =>
        policy === 'park-key' ? key === poison.key && n >= poison.n : key === poison.key && n === poison.n,
      ),
    }));
  }

  /** Makes the topics. The rig publishes its outbox: retries and dead letters travel through it. */
  static async open(
    rig: MessagingRig,
    plan: { readonly sent: readonly Sent[]; readonly poison: Sent; readonly partitions: number },
  ): Promise<PolicyTrials> {
    const trials = new PolicyTrials(rig, plan.sent, plan.poison, plan.partitions);
    await rig.topics(...trials.trials.map(({ topic }) => topic));
    return trials;
  }

  async send(records: readonly Sent[] = this.sent): Promise<void> {
    for (const { topic } of this.trials) await this.#rig.send(topic, records);
  }

  /** Runs the same for every policy at once. */
  async each<T>(work: (trial: Trial) => Promise<T>): Promise<readonly T[]> {
    return Promise.all(this.trials.map(work));
  }

  /** Takes its time for each record, and never accepts the poison. */
  misbehaviour(recordMs: number): Misbehaviour {
    return async ({ key, n }) => {
      if (key === this.poison.key && n === this.poison.n) throw new Failure('message-impossible', 'poison');
      await new Promise((resolve) => setTimeout(resolve, recordMs));
    };
  }

  /** Waits until every topic has so many effects. @returns how many there are by then, by policy */
  async effectsReach(count: number): Promise<Readonly<Record<string, number>>> {
    await this.each(({ topic }) => this.#rig.effectsReach(topic, count, 60_000));
    return Object.fromEntries(
      await this.each(async ({ policy, topic }) => [policy, (await this.#rig.effects(topic)).length] as const),
    );
  }

  /** Lets the poison pass where the line waits for an operator, once it does and nothing has come past it. */
  async releaseLine(): Promise<void> {
    const trial = this.trials.find(({ policy }) => policy === 'stop-the-line')!;
    const lines = () => this.#rig.database('stopped_line').where({ topic: trial.topic.name });
    await eventually(async () => (await lines()).length === 1, 60_000);
    const past = (await this.#rig.effects(trial.topic)).filter(
      ({ key, n }) => key === this.poison.key && n >= this.poison.n,
    );
    if (past.length > 0) throw new Error(`${past.length} records came past the one that stopped the line`);
    await lines().update({ released_at: new Date(), released_by: 'anna', release_reason: 'seen' });
  }

  /** Waits for the end of every trial and judges it. */
  async verdicts(): Promise<Readonly<Record<string, TrialVerdict>>> {
    const judged = await this.each(async ({ policy, topic, setAside }) => {
      await this.#rig.effectsReach(topic, this.sent.length - setAside.length, 90_000);
      const dead = async (): Promise<number> => {
        const letters = await this.#rig.readAll(`${topic.name}.dlq`);
        return new Set(letters.map(({ headers }) => String(headers?.['kezek-dead-last-failure']))).size;
      };
      await eventually(async () => (await dead()) > 0, 30_000);
      const verdict = await this.#rig.verdict(topic, this.sent, setAside);
      return [policy, { ...verdict, deadLetters: await dead() }] as const;
    });
    return Object.fromEntries(judged);
  }
}

/** What is there when nothing was lost, nothing is there twice, and each policy did its part once. */
export const allInnocent: Readonly<Record<string, TrialVerdict>> = Object.fromEntries(
  allPolicies.map((policy) => [policy, { lost: [], twice: [], invented: [], disordered: [], deadLetters: 1 }]),
);
