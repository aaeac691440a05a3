import { replay } from '../../replay/replay.ts';
import { readArguments } from '../arguments.ts';
import type { Command } from '../command.ts';

const usage = `
Usage: ./kezek replay [--calendar FILE] [--policy FILE] [--queues] < ENTRIES > DECISIONS

Reads entries of the allocation log as JSON lines and writes what the core decides on them, as JSON
lines, in order (docs/allocation.md, section 7). Needs no stack. Exit status 2 where a line is malformed.

  --calendar FILE   {"weekend":[6,7],"holidays":["2026-07-06"],"workdays":["2026-01-10"]}
  --policy FILE     all fields of section 8
  --queues          end with a line for each queue in which somebody waits
`;

export const command: Command = {
  name: 'replay',
  summary: 'decide a log from a file again',
  usage,
  run: (args) => {
    const { values } = readArguments(args, {
      calendar: { type: 'string' },
      policy: { type: 'string' },
      queues: { type: 'boolean', default: false },
    });
    return replay({
      input: process.stdin,
      output: process.stdout,
      errors: process.stderr,
      calendarFile: values.calendar,
      policyFile: values.policy,
      queues: values.queues,
    });
  },
};
