import type { Command } from './command.ts';

type Entry = Pick<Command, 'name' | 'summary'> & { load(): Promise<{ readonly command: Command }> };

/** All commands, in the order of the overview. A module is loaded when its command is called. */
export const commandTable: readonly Entry[] = [
  { name: 'demo', summary: "play a city's day on a fresh stack", load: () => import('./commands/demo.ts') },
  {
    name: 'up',
    summary: 'start the stack: Kafka, Postgres, the four apps, simulated neighbours',
    load: () => import('./commands/up.ts'),
  },
  { name: 'down', summary: 'stop it', load: () => import('./commands/down.ts') },
  { name: 'status', summary: 'name every address of it', load: () => import('./commands/status.ts') },
  { name: 'logs', summary: 'show what its services write', load: () => import('./commands/logs.ts') },
  { name: 'test', summary: 'run everything a developer and CI run', load: () => import('./commands/test.ts') },
  {
    name: 'shep',
    summary: 'try an endpoint of the state gateway with honest and hostile messages',
    load: () => import('../shep/command.ts'),
  },
  {
    name: 'evidence',
    summary: 'export the evidence of exchanges with the state, and verify it off-line',
    load: () => import('../evidence/command.ts'),
  },
  {
    name: 'audit',
    summary: 'decide the log again and hold all that was published against it; export, prove, check',
    load: () => import('../audit/command.ts'),
  },
  { name: 'replay', summary: 'decide a log from a file again', load: () => import('./commands/replay.ts') },
  {
    name: 'explain',
    summary: 'say why an application stands where it stands',
    load: () => import('./commands/explain.ts'),
  },
  {
    name: 'topics',
    summary: 'list the topics, and where the broker differs from their table',
    load: () => import('../operator/topics.ts'),
  },
  { name: 'tail', summary: 'show records of a topic, decoded', load: () => import('../operator/tail.ts') },
  {
    name: 'lag',
    summary: 'how far each reader is behind, in records and seconds',
    load: () => import('../operator/lag.ts'),
  },
  {
    name: 'dlq',
    summary: 'list, show, re-drive or drop records that failed for good',
    load: () => import('../operator/dlq.ts'),
  },
  {
    name: 'parked',
    summary: 'list and release keys that wait behind a failed record',
    load: () => import('../operator/parked.ts'),
  },
  {
    name: 'release-line',
    summary: 'let the record pass at which a line stopped',
    load: () => import('../operator/release-line.ts'),
  },
  {
    name: 'replay-group',
    summary: 'let a reader read its past again with its side effects muted',
    load: () => import('../operator/replay-group.ts'),
  },
];

/** @returns the command of that name, loaded. */
export async function findCommand(name: string): Promise<Command | undefined> {
  return (await commandTable.find((entry) => entry.name === name)?.load())?.command;
}
