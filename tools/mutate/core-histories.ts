/**
 * What each mutant of the core is judged by: recorded histories with their digests, and random and crowded histories with what
 * the plain reading of the text decided on them. Written down once before the mutants run, for the reading is slow.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import * as core from '#allocation';
import { type AllocationPolicy, type CalendarDays, type Decision, type LogEntry } from '#allocation';
import { recordedLog, recordedNames, recording } from '../../libs/allocation/histories/recordings.ts';
import { historyOfSeed, type History } from '../../libs/allocation/properties/history.ts';
import { decisionLine } from '../../libs/allocation/properties/wire.ts';
import { queuesByReference } from '../../libs/allocation/reference/queues.ts';
import { answersTo } from './core-answers.ts';
import { crowdedHistories } from './crowded-histories.ts';
import { edgeHistories } from './edge-histories.ts';

export type JudgedHistory = {
  readonly name: string;
  readonly policy: AllocationPolicy;
  readonly calendar: CalendarDays;
  readonly entries: readonly LogEntry[];
  /** Made for code that random histories do not reach. */
  readonly crowded: boolean;
  /** Of all decision lines. */
  readonly decisions: string;
  /** Of the queues at the end; null where the plain reading was not asked. */
  readonly queues: string | null;
  /** Of what the core, unchanged, answers when it is asked along the way; null where it is not asked. */
  readonly answers: string | null;
};

const seeds = 240;
const steps = 150;
/** Asking costs more than deciding: one random history in so many is asked. */
const askedOneIn = 8;

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
  const recorded = recordedNames().map((name) => {
    const { policy, calendar, sha256 } = recording(name);
    return { name, policy, calendar, entries: recordedLog(name), crowded: false, decisions: sha256, queues: null };
  });
  const random = Array.from({ length: seeds }, (_, i) => judged(`seed ${i + 1}`, historyOfSeed(i + 1, steps), false));
  const crowded = [...crowdedHistories(), ...edgeHistories()].map(({ name, ...history }) =>
    judged(name, history, true),
  );
  const histories = [...random, ...crowded, ...recorded].map((history, i): JudgedHistory => {
    const isAsked = i >= seeds || i % askedOneIn === 0;
    return { ...history, answers: isAsked ? digest(answersTo(core, history)) : null };
  });
  writeFileSync(file, JSON.stringify(histories));
}

function judged(name: string, { policy, calendar, entries, decided, state }: Omit<History, 'seed'>, crowded: boolean) {
  const decisions = digestOfDecisions(decided.flat());
  return { name, policy, calendar, entries, crowded, decisions, queues: digestOfQueues(queuesByReference(state)) };
}

export const readHistories = (file: string): JudgedHistory[] =>
  JSON.parse(readFileSync(file, 'utf8')) as JudgedHistory[];
