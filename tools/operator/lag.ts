import { groupLag } from '#messaging';
import { readArguments } from '../kezek/arguments.ts';
import type { Command } from '../kezek/command.ts';
import { atDesk } from './desk.ts';
import { showTable, toJson } from './present.ts';
import { wholeNumber } from './times.ts';

const usage = `
Usage: ./kezek lag [GROUP] [--all] [--seconds-max N] [--json]

How far each consumer group is behind: in records, and in seconds (the age of the oldest record that waits).

  GROUP            only groups whose name begins with this
  --all            also partitions without lag
  --seconds-max N  exit status 1 when any group is more than N seconds behind
`;

export const command: Command = {
  name: 'lag',
  summary: 'how far each reader is behind, in records and seconds',
  usage,
  run: async (args, io) => {
    const { values, positionals } = readArguments(
      args,
      {
        all: { type: 'boolean', default: false },
        'seconds-max': { type: 'string' },
        json: { type: 'boolean', default: false },
      },
      1,
    );
    const secondsMax =
      values['seconds-max'] === undefined ? Infinity : wholeNumber('--seconds-max', values['seconds-max']);
    const prefix = positionals[0] ?? '';
    return atDesk(io, async ({ brokers, log }) => {
      const isWanted = (group: string): boolean => group.startsWith(prefix) && !group.startsWith('kezek-operator-');
      const lags = await groupLag({ brokers, log }, isWanted, Date.now());
      const shown = lags.filter(({ messages }) => values.all || messages > 0);
      if (values.json) io.out(toJson(shown, 2));
      else {
        showTable(
          io,
          shown.map((lag) => ({
            group: lag.group,
            topic: lag.topic,
            partition: lag.partition,
            committed: lag.committed === undefined ? undefined : Number(lag.committed),
            end: Number(lag.end),
            records: lag.messages,
            seconds: Math.round(lag.seconds * 10) / 10,
            state: lag.state,
          })),
          lags.length === 0 ? 'There is no such group.' : 'Nobody is behind.',
        );
      }
      return lags.some(({ seconds }) => seconds > secondsMax) ? 1 : 0;
    });
  },
};
