import type { RawRecord } from './received-record.ts';

/** One partition as its member handles it. A reader makes one for each partition and calls it one fetch at a time. */
export type Lane = {
  /** Handles the records of one fetch, in order; settles what is done through the control. Throws only on bugs. */
  handle(fetch: Fetch, control: LaneControl): Promise<void>;
  /**
   * The partition is newly ours: forget what was known about its place.
   * @returns the offset to begin at, or undefined for where the group left off
   */
  assigned(): Promise<bigint | undefined>;
};

export type Fetch = {
  readonly topic: string;
  readonly partition: number;
  readonly records: readonly RawRecord[];
  /** Offset at which the log ended when this was fetched. */
  readonly endOffset: bigint;
};

/** What a lane may do to the reader that feeds it. */
export type LaneControl = {
  /** False once the partition is no longer surely ours, or the app stops: finish the current transaction, take no other. */
  mayContinue(): boolean;
  /** Sends a heartbeat when one is due. Never throws: a group that is rearranged shows in `mayContinue`. */
  beat(): Promise<void>;
  /** The next fetch starts here; nothing is told to Kafka. */
  advance(nextOffset: bigint): void;
  /** Everything before this offset is done: it is committed to Kafka from time to time. */
  settled(nextOffset: bigint): void;
  /** The next fetch starts here, also when it is behind; what is fetched already is dropped. */
  seek(offset: bigint): void;
  /** Fetches nothing of this partition until `ready` says so; it is asked again and again while the partition is ours. */
  pauseUntil(ready: () => Promise<boolean> | boolean, everyMs: number): void;
};
