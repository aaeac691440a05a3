/** A log for the replay bench: `replay-log.ts LINES FOLDER`, in a process of its own, for it holds a country's state. */
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { apply, decide, openAllocation, toSnapshot, type LogEntry } from '#allocation';
import { logLine } from '../../libs/allocation/properties/wire.ts';
import { nationalMix } from './national-mix.ts';

/** Of the lines, so many fill the queues before the national mix begins. */
const preloadShare = 0.8;
const chunkCharacters = 1 << 20;

export const logName = 'log.jsonl';
export const snapshotName = 'end.snapshot';

const [linesText, folder] = process.argv.slice(2) as [string, string];
if (import.meta.main) writeLog(Number(linesText), folder);

/** Writes the log, and the state at its end. */
function writeLog(lines: number, folder: string): void {
  const file = openSync(join(folder, logName), 'w');
  let text = '';
  const write = (entry: LogEntry): void => {
    text += `${logLine(entry)}\n`;
    if (text.length < chunkCharacters) return;
    writeSync(file, text);
    text = '';
  };
  const preloaded = Math.round(lines * preloadShare);
  const mix = nationalMix(preloaded, 7, 'settled');
  const state = openAllocation();
  for (const entry of mix.preload()) {
    write(entry);
    apply(state, entry, state.lastSequence + 1);
  }
  for (let line = preloaded; line < lines; line++) {
    const entry = mix.next();
    write(entry);
    mix.learn(decide(state, entry, state.lastSequence + 1));
  }
  writeSync(file, text);
  closeSync(file);
  writeFileSync(join(folder, snapshotName), toSnapshot(state));
}
