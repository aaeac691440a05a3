/**
 * Writes the recorded histories of this folder: logs as JSON lines, and a digest of the decisions that the reference made on them.
 *
 *   tools/node libs/allocation/histories/record.ts
 *
 * To be run only when a history is added. A digest that is written anew without a new history says that the past would be decided
 * otherwise: that needs another edition of the Rules in the policy and a decision record, never a refreshed file.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyOfSeed } from '../properties/history.ts';
import { logLine } from '../properties/wire.ts';
import { digestOf, recordedNames, type Recording } from './recordings.ts';

/** Seeds and lengths chosen so that together they hold every type of entry and of decision. */
const chosen = [
  { name: '01-one-queue', seed: 523, steps: 150 },
  { name: '02-two-classes', seed: 1500, steps: 150 },
  { name: '03-siblings', seed: 856, steps: 150 },
  { name: '04-stays', seed: 1157, steps: 150 },
  { name: '05-outages', seed: 120, steps: 150 },
  { name: '06-years', seed: 515, steps: 150 },
  { name: '07-closings', seed: 1107, steps: 150 },
  { name: '08-policies', seed: 859, steps: 150 },
  { name: '09-refusals', seed: 26, steps: 150 },
  { name: '10-mixed-ages', seed: 1228, steps: 150 },
  { name: '11-special', seed: 893, steps: 150 },
  { name: '12-long', seed: 8086, steps: 400 },
] as const;

for (const { name, seed, steps } of chosen) {
  if (recordedNames().includes(name)) continue;
  const { policy, calendar, entries, decided } = historyOfSeed(seed, steps);
  const log = join(import.meta.dirname, `${name}.log.jsonl`);
  if (existsSync(log)) throw new Error(`${log} has no digest beside it`);
  const recording: Recording = { policy, calendar, ...digestOf(decided.flat()) };
  writeFileSync(log, entries.map((entry) => `${logLine(entry)}\n`).join(''));
  writeFileSync(join(import.meta.dirname, `${name}.json`), `${JSON.stringify(recording, null, 2)}\n`);
}
