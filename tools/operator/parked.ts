import { parkedKeys, requestRelease } from '#messaging';
import { readArguments } from '../kezek/arguments.ts';
import { UsageError, type Command } from '../kezek/command.ts';
import { atDesk, operatorOf, topicNamed, type Desk } from './desk.ts';
import { showTable, toJson } from './present.ts';

const usage = `
Usage: ./kezek parked list [TOPIC] [--json]
       ./kezek parked release TOPIC --key KEY --reason TEXT [--person NAME] [--app APP] [--drop-head] [--wait]

A key is parked when one of its records failed for good: that record and all later ones of the key wait, in order.
release lets its reader handle them in their old order; a record that fails again leaves the rest parked.

  --drop-head   leave out the first record, for good
  --app APP     only the line of this reader, where several read the topic
  --wait        until the line is empty or parked again
Exit status 1 where the key is not parked, or is parked again.
`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;
const waitMsMax = 60_000;

export const command: Command = {
  name: 'parked',
  summary: 'list and release keys that wait behind a failed record',
  usage,
  run: async (args, io) => {
    const [what, ...rest] = args;
    const options = { key: text, reason: text, person: text, app: text, 'drop-head': flag, wait: flag, json: flag };
    const { values, positionals } = readArguments(rest, options, 1);
    if (what !== 'list' && what !== 'release') throw new UsageError('say list or release');
    return atDesk(io, async (desk) => {
      if (what === 'list') {
        const found = await allParked(desk, positionals[0] && topicNamed(positionals[0]).name);
        if (values.json) io.out(toJson(found, 2));
        else {
          showTable(
            io,
            found.map((each) => ({
              reader: each.app,
              topic: each.topic,
              key: each.key,
              records: each.records,
              error: each.errorClass,
              attempts: each.attempts,
              since: each.firstFailedAt.toISOString(),
              state: each.releasing ? 'releasing' : 'parked',
              message: each.errorMessage,
            })),
            'No key is parked.',
          );
        }
        return 0;
      }
      const topic = topicNamed(positionals[0]);
      if (values.key === undefined) throw new UsageError('--key is missing');
      const operator = operatorOf(values);
      const head = values['drop-head'] ? 'drop' : 'again';
      const place = { topic: topic.name, key: values.key };
      const asked: string[] = [];
      for (const [app, database] of desk.databases) {
        if (values.app !== undefined && values.app !== app) continue;
        if (await requestRelease(database, { ...place, head }, operator)) asked.push(app);
      }
      if (asked.length === 0) {
        io.out(`${values.key} is not parked on ${topic.name}.`);
        return 1;
      }
      const left = values.wait ? await settled(desk, place) : [];
      if (values.json) io.out(toJson({ ...place, asked, left }));
      else if (left.length > 0)
        left.forEach((each) => io.out(`Parked again: ${each.errorClass}: ${each.errorMessage}`));
      else io.out(values.wait ? `Released: ${values.key}.` : `Asked ${asked.join(', ')} to release ${values.key}.`);
      return left.length === 0 ? 0 : 1;
    });
  },
};

async function allParked({ databases }: Desk, topic?: string) {
  const lists = await Promise.all(
    [...databases].map(async ([app, database]) =>
      (await parkedKeys(database, topic)).map((each) => ({ app, ...each })),
    ),
  );
  return lists.flat();
}

/** Waits until no release of the key is under way. @returns what is parked then */
async function settled(desk: Desk, { topic, key }: { topic: string; key: string }) {
  const untilMs = Date.now() + waitMsMax;
  for (;;) {
    const found = (await allParked(desk, topic)).filter((each) => each.key === key);
    if (found.every(({ releasing }) => !releasing) || Date.now() > untilMs) return found;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
