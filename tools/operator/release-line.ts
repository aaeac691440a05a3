import { releaseLine, stoppedLines } from '#messaging';
import { readArguments } from '../kezek/arguments.ts';
import { UsageError, type Command } from '../kezek/command.ts';
import { atDesk, operatorOf, topicNamed } from './desk.ts';
import { showTable, toJson } from './present.ts';
import { wholeNumber } from './times.ts';

const usage = `
Usage: ./kezek release-line                                              (lists the lines that stand)
       ./kezek release-line TOPIC --offset N --reason TEXT [--person NAME] [--partition N]

Lets the record at which a line stopped pass, unhandled. Who released it and why is kept, and told to the reader.
Exit status 1 where no line of that topic stands at that offset.
`;

const text = { type: 'string' } as const;

export const command: Command = {
  name: 'release-line',
  summary: 'let the record pass at which a line stopped',
  usage,
  run: async (args, io) => {
    const options = {
      offset: text,
      partition: { type: 'string', default: '0' },
      reason: text,
      person: text,
      json: { type: 'boolean', default: false },
    } as const;
    const { values, positionals } = readArguments(args, options, 1);
    return atDesk(io, async ({ databases }) => {
      if (positionals[0] === undefined) {
        const lines = (
          await Promise.all(
            [...databases].map(async ([app, database]) =>
              (await stoppedLines(database)).map((line) => ({ app, ...line })),
            ),
          )
        ).flat();
        if (values.json) io.out(toJson(lines, 2));
        else {
          showTable(
            io,
            lines.map((line) => ({
              reader: line.app,
              topic: line.topic,
              partition: line.partition,
              offset: Number(line.offset),
              error: line.errorClass,
              since: line.stoppedAt.toISOString(),
              message: line.errorMessage,
            })),
            'No line stands.',
          );
        }
        return 0;
      }
      const topic = topicNamed(positionals[0]);
      if (values.offset === undefined) throw new UsageError('--offset is missing');
      const offset = BigInt(wholeNumber('--offset', values.offset));
      const partition = wholeNumber('--partition', values.partition);
      const operator = operatorOf(values);
      const released: string[] = [];
      for (const [app, database] of databases) {
        if (await releaseLine(database, { topic: topic.name, partition, offset }, operator)) released.push(app);
      }
      if (values.json) io.out(toJson({ topic: topic.name, partition, offset, released }));
      else if (released.length === 0) io.out(`No line of ${topic.name} stands at offset ${offset}.`);
      else
        io.out(
          `Released for ${released.join(', ')}: ${topic.name}/${partition}/${offset}. It is read on within a second.`,
        );
      return released.length === 0 ? 1 : 0;
    });
  },
};
