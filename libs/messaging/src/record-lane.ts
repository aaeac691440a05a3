import type { Topic } from '#contracts';
import type { Logger } from '#runtime';
import { pause } from './deadline.ts';
import { headerName, headerNumber, headerText } from './headers.ts';
import type { Fetch, Lane, LaneControl } from './lane.ts';
import { backoffMs, type MessagingLimits } from './limits.ts';
import { errorClassOf, problemOf, treatmentOf, type Problem } from './problem.ts';
import type { RawRecord } from './received-record.ts';
import type { RecordStore } from './record-store.ts';
import type { Replay } from './replay.postgres.ts';
import { unitsOf, type Reading, type Unit } from './unit.ts';

export type RecordLanePlan = {
  readonly topic: Topic;
  /** The topic that is read: the same, or one of its retry topics. */
  readonly source: string;
  readonly partition: number;
  /** Of the first-hand topic; retry topics are read by a group of their own but remembered under this one. */
  readonly group: string;
  readonly reading: Reading;
  readonly store: RecordStore;
  readonly together: number;
  readonly limits: MessagingLimits;
  readonly log: Logger;
  /** Tells health about a line that waits for an operator. */
  stopped(why: string | undefined): void;
};

type Entry = { readonly record: RawRecord; readonly units: readonly Unit[] };

/**
 * One partition of a topic whose records are handled one by one, in order, each in a transaction. Several share one
 * where nothing goes wrong; after an error they are tried alone, and the topic's policy decides about the one that fails.
 */
export class RecordLane implements Lane {
  readonly #plan: RecordLanePlan;
  #replay: Replay | undefined;

  constructor(plan: RecordLanePlan) {
    this.#plan = plan;
  }

  // The place in a topic of records is Kafka's and the inbox's, unless an operator lets the past be read again.
  async assigned(): Promise<bigint | undefined> {
    this.#replay = await this.#plan.store.replayOf(this.#plan.source, this.#plan.partition);
    return this.#replay?.nextOffset;
  }

  async handle(fetch: Fetch, control: LaneControl): Promise<void> {
    let at = 0;
    while (at < fetch.records.length && control.mayContinue()) {
      const first = fetch.records[at]!;
      if (this.#replay && first.offset < this.#replay.untilOffset) {
        at += await this.#again(fetch.records.slice(at, at + this.#plan.together), this.#replay, control);
        continue;
      }
      if (this.#isEarly(first, control)) return;
      const entries = this.#take(fetch.records.slice(at, at + this.#plan.together));
      const done = await this.#settle(entries, control);
      const last = entries[done - 1];
      if (last) finish(last, control);
      if (done < entries.length) return;
      at += done;
      await control.beat();
    }
  }

  /** Handles the past again, muted. @returns how many records are done; all of the fetch when it cannot go on */
  async #again(records: readonly RawRecord[], replay: Replay, control: LaneControl): Promise<number> {
    const past = records.filter(({ offset }) => offset < replay.untilOffset);
    const units = past
      .filter((record) => this.#isForUs(record))
      .flatMap((record) => unitsOf(record, this.#plan.reading, true));
    const nextOffset = past.at(-1)!.offset + 1n;
    for (let tries = 1; control.mayContinue(); tries += 1) {
      const error = await this.#whileBeating(control, () => this.#plan.store.handleAgain(units, replay, nextOffset));
      if (error === undefined) {
        control.advance(nextOffset);
        if (nextOffset >= replay.untilOffset) this.#replay = undefined;
        return past.length;
      }
      if (treatmentOf(error) === 'final' || tries >= this.#plan.limits.attemptsInPlace) {
        this.#plan.log.error({
          event: 'replay-failed',
          group: this.#plan.group,
          offset: String(nextOffset),
          err: error,
        });
        await this.#plan.store.failReplay(replay, (error as Error).message);
        this.#replay = undefined;
        control.seek(replay.untilOffset);
        return records.length;
      }
      await this.#rest(tries, control);
    }
    return records.length;
  }

  // A record of a retry topic waits for its time; those behind it are later still.
  #isEarly(record: RawRecord, control: LaneControl): boolean {
    const notBeforeMs = headerNumber(record.headers, headerName.notBefore) ?? 0;
    const leftMs = notBeforeMs - Date.now();
    if (leftMs <= 0) return false;
    control.pauseUntil(() => Date.now() >= notBeforeMs, Math.min(leftMs, 1_000));
    return true;
  }

