import { decide, openAllocation } from '#allocation';
import { encode } from '#contracts';
import { toLogRecord } from '../../apps/allocator/src/record/translation.ts';
import type { Dice } from '../bench/dice.ts';
import { nationalMix } from '../bench/national-mix.ts';
import type { LogRecordOnTopic } from './simulated-kafka.ts';
import type { World } from './world.ts';

/** Entries of one small country, as the writer publishes them: with repeats, and now and then one that must not be decided. */
export function writeLog(world: World, applications: number, entries: number): readonly LogRecordOnTopic[] {
  const { dice } = world;
  const mix = nationalMix(applications, dice.whole(1, 1 << 30), 'even');
  const state = openAllocation();
  const log: LogRecordOnTopic[] = [];
  let number = 0n;
  let appendedAtMs = 0;
  const append = (bytes: Buffer, atMs: number): void => {
    appendedAtMs = Math.max(appendedAtMs - dice.whole(0, 60_000), atMs - dice.whole(0, 100_000));
    log.push({ bytes, appendedAtMs });
  };
  const write = (entry: Parameters<typeof decide>[1], sequence: number): ReturnType<typeof decide> => {
    const { name, value } = toLogRecord(entry, (number += 1n));
    append(encode(name, value), entry.atMs);
    return decide(state, entry, sequence);
  };
  let sequence = 0;
  for (const entry of mix.preload()) write(entry, (sequence += 1));
  for (let count = 0; count < entries; count += 1) {
    mix.learn(write(mix.next(), (sequence += 1)));
    if (dice.happens(0.06)) repeatSome(log, dice, world);
    if (dice.happens(0.008)) append(Buffer.from('\0 not what was agreed'), appendedAtMs);
    if (dice.happens(0.008)) {
      const value = { number: number + 1_000n, atMs: appendedAtMs + 60 * 60 * 1_000 };
      log.push({ bytes: encode('ClockAdvanced', value), appendedAtMs });
    }
  }
  return log;
}

/** The writer's relay publishes its last records once more. */
function repeatSome(log: LogRecordOnTopic[], dice: Dice, world: World): void {
  const from = log.length - dice.whole(1, 4);
  for (const record of log.slice(Math.max(0, from))) {
    world.count('writer-repeat');
    log.push({ ...record, appendedAtMs: log.at(-1)!.appendedAtMs });
  }
}
