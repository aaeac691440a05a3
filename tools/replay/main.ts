import { parseArgs } from 'node:util';
import { replay } from './replay.ts';

const { values } = parseArgs({
  options: { calendar: { type: 'string' }, policy: { type: 'string' }, queues: { type: 'boolean' } },
});

process.exitCode = await replay({
  input: process.stdin,
  output: process.stdout,
  errors: process.stderr,
  calendarFile: values.calendar,
  policyFile: values.policy,
  queues: values.queues,
});
