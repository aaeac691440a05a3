import type { Topic } from '#contracts';
import { invariant } from '#runtime';
import type { Database, Transaction } from '#storage';
import { deadLetter, retryRecord, type Disposition } from './dead-letter.ts';
import { HandlerDeadline, within } from './deadline.ts';
import type { RecordMethod } from './handlers.ts';
import { claim, enterAs } from './inbox.postgres.ts';
import { insertOutbox } from './outbox.postgres.ts';
import { appendParked, parkKey, parkedKeysAmong, type ParkedUnit } from './parking.postgres.ts';
import type { Problem } from './problem.ts';
import type { RawRecord } from './received-record.ts';
import type { RecordStore, SetAsideOutcome } from './record-store.ts';
import { failReplay, muteAndRecall, noteReplay, openReplay, type Replay } from './replay.postgres.ts';
import { keepStop, releaseAt, releasesAmong } from './stopped-line.postgres.ts';
import type { Unit } from './unit.ts';

export type RecordStorePlan = {
  readonly database: Database;
  readonly topic: Topic;
  readonly group: string;
  readonly method: RecordMethod;
  readonly deadlineMs: number;
};

// Postgres ends the transaction itself, should our own end of it not arrive.
const graceMs = 2_000;

/** Inbox, effects, parked records and outbox rows of a record in one transaction of the app's database. */
export class PostgresRecordStore implements RecordStore {
  readonly #plan: RecordStorePlan;

  constructor(plan: RecordStorePlan) {
    this.#plan = plan;
  }

