/** `kezek explain`: replays a log and says why an application stands where it stands. */
import { type Readable, type Writable } from 'node:stream';
import { apply, explain, explanationText, type ExplanationLanguage } from '#allocation';
import { Malformed } from './json-forms.ts';
import { entriesOf, openState, type InitialFiles } from './log-reader.ts';

export type ExplainParts = InitialFiles & {
  readonly input: Readable;
  readonly output: Writable;
  readonly errors: Writable;
  readonly applicationId: string;
  readonly preschoolId: string;
  readonly language: ExplanationLanguage;
  /** Print the data instead of words. */
  readonly json?: boolean | undefined;
};

/** @returns 0; 1 when the application is not in the log; 2 when the log is malformed */
export async function explainFromLog(parts: ExplainParts): Promise<0 | 1 | 2> {
  try {
    const state = await openState(parts);
    let sequence = 0;
    for await (const entries of entriesOf(parts.input)) for (const entry of entries) apply(state, entry, sequence++);
    const told = explain(state, parts.applicationId, parts.preschoolId);
    parts.output.write(parts.json === true ? `${JSON.stringify(told)}\n` : explanationText(told, parts.language));
    return told.kind === 'UNKNOWN_APPLICATION' ? 1 : 0;
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    parts.errors.write(`kezek explain: ${error.message}\n`);
    return 2;
  }
}
