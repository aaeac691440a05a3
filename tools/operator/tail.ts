import { recordAction, readTopic, type RawRecord, type ReadingPlan } from '#messaging';
import { readArguments } from '../kezek/arguments.ts';
import { UsageError, type Command } from '../kezek/command.ts';
import { atDesk, operatorOf, topicNamed, type AppWithDatabase, type Desk } from './desk.ts';
import { toJson } from './present.ts';
import { readValue } from './read-value.ts';
import { momentMs, wholeNumber } from './times.ts';

const usage = `
Usage: ./kezek tail TOPIC [--from WHERE] [--key KEY] [--where FIELD=VALUE]... [--count N] [--follow] [--json]

Shows records of a topic, decoded. Personal fields are masked.

  --from WHERE         beginning, end, -N (the last N of each partition; default -10), an offset,
                       or a time: 2026-05-01T10:00:00Z, 15m, 2h
  --key KEY            only records with this key
  --where FIELD=VALUE  only records whose field has this value; a.b reaches into records
  --count N            stop after so many
  --follow             go on until Ctrl-C
  --role ROLE --reason TEXT [--person NAME]
                       open personal fields; who, in which role and why is recorded
  --json               one JSON object a record
`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;

export const command: Command = {
  name: 'tail',
  summary: 'show records of a topic, decoded',
  usage,
  run: async (args, io) => {
    const { values, positionals } = readArguments(
      args,
      {
        from: { type: 'string', default: '-10' },
        key: text,
        where: { type: 'string', multiple: true, default: [] },
        count: text,
        follow: flag,
        role: text,
        reason: text,
        person: text,
        json: flag,
      },
      1,
    );
    const topic = topicNamed(positionals[0]);
    const wanted = values.where.map(conditionOf);
    const countMax = values.count === undefined ? Infinity : wholeNumber('--count', values.count, 1);
    const from = fromOf(values.from, Date.now());
    return atDesk(io, async (desk) => {
      const keyring =
        values.role === undefined ? undefined : await permitted(desk, topic, { ...values, role: values.role });
      const stop = new AbortController();
      if (values.follow) process.once('SIGINT', () => stop.abort());
      let shown = 0;
      const plan = {
        brokers: desk.brokers,
        log: desk.log,
        topic: topic.name,
        from,
        follow: values.follow,
        signal: stop.signal,
      };
      await readTopic(plan, (record) => {
        const key = record.key?.toString('utf8') ?? null;
        if (values.key !== undefined && key !== values.key) return true;
        const read = readValue(record.value, topic, key, keyring);
        if (wanted.length > 0 && !('value' in read && wanted.every((holds) => holds(read.value)))) return true;
        shown += 1;
        const place = { partition: record.partition, offset: record.offset, at: timeOf(record), key };
        if (values.json) io.out(toJson({ ...place, headers: headersOf(record), ...read }));
        else {
          const said = 'value' in read ? `${read.name} ${toJson(read.value)}` : `UNREADABLE ${read.unreadable}`;
          io.out(`${place.partition}/${place.offset}  ${place.at}  ${key ?? '-'}  ${said}`);
        }
        return shown < countMax;
      });
      return 0;
    });
  },
};

const timeOf = ({ timestampMs }: RawRecord): string => new Date(timestampMs).toISOString();

function headersOf({ headers }: RawRecord): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

function fromOf(where: string, nowMs: number): ReadingPlan['from'] {
  if (where === 'beginning') return 'beginning';
  if (where === 'end') return { last: 0 };
  if (/^-\d+$/.test(where)) return { last: -Number(where) };
  if (/^\d+$/.test(where)) return { offset: BigInt(where) };
  return { timeMs: momentMs('--from', where, nowMs) };
}

function conditionOf(where: string): (value: Record<string, unknown>) => boolean {
  const equals = where.indexOf('=');
  if (equals < 1) throw new UsageError(`--where is FIELD=VALUE; not "${where}"`);
  const path = where.slice(0, equals).split('.');
  const wanted = where.slice(equals + 1);
  return (value) => {
    const found = path.reduce<unknown>((each, name) => (each as Record<string, unknown> | undefined)?.[name], value);
    return String(found) === wanted;
  };
}

// Recorded before anything is opened: a look that was broken off was a look.
async function permitted(
  desk: Desk,
  topic: ReturnType<typeof topicNamed>,
  given: { role: string; reason?: string | undefined; person?: string | undefined },
) {
  const operator = operatorOf(given);
  const keyring = desk.keyring();
  const database = desk.databaseOf(topic.writers[0] as AppWithDatabase);
  await recordAction(database, operator, 'read-personal-data', { topic: topic.name, role: given.role });
  return keyring;
}
