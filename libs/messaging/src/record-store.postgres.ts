import type { Topic } from '#contracts';
import type { Database, Transaction } from '#storage';
import { deadLetter, retryRecord, type Disposition } from './dead-letter.ts';
import { within } from './deadline.ts';
import type { RecordMethod } from './handlers.ts';
import { claim } from './inbox.postgres.ts';
import { insertOutbox } from './outbox.postgres.ts';
import { appendParked, parkKey, parkedKeysAmong, type ParkedUnit } from './parking.postgres.ts';
import type { Problem } from './problem.ts';
import type { RawRecord } from './received-record.ts';
import type { RecordStore, SetAsideOutcome } from './record-store.ts';
import { keepStop, releaseAt } from './stopped-line.postgres.ts';
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
    const work = database.transaction(async (trx) => {
      const keys = units.map(({ inboxKey }) => inboxKey);
      const isNew = await claim(trx, keys, 'handled', deadlineMs + graceMs);
      const fresh = units.filter((_, index) => isNew[index]);
      if (fresh.length > 0) await within(this.#handleFresh(trx, fresh), deadlineMs, 'handler-overdue', 'the handler');
    });
    // A connection that answers nothing must not hold the lane: Postgres ends the transaction, we try anew.
    await within(work, deadlineMs + graceMs, 'store-unavailable', 'the transaction');
  }

  async #handleFresh(trx: Transaction, fresh: readonly Unit[]): Promise<void> {
    const parked = await this.#parkedAmong(trx, fresh);
    const waiting: ParkedUnit[] = [];
    for (const unit of fresh) {
      if (unit.parkedBy && parked.has(unit.parkedBy.toString('hex'))) waiting.push(parkedUnit(unit, unit.parkedBy));
      else if ('received' in unit.content) await this.#plan.method(unit.content.received, trx);
    }
    if (waiting.length > 0) await appendParked(trx, this.#plan.topic.name, waiting);
  }

  async #parkedAmong(trx: Transaction, units: readonly Unit[]): Promise<ReadonlySet<string>> {
    if (this.#plan.topic.failurePolicy !== 'park-key') return new Set();
    const keys = units.flatMap(({ parkedBy }) => (parkedBy ? [parkedBy] : []));
    return keys.length === 0 ? new Set() : parkedKeysAmong(trx, this.#plan.topic.name, keys);
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
      await parkKey(trx, topic.name, parkedUnit(unit, unit.parkedBy), problem);
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

  async isReleased(record: RawRecord): Promise<boolean> {
    return (await releaseAt(this.#plan.database, record)) !== undefined;
  }
}

const parkedUnit = ({ record, envelope }: Unit, parkedBy: Buffer): ParkedUnit => ({
  record,
  part: envelope.part,
  parkedBy,
});
