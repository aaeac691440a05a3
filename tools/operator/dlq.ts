import { topics } from '#contracts';
import { readArguments } from '../kezek/arguments.ts';
import { UsageError, type Command, type Io } from '../kezek/command.ts';
import { findLetters, summary } from './dead-letter-search.ts';
import { atDesk, topicNamed } from './desk.ts';
import { filterOf, filterOptions, openStates } from './dlq-options.ts';
import { runDrop, runRedrive } from './dlq-redrive.ts';
import { hexLines, showTable, toJson } from './present.ts';
import { readValue } from './read-value.ts';

const usage = `
Usage: ./kezek dlq list [TOPIC] [FILTER] [--all] [--json]
       ./kezek dlq show TOPIC ID [--json]
       ./kezek dlq redrive TOPIC FILTER --reason TEXT [--person NAME] [--dry-run] [--cap N] [--rate N]
                           [--redrives-max N] [--payload FILE [--as MESSAGE]] [--json]
       ./kezek dlq drop TOPIC FILTER --reason TEXT [--person NAME] [--dry-run] [--cap N] [--json]

Records that failed for good. list shows those that still wait for somebody (--all: every one), show one with its
bytes, value and headers. redrive sends them to their topic again, for the reader they failed in alone: twice has one
effect. drop decides that one is never handled. Who did it and why is kept in the reader's table operator_action.

FILTER (one at least for redrive and drop; --offsets 0-999999999 takes all):
  --id ID                 partition/offset in the dead-letter topic, as list shows it
  --group GROUP  --key KEY  --error CLASS
  --since T --until T     of the last failure: 2026-05-01T10:00:00Z, 15m, 2h
  --offsets FROM-TO       in the dead-letter topic, both included

  --dry-run               say what would be done
  --cap N                 no more than so many (default 100)
  --rate N                no more than so many a second (default 20)
  --redrives-max N        one that failed after so many re-drives stays (default 3)
  --payload FILE          a corrected value (JSON as show prints it; "12n" is a 64-bit number) as a new event that
                          names the old one; for one record. --as names the message where the old one cannot be read
Exit status 1 where nothing was found, or something was left out.
`;

export const command: Command = {
  name: 'dlq',
  summary: 'list, show, re-drive or drop records that failed for good',
  usage,
  run: async (args, io) => {
    const [what, ...rest] = args;
    switch (what) {
      case 'list':
        return runList(rest, io);
      case 'show':
        return runShow(rest, io);
      case 'redrive':
        return runRedrive(rest, io);
      case 'drop':
        return runDrop(rest, io);
      default:
        throw new UsageError('say list, show, redrive or drop');
    }
  },
};

async function runList(args: readonly string[], io: Io): Promise<number> {
  const flag = { type: 'boolean', default: false } as const;
  const { values, positionals } = readArguments(args, { ...filterOptions, all: flag, json: flag }, 1);
  const chosen = positionals[0] === undefined ? Object.values(topics) : [topicNamed(positionals[0])];
  const filter = filterOf(values, Date.now());
  return atDesk(io, async (desk) => {
    const found = (await findLetters(desk, chosen, filter)).filter(({ state }) => values.all || openStates.has(state));
    if (values.json) io.out(toJson(found.map(summary), 2));
    else {
      showTable(
        io,
        found.map(({ topic, letter, state }) => ({
          topic: topic.name,
          id: letter.id,
          state,
          reader: letter.group,
          key: letter.key?.toString('utf8'),
          error: letter.errorClass,
          attempts: letter.attempts,
          redrives: letter.redrives,
          'last failure': letter.lastFailure,
        })),
        'There is no dead letter.',
      );
    }
    return found.length === 0 ? 1 : 0;
  });
}

async function runShow(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = readArguments(args, { json: { type: 'boolean', default: false } }, 2);
  const topic = topicNamed(positionals[0]);
  const id = positionals[1];
  if (id === undefined) throw new UsageError('an id is missing: partition/offset as list shows it');
  return atDesk(io, async (desk) => {
    const [found] = await findLetters(desk, [topic], { id });
    if (!found) {
      io.out(`${topic.name} has no dead letter ${id}.`);
      return 1;
    }
    const { letter } = found;
    const read = readValue(letter.bytes, topic, letter.key?.toString('utf8') ?? null);
    const headers = Object.fromEntries(Object.entries(letter.headers).map(([name, value]) => [name, String(value)]));
    if (values.json) {
      io.out(toJson({ ...summary(found), message: letter.errorMessage, headers, read, bytes: letter.bytes }, 2));
      return 0;
    }
    for (const [name, value] of Object.entries(summary(found)))
      io.out(`${`${name}:`.padEnd(16)}${String(value ?? '-')}`);
    io.out(`${'message:'.padEnd(16)}${letter.errorMessage}`);
    io.out('headers:');
    for (const [name, value] of Object.entries(headers)) io.out(`  ${name}: ${value}`);
    if ('value' in read) io.out(`value: ${read.name}\n${toJson(read.value, 2)}`);
    else io.out(`value: cannot be read: ${read.unreadable}`);
    io.out(`bytes: ${letter.bytes?.length ?? 0}`);
    hexLines(letter.bytes ?? Buffer.alloc(0)).forEach((line) => io.out(`  ${line}`));
    return 0;
  });
}
