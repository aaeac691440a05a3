import type { Topic } from '#contracts';
import { parkedKeys, requestRelease, type AddToOutbox } from '#messaging';
import type { Database } from '#storage';
import type { MessagingRig, Sent } from '#testing';
import type { Dice } from './dice.ts';
import { releaseLines } from './strict-policies.ts';

const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const writers = 6;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Tables of the chaos beside those of the runtime: what was asked is written in the very transaction that asks it. */
export async function makeTables(asker: Database, answerer: Database): Promise<void> {
  await asker.raw('create table key_counter (key text primary key, n int not null)');
  await asker.raw('create table asked (key text, n int, primary key (key, n))');
  await answerer.raw('create table mended (by_person text)');
}

/** Empties both schemas, for the next seed. */
export async function emptyTables(asker: Database, answerer: Database): Promise<void> {
  const ofRuntime = 'outbox, inbox, parked_record, parked_key, stopped_line, operator_action, effect';
  await asker.raw(`truncate ${ofRuntime}, key_counter, asked`);
  await answerer.raw(`truncate ${ofRuntime}, mended`);
  await asker('key_counter').insert(keys.map((key) => ({ key, n: 0 })));
}

/**
 * Asks on all of the topics, in many transactions at once that commit in another order than they began, until told to stop. Transactions
 * that fail with the database are made again. @returns how to stop it
 */
export function startAsking(
  asker: Database,
  topics: readonly Topic[],
  add: AddToOutbox,
  dice: Dice,
): () => Promise<void> {
  let stopping = false;
  const ask = async (key: string, holdMs: number): Promise<void> => {
    await asker.transaction(async (trx) => {
      const [counted] = await trx('key_counter').where({ key }).increment('n', 1).returning<{ n: number }[]>('n');
      const n = counted!.n;
      await trx('asked').insert({ key, n });
      const value = { number: BigInt(n), atMs: Date.now() };
      await add.all(
        trx,
        topics.map((topic) => ({ topic: topic.name, key, name: 'ClockAdvanced', value })),
      );
      await pause(holdMs);
    });
  };
  const writer = async (): Promise<void> => {
    while (!stopping) {
      await ask(dice.pick(keys), dice.upTo(60)).catch(() => pause(100));
      await pause(dice.upTo(250));
    }
  };
  const running = Promise.all(Array.from({ length: writers }, writer));
  return async () => {
    stopping = true;
    await running;
  };
}

/** An operator who releases whatever is parked and every line that stands, again and again. @returns how to stop, with what was wrong */
export function startReleasing(
  databases: readonly Database[],
  everyMs: number,
): { stop(): Promise<void>; readonly findings: readonly string[] } {
  let stopping = false;
  const findings: string[] = [];
  const round = async (database: Database): Promise<void> => {
    for (const { topic, key, releasing } of await parkedKeys(database)) {
      const operator = { person: 'chaos', reason: 'it may be mended' };
      if (!releasing) await requestRelease(database, { topic, key, head: 'again' }, operator);
    }
    findings.push(...(await releaseLines(database)));
  };
  const running = (async () => {
    while (!stopping) {
      for (const database of databases) await round(database).catch(() => undefined);
      await pause(everyMs);
    }
  })();
  const stop = async (): Promise<void> => {
    stopping = true;
    await running;
  };
  return { stop, findings };
}

/** What was asked, by what the database says. */
export const askedOf = (asker: Database): Promise<Sent[]> =>
  asker('asked').orderBy(['key', 'n']).select<Sent[]>('key', 'n');

/** Records to watch, written at once, so that a reader has seconds of work in one fetch. */
export async function sendWatched(rig: MessagingRig, topic: Topic, each: number): Promise<readonly Sent[]> {
  const sent = Array.from({ length: each }, (_, index) => keys.map((key) => ({ key, n: index + 1 }))).flat();
  await rig.send(topic, sent);
  return sent;
}
