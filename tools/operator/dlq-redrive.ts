import { readFileSync } from 'node:fs';
import { messageNames, type MessageName, type MessageOf, type Topic } from '#contracts';
import { drop, redrive, type Correction, type DeadLetter, type Operator } from '#messaging';
import { readArguments } from '../kezek/arguments.ts';
import { UsageError, type Io } from '../kezek/command.ts';
import { findLetters, summary, type Found } from './dead-letter-search.ts';
import { appOfGroup, atDesk, operatorOf, topicNamed, type Desk } from './desk.ts';
import { choosesNothing, filterOf, filterOptions } from './dlq-options.ts';
import { fromJson, showTable, toJson } from './present.ts';
import { readValue } from './read-value.ts';
import { wholeNumber } from './times.ts';

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;
const actOptions = {
  ...filterOptions,
  reason: text,
  person: text,
  'dry-run': flag,
  cap: { type: 'string', default: '100' },
  json: flag,
} as const;

type Act = (desk: Desk, found: Found) => Promise<string>;

/** `kezek dlq redrive`. */
export async function runRedrive(args: readonly string[], io: Io): Promise<number> {
  const options = {
    ...actOptions,
    rate: { type: 'string', default: '20' },
    'redrives-max': { type: 'string', default: '3' },
    payload: text,
    as: text,
  } as const;
  const { values, positionals } = readArguments(args, options, 1);
  const topic = topicNamed(positionals[0]);
  const operator = operatorOf(values);
  const everyMs = 1_000 / wholeNumber('--rate', values.rate, 1);
  const redrivesMax = wholeNumber('--redrives-max', values['redrives-max'], 1);
  const { payload } = values;
  const act: Act = async (desk, { letter }) => {
    await new Promise((resolve) => setTimeout(resolve, everyMs));
    const correction = payload === undefined ? {} : { correction: correctionOf(payload, values.as, letter, topic) };
    // The keys are asked for only where a corrected value has fields to seal.
    const personalFields =
      topic.personal && payload !== undefined ? desk.keyring() : { seal: unneeded, open: unneeded };
    const database = desk.databaseOf(appOfGroup(letter.group));
    return redrive(database, letter, { operator, redrivesMax, topic, personalFields, ...correction });
  };
  const choice = { topic, values, operator, isSingle: payload !== undefined };
  return actOnEach(io, choice, (state) => state === 'dead', 'redriven', act);
}

/** `kezek dlq drop`. */
export async function runDrop(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = readArguments(args, actOptions, 1);
  const topic = topicNamed(positionals[0]);
  const operator = operatorOf(values);
  const act: Act = async (desk, { letter }) =>
    (await drop(desk.databaseOf(appOfGroup(letter.group)), letter, operator)) ? 'dropped' : 'gone';
  const choice = { topic, values, operator, isSingle: false };
  return actOnEach(io, choice, (state) => state === 'dead' || state === 'redriving', 'dropped', act);
}

type Choice = {
  readonly topic: Topic;
  readonly operator: Operator;
  readonly isSingle: boolean;
  readonly values: Parameters<typeof filterOf>[0] & { 'dry-run': boolean; cap: string; json: boolean };
};

/** Does something to each dead letter that waits and passes, up to the cap. @returns the exit status */
async function actOnEach(
  io: Io,
  { topic, values, isSingle }: Choice,
  waits: (state: string) => boolean,
  done: string,
  act: Act,
): Promise<number> {
  if (choosesNothing(values))
    throw new UsageError('choose by --id, --key, --error, --group, --since, --until or --offsets');
  const cap = wholeNumber('--cap', values.cap, 1);
  return atDesk(io, async (desk) => {
    const found = await findLetters(desk, [topic], filterOf(values, Date.now()));
    const waiting = found.filter(({ state }) => waits(state));
    if (isSingle && waiting.length !== 1)
      throw new UsageError(`--payload is for one record; ${waiting.length} were chosen`);
    const results: { readonly found: Found; readonly result: string }[] = [];
    for (const each of waiting.slice(0, cap)) {
      results.push({ found: each, result: values['dry-run'] ? `would be ${done}` : await act(desk, each) });
    }
    const left = waiting.length - results.length;
    show(io, results, left, values.json);
    const isDone = results.every(({ result }) => result === done || values['dry-run']);
    return results.length > 0 && left === 0 && isDone ? 0 : 1;
  });
}

function show(io: Io, results: readonly { found: Found; result: string }[], left: number, json: boolean): void {
  if (json) {
    io.out(toJson({ results: results.map(({ found, result }) => ({ ...summary(found), result })), left }, 2));
    return;
  }
  const rows = results.map(({ found: { letter }, result }) => ({
    id: letter.id,
    result,
    reader: letter.group,
    key: letter.key?.toString('utf8'),
    error: letter.errorClass,
    redrives: letter.redrives,
  }));
  showTable(io, rows, 'No dead letter that waits passes the filter.');
  if (left > 0) io.out(`${left} more were left out by --cap.`);
}

function correctionOf(file: string, as: string | undefined, letter: DeadLetter, topic: Topic): Correction {
  const read = readValue(letter.bytes, topic, letter.key?.toString('utf8') ?? null);
  const name = as ?? ('name' in read ? read.name : undefined);
  if (name === undefined) throw new UsageError('the old record cannot be read: --as names the message');
  if (!topic.messages.includes(name as MessageName)) {
    const known = messageNames.includes(name as MessageName) ? 'does not belong on this topic' : 'is no message';
    throw new UsageError(`${name} ${known}; there are ${topic.messages.join(', ')}`);
  }
  const value = fromJson(readFileSync(file, 'utf8')) as MessageOf<MessageName>;
  return { name: name as MessageName, value };
}

const unneeded = (): never => {
  throw new Error('no personal field is sealed here');
};
