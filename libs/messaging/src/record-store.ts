import type { Problem } from './problem.ts';
import type { RawRecord } from './received-record.ts';
import type { Replay } from './replay.postgres.ts';
import type { Unit } from './unit.ts';

/** What became of a record that failed for good. */
export type SetAsideOutcome = 'parked' | 'retrying' | 'dead' | 'skipped' | 'stopped' | 'released' | 'repeat';

/** Where a record lane's effects go: the app's database, or nothing where a handler needs none. */
export type RecordStore = {
  /**
   * Handles units in one transaction: those that were not handled before, in order; those whose key is parked join its
   * line. @throws what a handler or the database threw; then nothing of it remains
   */
  handle(units: readonly Unit[]): Promise<void>;
  /** Keeps a unit that failed for good as its topic's policy says, bytes and reason, in a transaction of its own. */
  setAside(unit: Unit, problem: Problem): Promise<SetAsideOutcome>;
  /** Whether an operator let this record pass. */
  isReleased(record: RawRecord): Promise<boolean>;
  /** The replay that an operator asked for in this partition; undefined where there is none. */
  replayOf(topic: string, partition: number): Promise<Replay | undefined>;
  /** Handles units again, muted, and notes how far the replay is. */
  handleAgain(units: readonly Unit[], replay: Replay, nextOffset: bigint): Promise<void>;
  failReplay(replay: Replay, error: string): Promise<void>;
};
