import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { stillRuns, type ProcessRecord } from './process-record.ts';

type StackKind = 'embedded' | 'docker' | 'external';

export type ServiceState = {
  readonly name: string;
  readonly kind: 'app' | 'store' | 'simulator';
  /** Where it answers: without a password. */
  readonly url: string;
  readonly log: string;
};

/** What `status`, `down`, `logs` and the demo know about a stack; it lies in `.kezek/stack.json`. */
export type StackState = {
  readonly kind: StackKind;
  /** Name of its data: `work` or `demo`. */
  readonly name: string;
  readonly launcher: ProcessRecord;
  readonly phase: 'starting' | 'running';
  readonly startedAt: string;
  readonly services: readonly ServiceState[];
};

/** Writes the state in one step: a reader sees the old or the new one. */
export function writeStackState(file: string, state: StackState): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, `${JSON.stringify(state, undefined, 2)}\n`);
  renameSync(`${file}.new`, file);
}

/** @returns the state of the stack whose launcher runs; undefined where none does, whatever the file says. */
export function readStackState(file: string): StackState | undefined {
  if (!existsSync(file)) return undefined;
  const state = JSON.parse(readFileSync(file, 'utf8')) as StackState;
  return stillRuns(state.launcher) ? state : undefined;
}
