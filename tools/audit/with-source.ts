import { readFileSync, statSync } from 'node:fs';
import { CheckpointMalformed, KeyMalformed, readNote, type SignedCheckpoint } from '#audit';
import { Failure } from '#runtime';
import { UsageError, type Io } from '../kezek/command.ts';
import { atDesk } from '../operator/desk.ts';
import { SourceBroken, type AuditSource } from './audit-items.ts';
import { openFileSource } from './file-source.ts';
import { openKafkaSource } from './kafka-source.ts';

/** Options of every command that reads an audit. */
export const sourceOptions = { from: { type: 'string', default: 'kafka' }, identity: { type: 'string' } } as const;

export type SourceChoice = { readonly from: string; readonly identity?: string | undefined };
/** What comes with a source: the public key of checkpoints, where a stack of this checkout is read. */
export type SourceExtras = { readonly checkpointKey: string | undefined };

/**
 * Opens what `--from` names and hands it to some work.
 * @returns the work's exit status; 1 when the source is not whole
 */
export async function withSource(
  io: Io,
  { from, identity }: SourceChoice,
  work: (source: AuditSource, extras: SourceExtras) => Promise<number>,
): Promise<number> {
  try {
    if (from !== 'kafka') return await work(await openFile(from, identity), { checkpointKey: undefined });
    return await atDesk(io, async (desk) => work(await openKafkaSource(desk), desk));
  } catch (error) {
    if (!(error instanceof SourceBroken || error instanceof Failure)) throw error;
    io.err(error.message);
    return 1;
  }
}

function openFile(path: string, identity: string | undefined): Promise<AuditSource> {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) throw new UsageError(`${path} is not a file`);
  if (identity === undefined) throw new UsageError('an export is opened with --identity FILE');
  return openFileSource(path, linesOfFile(identity));
}

/** The lines of a small file, without remarks and blank ones. @throws UsageError when it cannot be read */
export function linesOfFile(path: string): readonly string[] {
  return textOfFile(path)
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== '');
}

/** @throws UsageError when it cannot be read */
export function textOfFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new UsageError(`${path} cannot be read`);
  }
}

/** A checkpoint from the file of its note. @throws UsageError */
export const checkpointOfFile = (path: string): SignedCheckpoint => wellFormed(() => readNote(textOfFile(path)));

/** What is malformed among the arguments is a matter of usage. */
export function wellFormed<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof KeyMalformed || error instanceof CheckpointMalformed) throw new UsageError(error.message);
    throw error;
  }
}
