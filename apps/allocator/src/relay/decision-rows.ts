import type { DecidedRow } from '../record/decided-row.ts';

/** Names a row in publishing order. */
export type RowPlace = Pick<DecidedRow, 'logOffset' | 'part'>;

/** Whether a row is published behind another. */
export const isAfter = (one: RowPlace, other: RowPlace): boolean =>
  one.logOffset > other.logOffset || (one.logOffset === other.logOffset && one.part > other.part);

/** The stored rows as the relay reads them, and how far they are published. All throw Failure 'store-unavailable'. */
export type DecisionRows = {
  /**
   * Takes over publishing: an earlier relay can no longer move the place.
   * @returns the last row known to be published; offset -1 before the first
   * @throws Failure 'allocator-fenced' when a later epoch publishes already
   */
  begin(epoch: bigint): Promise<RowPlace>;
  /** The first rows after a place, in order. */
  after(place: RowPlace, limit: number): Promise<readonly DecidedRow[]>;
  /**
   * Everything up to this row is on Kafka, acknowledged by all. A place before the one known changes nothing: a request
   * whose answer was lost may take effect after the one that came behind it.
   * @throws Failure 'allocator-fenced' when a later epoch publishes
   */
  published(epoch: bigint, place: RowPlace): Promise<void>;
};
