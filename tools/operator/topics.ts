import { topicReport } from '#messaging';
import { readArguments } from '../kezek/arguments.ts';
import type { Command } from '../kezek/command.ts';
import { atDesk } from './desk.ts';
import { showTable, toJson } from './present.ts';

const usage = `
Usage: ./kezek topics [--json]

Lists the topics of schemas/topics.yaml with what the broker holds: partitions, records, and every
difference between the two. Exit status 1 where a topic is missing or differs, 3 where no stack runs.
`;

export const command: Command = {
  name: 'topics',
  summary: 'list the topics, and where the broker differs from their table',
  usage,
  run: async (args, io) => {
    const { values } = readArguments(args, { json: { type: 'boolean', default: false } });
    return atDesk(io, async ({ brokers, log }) => {
      const { rows, differences } = await topicReport({ brokers, log });
      if (values.json) io.out(toJson({ topics: rows, differences }, 2));
      else {
        showTable(
          io,
          rows.map((row) => ({
            topic: row.name,
            partitions: row.partitions,
            records: row.records,
            'dead letters': row.deadLetters,
            retention: row.retention,
            'on failure': row.failurePolicy,
            personal: row.personal ? 'yes' : 'no',
          })),
          'There is no topic.',
        );
        differences.forEach((difference) => io.out(`DIFFERS: ${difference}`));
      }
      return differences.length === 0 ? 0 : 1;
    });
  },
};
