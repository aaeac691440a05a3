import { Gauge } from 'prom-client';

/** What the allocator tells of itself at /metrics, asked when somebody looks. */
export type AllocatorFigures = {
  readonly nextOffset: bigint;
  readonly storedOffset: bigint | undefined;
  readonly isLeading: boolean;
  /** Log records that came again and were dropped by the writer's number. */
  readonly repeats: number;
};

/** What the other threads have published. */
export type PublishedFigures = {
  /** Log offset of the last row on Kafka, by this process. */
  readonly publishedOffset: () => bigint | undefined;
  /** Number of the last checkpoint on Kafka, by this process. */
  readonly checkpoint: () => bigint | undefined;
};

/** Puts the figures into the process's own registry. Call it once. */
export function registerFigures(figures: AllocatorFigures, { publishedOffset, checkpoint }: PublishedFigures): void {
  gauge('kezek_allocator_decided_offset', 'Log offset up to which this process has decided', () =>
    Number(figures.nextOffset),
  );
  gauge('kezek_allocator_stored_offset', 'Log offset up to which decisions are known to be stored', () =>
    offset(figures.storedOffset),
  );
  gauge('kezek_allocator_published_offset', 'Log offset of the last decisions that this process published', () =>
    offset(publishedOffset()),
  );
  gauge('kezek_allocator_checkpoint', 'Number of the last checkpoint that this process published', () =>
    offset(checkpoint()),
  );
  gauge('kezek_allocator_undurable_entries', 'Log entries decided by the leader and not stored yet', () =>
    figures.isLeading ? Number(figures.nextOffset - (figures.storedOffset ?? figures.nextOffset)) : 0,
  );
  gauge('kezek_allocator_leading', '1 in the process that stores and publishes, 0 in a follower', () =>
    figures.isLeading ? 1 : 0,
  );
  gauge(
    'kezek_allocator_repeats',
    'Repeated log records dropped since the beginning of the log',
    () => figures.repeats,
  );
}

function gauge(name: string, help: string, value: () => number): void {
  new Gauge({
    name,
    help,
    collect() {
      this.set(value());
    },
  });
}

/** -1 where nothing is known yet: 0 would be an offset. */
function offset(known: bigint | undefined): number {
  return known === undefined ? -1 : Number(known);
}
