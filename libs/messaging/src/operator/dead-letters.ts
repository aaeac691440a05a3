import { deadHeader, deadLetterTopic, type Disposition } from '../dead-letter.ts';
import { headerName, headerNumber, headerText, type Headers } from '../headers.ts';
import type { Origin } from '../envelope.ts';
import { eventIdOf, originText, parseOrigin, type RawRecord } from '../received-record.ts';
import { readTopic, type ReadingPlan } from './read-topic.ts';

/** A record of a `.dlq` topic, taken apart. */
export type DeadLetter = {
  /** `<partition>/<offset>` in the dead-letter topic. */
  readonly id: string;
  readonly origin: Origin;
  readonly part: number;
  readonly group: string;
  readonly disposition: Disposition;
  readonly errorClass: string;
  readonly errorMessage: string;
  readonly attempts: number;
  readonly redrives: number;
  readonly firstFailure: string;
  readonly lastFailure: string;
  readonly eventId: string | undefined;
  readonly key: Buffer | null;
  readonly bytes: Buffer | null;
  /** The original's headers, without those that tell about its death. */
  readonly headers: Headers;
  /** The record died again after this: only its last death can be acted on. */
  readonly superseded: boolean;
};

export type DeadLetterFilter = {
  /** Last failure not before, ms. */
  readonly fromMs?: number;
  /** Last failure before, ms. */
  readonly toMs?: number;
  readonly key?: string;
  readonly errorClass?: string;
  readonly group?: string;
  /** Offsets in the dead-letter topic, both included. */
  readonly offsets?: { readonly from: bigint; readonly to: bigint };
  readonly id?: string;
};

/** Reads the dead letters of a topic that pass the filter, in the order in which they died, partition by partition. */
export async function deadLetters(
  connection: Pick<ReadingPlan, 'brokers' | 'log'>,
  topic: string,
  filter: DeadLetterFilter,
): Promise<readonly DeadLetter[]> {
  const found: DeadLetter[] = [];
  const redrives = new Map<string, number>();
  const plan = { ...connection, topic: deadLetterTopic(topic), from: 'beginning', follow: false } as const;
  await readTopic(plan, (record) => {
    const letter = deadLetterOf(record, topic);
    if (letter) redrives.set(recordOf(letter), Math.max(letter.redrives, redrives.get(recordOf(letter)) ?? 0));
    if (letter && passes(letter, record, filter)) found.push(letter);
    return true;
  });
  const told = found.map((letter) => ({ ...letter, superseded: letter.redrives < redrives.get(recordOf(letter))! }));
  return told.sort((a, b) => (a.lastFailure < b.lastFailure ? -1 : a.lastFailure > b.lastFailure ? 1 : 0));
}

const recordOf = ({ origin, part, group }: DeadLetter): string => `${group} ${originText(origin)} ${part}`;

const deadHeaderNames: ReadonlySet<string> = new Set(Object.values(deadHeader));

/** @returns undefined for a record that the runtime did not write */
function deadLetterOf(record: RawRecord, topic: string): DeadLetter | undefined {
  const { headers } = record;
  const origin = parseOrigin(headerText(headers, deadHeader.origin));
  const group = headerText(headers, deadHeader.group);
  if (!origin || origin.topic !== topic || group === undefined) return undefined;
  return {
    id: `${record.partition}/${record.offset}`,
    origin,
    group,
    part: headerNumber(headers, deadHeader.part) ?? 0,
    disposition: (headerText(headers, deadHeader.disposition) ?? 'dead') as Disposition,
    errorClass: headerText(headers, deadHeader.errorClass) ?? '',
    errorMessage: headerText(headers, deadHeader.errorMessage) ?? '',
    attempts: headerNumber(headers, deadHeader.attempts) ?? 0,
    redrives: headerNumber(headers, headerName.redrives) ?? 0,
    firstFailure: headerText(headers, deadHeader.firstFailure) ?? '',
    lastFailure: headerText(headers, deadHeader.lastFailure) ?? '',
    eventId: eventIdOf(record),
    key: record.key,
    bytes: record.value,
    superseded: false,
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !deadHeaderNames.has(name))),
  };
}

function passes(letter: DeadLetter, { offset }: RawRecord, filter: DeadLetterFilter): boolean {
  const lastMs = Date.parse(letter.lastFailure);
  return (
    (filter.id === undefined || letter.id === filter.id) &&
    (filter.fromMs === undefined || lastMs >= filter.fromMs) &&
    (filter.toMs === undefined || lastMs < filter.toMs) &&
    (filter.key === undefined || letter.key?.toString('utf8') === filter.key) &&
    (filter.errorClass === undefined || letter.errorClass === filter.errorClass) &&
    (filter.group === undefined || letter.group === filter.group) &&
    (filter.offsets === undefined || (offset >= filter.offsets.from && offset <= filter.offsets.to))
  );
}