  /** The records that can go together: none of them early, and one that cannot be read goes alone. */
  #take(records: readonly RawRecord[]): readonly Entry[] {
    const entries: Entry[] = [];
    for (const record of records) {
      if (entries.length > 0 && (headerNumber(record.headers, headerName.notBefore) ?? 0) > Date.now()) break;
      const units = this.#isForUs(record) ? unitsOf(record, this.#plan.reading, false) : [];
      const readable = units.every(({ content }) => 'received' in content);
      if (!readable && entries.length > 0) break;
      entries.push({ record, units });
      if (!readable) break;
    }
    return entries;
  }

  #isForUs(record: RawRecord): boolean {
    const only = headerText(record.headers, headerName.group);
    if (only !== undefined && only !== this.#plan.group) return false;
    return !(record.value === null && this.#plan.topic.retention === 'compacted');
  }

  /** @returns how many of the entries are settled; fewer than all when the line stops or the partition is lost */
  async #settle(entries: readonly Entry[], control: LaneControl): Promise<number> {
    const units = entries.flatMap((entry) => entry.units);
    if (units.length === 0) return entries.length;
    if (units.length > 1) {
      const error = await this.#attempt(units, control);
      if (error === undefined) return entries.length;
      this.#plan.log.debug({ event: 'group-split', group: this.#plan.group, records: units.length, err: error });
    }
    for (const [index, entry] of entries.entries()) {
      for (const unit of entry.units) {
        if (!control.mayContinue() || !(await this.#alone(unit, control))) return index;
      }
      finish(entry, control);
    }
    return entries.length;
  }

  /** Handles one unit until it is done or set aside. @returns false when the line stops here or the partition is lost */
  async #alone(unit: Unit, control: LaneControl): Promise<boolean> {
    const { limits } = this.#plan;
    for (let tries = 1; ; tries += 1) {
      const error = 'unreadable' in unit.content ? unit.content.unreadable : await this.#attempt([unit], control);
      if (error === undefined) return true;
      const treatment = 'unreadable' in unit.content ? 'final' : treatmentOf(error);
      if (treatment === 'final' || (treatment === 'retry' && tries >= limits.attemptsInPlace)) {
        return this.#setAside(unit, problemOf(error, tries), control);
      }
      if (treatment === 'wait') tries = Math.min(tries, limits.attemptsInPlace - 1);
      this.#report('record-tried-again', unit, { tries, err: error });
      if (!(await this.#rest(tries, control))) return false;
    }
  }

  async #setAside(unit: Unit, problem: Problem, control: LaneControl): Promise<boolean> {
    for (let tries = 1; ; tries += 1) {
      try {
        const outcome = await this.#plan.store.setAside(unit, problem);
        this.#report('record-set-aside', unit, { outcome, ...problem });
        if (outcome !== 'stopped') return true;
        this.#stop(unit.record, problem, control);
        return false;
      } catch (error) {
        // The bytes must be kept before the line may go on, however long the database is away.
        this.#report('set-aside-failed', unit, { tries, err: error });
        if (!(await this.#rest(tries, control))) return false;
      }
    }
  }

  #stop(record: RawRecord, problem: Problem, control: LaneControl): void {
    const { stopped, store, limits } = this.#plan;
    stopped(`offset ${record.offset}, ${problem.errorClass}: ${problem.message}`);
    control.pauseUntil(async () => {
      const released = await store.isReleased(record);
      if (released) stopped(undefined);
      return released;
    }, limits.releasePollMs);
  }

  /** @returns the error, or undefined when the units are handled */
  #attempt(units: readonly Unit[], control: LaneControl): Promise<unknown> {
    return this.#whileBeating(control, () => this.#plan.store.handle(units));
  }

  async #whileBeating(control: LaneControl, work: () => Promise<void>): Promise<unknown> {
    const beating = setInterval(() => void control.beat(), this.#plan.limits.heartbeatMs);
    try {
      await work();
      return undefined;
    } catch (error) {
      return error;
    } finally {
      clearInterval(beating);
    }
  }

  async #rest(tries: number, control: LaneControl): Promise<boolean> {
    const ms = backoffMs(tries + 1, this.#plan.limits, Math.random());
    await this.#whileBeating(control, () => pause(ms, () => control.mayContinue()));
    return control.mayContinue();
  }

  #report(event: string, { record, envelope }: Unit, details: Record<string, unknown>): void {
    const { topic, partition, offset } = record;
    const where = { group: this.#plan.group, topic, partition, offset: offset.toString(), part: envelope.part };
    const { err, ...others } = details;
    const why = err === undefined ? {} : { errorClass: errorClassOf(err), message: (err as Error).message };
    this.#plan.log.warn({ event, ...where, eventId: envelope.id, ...others, ...why });
  }
}

function finish({ record }: Entry, control: LaneControl): void {
  control.advance(record.offset + 1n);
  control.settled(record.offset + 1n);
}
