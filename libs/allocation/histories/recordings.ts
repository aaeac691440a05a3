/** The recorded histories of this folder: `NAME.log.jsonl` is the log, `NAME.json` how it begins and what came of it. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CalendarDays } from '../src/calendar.ts';
import type { Decision, LogEntry } from '../src/messages.ts';
import type { AllocationPolicy } from '../src/policy.ts';
import { decisionLine, logEntryOfLine } from '../properties/wire.ts';

export type Digest = {
  readonly decisions: number;
  /** Of the decision lines of section 7, each with its line feed. */
  readonly sha256: string;
};

export type Recording = Digest & { readonly policy: AllocationPolicy; readonly calendar: CalendarDays };

const folder = import.meta.dirname;

export function recordedNames(): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort();
}

export function recording(name: string): Recording {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Recording;
}

export function recordedLog(name: string): LogEntry[] {
  const lines = readFileSync(join(folder, `${name}.log.jsonl`), 'utf8').split('\n');
  return lines.filter((line) => line !== '').map(logEntryOfLine);
}

export function digestOf(decisions: readonly Decision[]): Digest {
  const hash = createHash('sha256');
  for (const decision of decisions) hash.update(`${decisionLine(decision)}\n`);
  return { decisions: decisions.length, sha256: hash.digest('hex') };
}