  async handle(units: readonly Unit[]): Promise<void> {
    const { database, deadlineMs } = this.#plan;
    const deadline = new HandlerDeadline(deadlineMs, graceMs);
    const work = database.transaction(async (trx) => {
      const keys = units.map(({ inboxKey }) => inboxKey);
      const isNew = await claim(trx, keys, 'handled', deadlineMs + graceMs);
      const fresh = units.filter((_, index) => isNew[index]);
      if (fresh.length > 0) await deadline.handler(this.#handleFresh(trx, fresh));
    });
    // A connection that answers nothing must not hold the lane: Postgres ends the transaction, we try anew.
    await deadline.transaction(work);
  }

  async #handleFresh(trx: Transaction, fresh: readonly Unit[]): Promise<void> {
    const parked = await this.#parkedAmong(trx, fresh);
    const released = await this.#releasedAmong(trx, fresh);
    const waits = ({ parkedBy }: Unit): boolean => parkedBy !== null && parked.has(parkedBy.toString('hex'));
    for (const unit of fresh) {
      if (released.has(unit.record.offset)) continue;
      if ('received' in unit.content && !waits(unit)) await this.#plan.method(unit.content.received, trx);
    }
    const waiting = fresh.filter(waits);
    if (waiting.length === 0) return;
    await appendParked(trx, this.#plan.topic.name, waiting.map(parkedUnit));
    await enterAs(
      trx,
      'parked',
      waiting.map(({ inboxKey }) => inboxKey),
    );
  }

  async #parkedAmong(trx: Transaction, units: readonly Unit[]): Promise<ReadonlySet<string>> {
    if (this.#plan.topic.failurePolicy !== 'park-key') return new Set();
    const keys = units.flatMap(({ parkedBy }) => (parkedBy ? [parkedBy] : []));
    return keys.length === 0 ? new Set() : parkedKeysAmong(trx, this.#plan.topic.name, keys);
  }

  // An operator's word stands, also when the record would succeed by now: others have been told that it was left out.
  async #releasedAmong(trx: Transaction, units: readonly Unit[]): Promise<ReadonlySet<bigint>> {
    if (this.#plan.topic.failurePolicy !== 'stop-the-line') return new Set();
    const releases = await releasesAmong(
      trx,
      units.map(({ record }) => record),
    );
    const releasedUnits = units.filter(({ record }) => releases.has(record.offset));
    if (releasedUnits.length > 0)
      await enterAs(
        trx,
        'released',
        releasedUnits.map(({ inboxKey }) => inboxKey),
      );
    return releases;
  }

  async setAside(unit: Unit, problem: Problem): Promise<SetAsideOutcome> {
    const { database, deadlineMs } = this.#plan;
    const work = database.transaction((trx) => this.#setAsideIn(trx, unit, problem));
    return within(work, deadlineMs + graceMs, 'store-unavailable', 'setting a record aside');
  }

  async #setAsideIn(trx: Transaction, unit: Unit, problem: Problem): Promise<SetAsideOutcome> {
    const { topic, deadlineMs } = this.#plan;
    const take = async (outcome: 'parked' | 'retrying' | 'dead' | 'released'): Promise<boolean> => {
      const [isNew] = await claim(trx, [unit.inboxKey], outcome, deadlineMs + graceMs);
      return isNew === true;
    };
    if (topic.failurePolicy === 'stop-the-line') {
      if (await releaseAt(trx, unit.record)) return (await take('released')) ? 'released' : 'repeat';
      if (await keepStop(trx, unit.record, problem)) await this.#bury(trx, unit, problem, 'stopped');
      return 'stopped';
    }
    if (topic.failurePolicy === 'park-key' && unit.parkedBy) {
      if (!(await take('parked'))) return 'repeat';
      await parkKey(trx, topic.name, parkedUnit(unit), problem);
      await this.#bury(trx, unit, problem, 'parked');
      return 'parked';
    }
    const delayMs = topic.retryDelaysMs[unit.inboxKey.attempt - 1];
    if (topic.failurePolicy === 'retry-topic' && 'received' in unit.content && delayMs !== undefined) {
      if (!(await take('retrying'))) return 'repeat';
      const step = unit.inboxKey.attempt;
      const plan = { group: this.#plan.group, problem, step, delayMs, nowMs: Date.now() };
      await insertOutbox(trx, [retryRecord(unit.record, unit.envelope.part, plan)]);
      return 'retrying';
    }
    if (!(await take('dead'))) return 'repeat';
    const disposition = topic.failurePolicy === 'skip' ? 'skipped' : 'dead';
    await this.#bury(trx, unit, problem, disposition);
    return disposition;
  }

  async #bury(trx: Transaction, unit: Unit, problem: Problem, disposition: Disposition): Promise<void> {
    const plan = { group: this.#plan.group, problem, disposition, nowMs: Date.now() };
    await insertOutbox(trx, [deadLetter(unit.record, unit.envelope.part, plan)]);
  }

  replayOf(topic: string, partition: number): Promise<Replay | undefined> {
    return openReplay(this.#plan.database, this.#plan.group, topic, partition);
  }

  async handleAgain(units: readonly Unit[], replay: Replay, nextOffset: bigint): Promise<void> {
    const { database, deadlineMs, method } = this.#plan;
    const deadline = new HandlerDeadline(deadlineMs, graceMs);
    const work = database.transaction(async (trx) => {
      const keys = units.map(({ inboxKey }) => inboxKey);
      const wasHandled = keys.length === 0 ? [] : await muteAndRecall(trx, keys, deadlineMs + graceMs);
      const again = async (): Promise<void> => {
        for (const [index, { content }] of units.entries()) {
          if (wasHandled[index] && 'received' in content) await method(content.received, trx);
        }
      };
      await deadline.handler(again());
      await noteReplay(trx, replay, nextOffset);
    });
    await deadline.transaction(work);
  }

  failReplay(replay: Replay, error: string): Promise<void> {
    return failReplay(this.#plan.database, replay, error);
  }

  async isReleased(record: RawRecord): Promise<boolean> {
    return (await releaseAt(this.#plan.database, record)) !== undefined;
  }
}

// Only called for units that have a key to wait by.
const parkedUnit = ({ record, envelope, parkedBy }: Unit): ParkedUnit => {
  invariant(parkedBy, 'a parked record has a key');
  return { record, part: envelope.part, parkedBy };
};
