import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Topic } from '#contracts';
import { judge, hastyLimits, makeTopics, MessagingRig, topicOf, type Sent, type Verdict } from '#testing';
import { diceOf } from './dice.ts';
import { drawFaults, isCalm, strike } from './faults.ts';
import { finishedIn, judgeJournal } from './journal.ts';
import { MemberPool } from './member-pool.ts';
import type { ServicePlan } from './service.ts';
import { judgeStrict, strictTopics } from './strict-policies.ts';
import { startStores, type Stores } from './stores.ts';
import { askedOf, emptyTables, makeTables, sendWatched, startAsking, startReleasing } from './workload.ts';

/** What came of one seed. */
export type Played = {
  readonly seed: number;
  readonly faults: readonly string[];
  /** Records that went from one service to the other and back. */
  readonly records: number;
  /** Records that failed until they were mended, and waited with their keys meanwhile. */
  readonly released: number;
  readonly wrong: readonly string[];
  readonly seconds: number;
};

const watchedEach = 150;
/** Nothing has changed for so long: whatever is missing now will not come, ms. */
const stillMsMax = 25_000;
const limits = { ...hastyLimits, rebalanceMs: 4_000, stallMsMax: 6_000, togetherMax: 20 };

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A pair of services on real stores that are made once and used by one seed after the other. */
export class Chaos {
  readonly #stores: Stores;
  readonly #asker: MessagingRig;
  readonly #answerer: MessagingRig;

  private constructor(stores: Stores, asker: MessagingRig, answerer: MessagingRig) {
    this.#stores = stores;
    this.#asker = asker;
    this.#answerer = answerer;
  }

  static async open(): Promise<Chaos> {
    const stores = await startStores();
    const { brokers } = stores.broker;
    const asker = await MessagingRig.open(brokers, stores.directUrlOf('intake'), 'intake');
    const answerer = await MessagingRig.open(brokers, stores.directUrlOf('gateway'), 'gateway');
    await makeTables(asker.database, answerer.database);
    return new Chaos(stores, asker, answerer);
  }

