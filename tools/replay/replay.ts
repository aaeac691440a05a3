/** `kezek replay`: log entries as JSON lines in, decisions as JSON lines out (section 7 of docs/allocation.md). */
import { type Readable, type Writable } from 'node:stream';
import { decideByInstant, eachQueue, type Allocation } from '#allocation';
import { lineFromDecision, lineFromQueue } from './decision-lines.ts';
import { Malformed } from './json-forms.ts';
import { entriesOf, openState, type InitialFiles } from './log-reader.ts';

export type ReplayParts = InitialFiles & {
  readonly input: Readable;
  readonly output: Writable;
  readonly errors: Writable;
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

async function replayLines(state: Allocation, input: Readable, writer: Writer): Promise<void> {
  let sequence = 0;
  for await (const entries of entriesOf(input)) {
    for (const entry of entries) {
      for (const decisions of decideByInstant(state, entry, sequence++)) {
        for (const decision of decisions) if (writer.add(lineFromDecision(decision))) await writer.flush();
      }
    }
  }
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
    await drained(output);
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

/** Waits until the output takes more, or has gone. What loses the race lets go: a log has a hundred thousand waits. */
function drained(output: Writable): Promise<void> {
  const endings = ['drain', 'close', 'error'] as const;
  return new Promise((resolve) => {
    const done = (): void => {
      for (const ending of endings) output.off(ending, done);
      resolve();
    };
    for (const ending of endings) output.on(ending, done);
  });
}
