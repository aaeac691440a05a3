import { topics } from '#contracts';
import { requestReplay, type ReplayRequest } from '#messaging';
import { readArguments } from '../kezek/arguments.ts';
import { UsageError, type Command } from '../kezek/command.ts';
import { appOfGroup, atDesk, operatorOf } from './desk.ts';
import { showTable, toJson } from './present.ts';
import { momentMs } from './times.ts';

const usage = `
Usage: ./kezek replay-group GROUP --to WHERE --reason TEXT [--person NAME] [--json]

Lets a group read its past again, up to where it is now, to build its tables anew. Side effects are muted: nothing its
handlers add to the outbox is published, and they are told that it is a replay. What waits (parked, dead) is left out.

  --to WHERE   beginning, an offset of each partition, or a time: 2026-05-01T10:00:00Z, 15m, 2h
The allocator keeps its own position and cannot be replayed so; kezek replay decides its log again.
Exit status 1 where there is nothing behind the group, or a replay is under way.
`;

const text = { type: 'string' } as const;

export const command: Command = {
  name: 'replay-group',
  summary: 'let a reader read its past again with its side effects muted',
  usage,
  run: async (args, io) => {
    const options = { to: text, reason: text, person: text, json: { type: 'boolean', default: false } } as const;
    const { values, positionals } = readArguments(args, options, 1);
    const [group] = positionals;
    if (group === undefined) throw new UsageError('a group is missing; kezek lag --all lists them');
    if (values.to === undefined) throw new UsageError('--to is missing');
    const app = appOfGroup(group);
    if (app === 'allocator') throw new UsageError('the allocator keeps its own position; see kezek replay');
    const topic = Object.values(topics).find(({ name }) => `${app}.${name.replace(/^kezek\./, '')}` === group);
    if (!topic) throw new UsageError(`${group} reads no topic of the table`);
    const to = whereOf(values.to, Date.now());
    const operator = operatorOf(values);
    return atDesk(io, async ({ brokers, log, databaseOf }) => {
      const request = { brokers, log, group, topic: topic.name, to };
      const ranges = await requestReplay(databaseOf(app), request, operator);
      if (values.json) io.out(toJson({ group, topic: topic.name, ranges }, 2));
      else {
        const rows = ranges.map(({ partition, from, until }) => ({
          partition,
          from: Number(from),
          until: Number(until),
        }));
        showTable(io, rows, 'Nothing is behind the group, or a replay is under way.');
      }
      return ranges.length === 0 ? 1 : 0;
    });
  },
};

function whereOf(where: string, nowMs: number): ReplayRequest['to'] {
  if (where === 'beginning') return 'beginning';
  if (/^\d+$/.test(where)) return { offset: BigInt(where) };
  return { timeMs: momentMs('--to', where, nowMs) };
}
