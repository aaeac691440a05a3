/** A log of JSON lines, entry by entry, with nothing held but a chunk of it (section 7 of docs/allocation.md). */
import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { type Readable } from 'node:stream';
import { openAllocation, type Allocation, type LogEntry } from '#allocation';
import { calendarOfFile, entryFromLine, parsed, policyOf } from './entry-lines.ts';
import { Malformed } from './json-forms.ts';

/** What the state begins with; a file that is not given leaves the default. */
export type InitialFiles = { readonly calendarFile?: string | undefined; readonly policyFile?: string | undefined };

/** @throws Malformed when a file cannot be read or is not what it should be */
export async function openState({ policyFile, calendarFile }: InitialFiles): Promise<Allocation> {
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

/**
 * The entries of a log, a chunk's worth at a time. Blank lines are no entries.
 * @throws Malformed with the line's number when a line is not what section 7 says; what comes before it is given first
 */
export async function* entriesOf(input: Readable): AsyncGenerator<readonly LogEntry[]> {
  let number = 0;
  for await (const lines of linesOf(input)) {
    const entries: LogEntry[] = [];
    for (const line of lines) {
      number++;
      if (line.trim() === '') continue;
      const entry = attempt(line);
      if (entry instanceof Malformed) {
        yield entries;
        throw new Malformed(`line ${number}: ${entry.message}`);
      }
      entries.push(entry);
    }
    yield entries;
  }
}

function attempt(line: string): LogEntry | Malformed {
  try {
    return entryFromLine(line);
  } catch (error) {
    if (error instanceof Malformed) return error;
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
