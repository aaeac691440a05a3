import { headerName, headerNumber, headerText, storable, type Headers } from './headers.ts';
import type { OutboxRow } from './outbox.postgres.ts';
import type { Problem } from './problem.ts';
import { eventIdOf, originOf, originText, type RawRecord } from './received-record.ts';

/** What became of the failed record itself: only a `dead` one is driven again from here. */
export type Disposition = 'dead' | 'parked' | 'skipped' | 'stopped';

/** Headers that a dead letter has beside those of the original record. */
export const deadHeader = {
  disposition: 'kezek-dead-disposition',
  origin: 'kezek-dead-origin',
  timestamp: 'kezek-dead-timestamp',
  group: 'kezek-dead-group',
  errorClass: 'kezek-dead-error-class',
  errorMessage: 'kezek-dead-error-message',
  attempts: 'kezek-dead-attempts',
  firstFailure: 'kezek-dead-first-failure',
  lastFailure: 'kezek-dead-last-failure',
  part: 'kezek-dead-part',
} as const;

/** `<topic>.dlq`. */
export const deadLetterTopic = (topic: string): string => `${topic}.dlq`;
/** `<topic>.retry.<step>`, step from 1. */
export const retryTopic = (topic: string, step: number): string => `${topic}.retry.${step}`;

/** The record as it goes to `<topic>.dlq`: same key, same bytes, same headers, and why, where and when it failed. */
export function deadLetter(
  record: RawRecord,
  part: number,
  { group, problem, disposition, nowMs }: { group: string; problem: Problem; disposition: Disposition; nowMs: number },
): OutboxRow {
  const origin = originOf(record);
  const headers: Headers = {
    ...record.headers,
    [deadHeader.disposition]: disposition,
    [deadHeader.origin]: originText(origin),
    [deadHeader.part]: String(part),
    [deadHeader.timestamp]: String(record.timestampMs),
    [deadHeader.group]: group,
    [deadHeader.errorClass]: problem.errorClass,
    [deadHeader.errorMessage]: storable(problem.message),
    [deadHeader.attempts]: String(attemptsBefore(record) + problem.attempts),
    [deadHeader.firstFailure]: headerText(record.headers, headerName.firstFailure) ?? new Date(nowMs).toISOString(),
    [deadHeader.lastFailure]: new Date(nowMs).toISOString(),
    [headerName.redrives]: String(headerNumber(record.headers, headerName.redrives) ?? 0),
  };
  return { topic: deadLetterTopic(origin.topic), key: record.key, value: record.value, headers };
}

/** The record as it goes to the next retry topic of its origin, to be handled by one group not before a time. */
export function retryRecord(
  record: RawRecord,
  part: number,
  {
    group,
    problem,
    step,
    delayMs,
    nowMs,
  }: { group: string; problem: Problem; step: number; delayMs: number; nowMs: number },
): OutboxRow {
  const origin = originOf(record);
  const headers: Headers = {
    ...record.headers,
    [headerName.id]: eventIdOf(record) ?? originText(origin),
    [headerName.origin]: originText(origin),
    [headerName.part]: String(part),
    [headerName.group]: group,
    [headerName.attempt]: String(step + 1),
    [headerName.notBefore]: String(nowMs + delayMs),
    [headerName.firstFailure]: headerText(record.headers, headerName.firstFailure) ?? new Date(nowMs).toISOString(),
    [headerName.tried]: String(attemptsBefore(record) + problem.attempts),
  };
  return { topic: retryTopic(origin.topic, step), key: record.key, value: record.value, headers };
}

const attemptsBefore = (record: RawRecord): number => headerNumber(record.headers, headerName.tried) ?? 0;
