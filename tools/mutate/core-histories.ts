/**
 * What each mutant of the core is judged by: recorded histories with their digests, and random histories with what the plain
 * reading of the text decided on them. Written down once before the mutants run, for the reading is slow.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { type AllocationPolicy, type CalendarDays, type Decision, type LogEntry } from '#allocation';
import { recordedLog, recordedNames, recording } from '../../libs/allocation/histories/recordings.ts';
import { historyOfSeed } from '../../libs/allocation/properties/history.ts';
import { decisionLine } from '../../libs/allocation/properties/wire.ts';
import { queuesByReference } from '../../libs/allocation/reference/queues.ts';

export type JudgedHistory = {
  readonly name: string;
  readonly policy: AllocationPolicy;
  readonly calendar: CalendarDays;
  readonly entries: readonly LogEntry[];
  /** Of all decision lines. */
  readonly decisions: string;
  /** Of the queues at the end; null where the plain reading was not asked. */
  readonly queues: string | null;
};

const seeds = 240;
const steps = 150;

export const digest = (texts: readonly string[]): string => {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text).update('\n');
  return hash.digest('hex');
};

export const digestOfDecisions = (decisions: readonly Decision[]): string => digest(decisions.map(decisionLine));

type NamedQueue = ReturnType<typeof queuesByReference>[number];

export const digestOfQueues = (queues: readonly NamedQueue[]): string =>
  digest(
    queues.map(({ preschoolId, queue, profile, language, birthYear, applicationIds }) =>
      JSON.stringify([preschoolId, queue, profile, language, birthYear, applicationIds]),
    ),
  );

export function writeHistories(file: string): void {
  const recorded = recordedNames().map((name): JudgedHistory => {
    const { policy, calendar, sha256 } = recording(name);
    return { name, policy, calendar, entries: recordedLog(name), decisions: sha256, queues: null };
  });
  const random = Array.from({ length: seeds }, (_, i): JudgedHistory => {
    const { policy, calendar, entries, decided, state } = historyOfSeed(i + 1, steps);
    const decisions = digestOfDecisions(decided.flat());
    const queues = digestOfQueues(queuesByReference(state));
    return { name: `seed ${i + 1}`, policy, calendar, entries, decisions, queues };
  });
  writeFileSync(file, JSON.stringify([...random, ...recorded]));
}

export const readHistories = (file: string): JudgedHistory[] =>
  JSON.parse(readFileSync(file, 'utf8')) as JudgedHistory[];
