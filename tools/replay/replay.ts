/** `kezek replay`: log entries as JSON lines in, decisions as JSON lines out (section 7 of docs/allocation.md). */
import { isUtf8 } from 'node:buffer';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { type Readable, type Writable } from 'node:stream';
import { decideByInstant, eachQueue, openAllocation, type Allocation } from '#allocation';
import { lineFromDecision, lineFromQueue } from './decision-lines.ts';
import { calendarOfFile, entryFromLine, parsed, policyOf } from './entry-lines.ts';
import { Malformed } from './json-forms.ts';

export type ReplayParts = {
  readonly input: Readable;
  readonly output: Writable;
  readonly errors: Writable;
  readonly calendarFile?: string | undefined;
  readonly policyFile?: string | undefined;
  /** End with a line for each queue. */
  readonly queues?: boolean | undefined;
};

/** Done; the reader of the output went away; the input is malformed. */
export type ExitStatus = 0 | 1 | 2;

const chunkCharacters = 1 << 16;

/** Replays a log from its beginning. Nothing is held but the live state and a chunk of text on either side. */
export async function replay(parts: ReplayParts): Promise<ExitStatus> {
  const writer = openWriter(parts.output);
  try {
    const state = await openState(parts);
    await replayLines(state, parts.input, writer);
    if (parts.queues === true) for (const queue of eachQueue(state)) await writer.line(lineFromQueue(queue));
    await writer.flush();
    return 0;
  } catch (error) {
    if (error instanceof OutputGone) return 1;
    if (!(error instanceof Malformed)) throw error;
    // What was decided before the malformed line stands.
    await writer.flush();
    parts.errors.write(`kezek replay: ${error.message}\n`);
    return 2;
  }
}

async function openState({ policyFile, calendarFile }: ReplayParts): Promise<Allocation> {
  const policy =
    policyFile === undefined ? undefined : await fromFile(policyFile, (value) => policyOf(value, 'policy'));
  const calendar = calendarFile === undefined ? undefined : await fromFile(calendarFile, calendarOfFile);
  return openAllocation(policy, calendar);
}

async function fromFile<T>(path: string, form: (value: unknown) => T): Promise<T> {
  const json = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Malformed(`${path}: cannot be read`, { cause });
  });
  try {
    return form(parsed(json));
  } catch (error) {
    if (error instanceof Malformed) throw new Malformed(`${path}: ${error.message}`);
    throw error;
  }
}

async function replayLines(state: Allocation, input: Readable, writer: Writer): Promise<void> {
  let number = 0;
  let sequence = 0;
  for await (const lines of linesOf(input)) {
    for (const line of lines) {
      number++;
      if (line.trim() === '') continue;
      for (const decisions of decideByInstant(state, entryAt(number, line), sequence++)) {
        for (const decision of decisions) if (writer.add(lineFromDecision(decision))) await writer.flush();
      }
    }
  }
}

function entryAt(number: number, line: string): ReturnType<typeof entryFromLine> {
  try {
    return entryFromLine(line);
  } catch (error) {
    if (error instanceof Malformed) throw new Malformed(`line ${number}: ${error.message}`);
    throw error;
  }
}

/** Whole lines, a chunk's worth at a time. Bytes that are no UTF-8 become a line that is no JSON. */
async function* linesOf(input: Readable): AsyncGenerator<readonly string[]> {
  let rest: Buffer[] = [];
  for await (const data of input) {
    const chunk = typeof data === 'string' ? Buffer.from(data) : (data as Buffer);
    const end = chunk.lastIndexOf(10);
    if (end < 0) {
      rest.push(chunk);
      continue;
    }
    const whole = rest.length === 0 ? chunk.subarray(0, end) : Buffer.concat([...rest, chunk.subarray(0, end)]);
    rest = end + 1 < chunk.length ? [chunk.subarray(end + 1)] : [];
    yield textLines(whole);
  }
  if (rest.length > 0) yield textLines(Buffer.concat(rest));
}

function textLines(bytes: Buffer): string[] {
  if (isUtf8(bytes)) return bytes.toString('utf8').split('\n');
  return splitBytes(bytes).map((line) => (isUtf8(line) ? line.toString('utf8') : '\u{0}'));
}

function splitBytes(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  let start = 0;
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
    lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return [...lines, bytes.subarray(start)];
}

class OutputGone extends Error {}

type Writer = {
  /** Adds a line; true when it is time to flush. */
  readonly add: (line: string) => boolean;
  readonly line: (line: string) => Promise<void>;
  /** Hands the text over and waits until the output has taken it: a slow reader slows us down. */
  readonly flush: () => Promise<void>;
};

function openWriter(output: Writable): Writer {
  let text = '';
  let gone = false;
  output.on('error', () => {
    gone = true;
  });
  const add = (line: string): boolean => {
    text += line;
    text += '\n';
    return text.length >= chunkCharacters;
  };
  const flush = async (): Promise<void> => {
    if (gone) throw new OutputGone();
    const chunk = text;
    text = '';
    if (chunk === '' || output.write(chunk)) return;
    await Promise.race([once(output, 'drain'), once(output, 'close')]).catch(() => undefined);
    if (gone) throw new OutputGone();
  };
  return {
    add,
    flush,
    line: async (line) => {
      if (add(line)) await flush();
    },
  };
}