  async close(): Promise<void> {
    await Promise.all([this.#asker.close(), this.#answerer.close()]);
    await this.#stores.stop();
  }

  /**
   * Runs both services under the faults that the seed draws, mends everything, waits until nothing moves, and judges.
   * @param plant a bug of planted-bugs.ts that the services' processes run with
   * @param logFolder where each process's log is kept
   */
  async play(
    seed: number,
    { plant, logFolder }: { readonly plant?: string | undefined; readonly logFolder?: string | undefined } = {},
  ): Promise<Played> {
    const startedMs = performance.now();
    const dice = diceOf(`faults ${seed}`);
    const [asker, answerer] = [this.#asker.database, this.#answerer.database];
    const folder = mkdtempSync(join(tmpdir(), 'kezek-chaos-'));
    const journalFile = join(folder, 'journal');
    const [asks, answers, watched] = [3, 2, 2].map((partitions) =>
      topicOf({ messages: ['ClockAdvanced'], partitions }),
    ) as [ReturnType<typeof topicOf>, ReturnType<typeof topicOf>, ReturnType<typeof topicOf>];
    const strict = strictTopics();
    await emptyTables(asker, answerer);
    const add = await makeTopics(this.#stores.broker.brokers, [asks, answers, watched, ...strict]);
    const watchedSent = await sendWatched(this.#asker, watched, watchedEach);
    const common = { brokers: this.#stores.broker.brokers, seed, limits, journalFile, plant };
    const pools = [
      new MemberPool(
        'answerer',
        (member): ServicePlan => {
          const store = { app: 'answerer', schema: 'gateway', url: this.#stores.urlOf('gateway') };
          return { ...common, ...store, member, reads: asks, writes: answers, watches: watched, strict };
        },
        logFolder,
      ),
      new MemberPool(
        'asker',
        (member): ServicePlan => {
          const store = { app: 'asker', schema: 'intake', url: this.#stores.urlOf('intake') };
          return { ...common, ...store, member, reads: answers, writes: undefined, watches: undefined, strict: [] };
        },
        logFolder,
      ),
    ];
    const stopAsking = startAsking(asker, [asks, ...strict], add, diceOf(`asking ${seed}`));
    const releasing = startReleasing([asker, answerer], 700);
    const faults = drawFaults(seed, dice);
    try {
      await Promise.all(pools.flatMap((pool) => [pool.start(0), pool.start(1)]));
      await pause(2_000);
      for (const kind of faults) {
        await strike(kind, { stores: this.#stores, pools, dice });
        await pause(dice.upTo(1_500));
      }
      await stopAsking();
      await answerer('mended').insert({ by_person: 'chaos' });
      const wrong = await this.#settled({ seed, asks, answers, strict, journalFile, watchedSent, patient: !plant });
      const sent = await askedOf(asker);
      const { rows } = await answerer.raw<{ rows: { n: bigint }[] }>('select count(*) as n from operator_action');
      const findings = pools.flatMap((pool) => pool.findings);
      const seconds = (performance.now() - startedMs) / 1_000;
      return {
        seed,
        faults,
        records: sent.length,
        released: Number(rows[0]!.n),
        wrong: [...wrong, ...findings, ...releasing.findings],
        seconds,
      };
    } finally {
      await stopAsking();
      await releasing.stop();
      await Promise.all(pools.map((pool) => pool.close()));
      rmSync(folder, { recursive: true });
    }
  }

  /** Waits until all is as it should be, or nothing changes any more. @returns what is wrong then */
  async #settled({
    seed,
    asks,
    answers,
    strict,
    journalFile,
    watchedSent,
    patient,
  }: Ending): Promise<readonly string[]> {
    const asked = await askedOf(this.#asker.database);
    let before = '';
    let stillSinceMs = Date.now();
    for (;;) {
      const [answered, returned] = await Promise.all([this.#answerer.effects(asks), this.#asker.effects(answers)]);
      const verdicts = [
        wordsOf('answerer', judge(asked, answered, [])),
        wordsOf('asker', judge(asked, returned, [])),
        judgeJournal(journalFile, watchedSent, isCalm(seed)),
        ...(await Promise.all(
          strict.map((topic) => judgeStrict(this.#answerer, topic, asked, { seed, isCalm: isCalm(seed) })),
        )),
      ];
      const spoilt = verdicts.flatMap((each) => each.spoilt);
      const missing = verdicts.flatMap((each) => each.missing);
      if (spoilt.length + missing.length === 0) return [];
      // What is twice or out of order does not mend itself; what is missing may still come.
      if (spoilt.length > 0) return spoilt;
      const progress = [answered.length, returned.length, finishedIn(journalFile), ...missing].join(' ');
      if (progress !== before) [before, stillSinceMs] = [progress, Date.now()];
      if (Date.now() - stillSinceMs > (patient ? stillMsMax : stillMsMax / 2)) return missing;
      await pause(300);
    }
  }
}

/** What a seed is judged by once nothing strikes any more. */
type Ending = {
  readonly seed: number;
  readonly asks: Topic;
  readonly answers: Topic;
  readonly strict: readonly Topic[];
  readonly journalFile: string;
  readonly watchedSent: readonly Sent[];
  /** False where a bug is planted: what is missing then will not come. */
  readonly patient: boolean;
};

function wordsOf(
  service: string,
  { lost, twice, invented, disordered }: Verdict,
): { readonly missing: readonly string[]; readonly spoilt: readonly string[] } {
  const some = (what: string, found: readonly unknown[]): readonly string[] =>
    found.length === 0 ? [] : [`${service}: ${found.length} ${what}, such as ${JSON.stringify(found[0])}`];
  return {
    missing: some('records lost', lost),
    spoilt: [
      ...some('records handled twice', twice),
      ...some('effects of records nobody sent', invented),
      ...some('keys out of order', disordered),
    ],
  };
}
