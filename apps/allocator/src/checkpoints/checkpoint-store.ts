import type { RowPlace } from '../relay/decision-rows.ts';
import type { CheckpointState, CoveredRow } from './checkpoint-maker.ts';

/** A checkpoint as it goes to Kafka. */
export type StoredCheckpoint = Pick<CheckpointState, 'number' | 'atMs'> & {
  /** `CheckpointSigned`, framed. */
  readonly value: Buffer;
};

/**
 * Where checkpoints are kept with the state they were made from, and how far they are published. All throw Failure
 * 'store-unavailable'; whether it was done is then unknown, and `begin` tells.
 */
export type CheckpointStore = {
  /**
   * Takes over making checkpoints: an earlier epoch can keep nothing more.
   * @returns the newest state; undefined before the first
   * @throws Failure 'allocator-fenced' when a later epoch makes them already
   */
  begin(epoch: bigint): Promise<CheckpointState | undefined>;
  /** The first rows after a place, in order, of those that are known to be on Kafka. */
  rowsAfter(place: RowPlace, limit: number): Promise<readonly CoveredRow[]>;
  /**
   * Keeps the next checkpoint.
   * @throws Failure 'allocator-fenced' when the epoch is over, or numbers are missing before this one;
   *   'store-unavailable' when one of this number is there: an `add` that seemed lost took effect late, and `begin` tells
   */
  add(epoch: bigint, state: CheckpointState, value: Buffer): Promise<void>;
  /** Those that are not known to be published, in order. */
  unpublished(limit: number): Promise<readonly StoredCheckpoint[]>;
  /**
   * All up to this number are on Kafka.
   * @throws Failure 'allocator-fenced' when the epoch is over
   */
  published(epoch: bigint, number: bigint): Promise<void>;
};
