import { writeFileSync } from 'node:fs';
import { noteOf, type SignedCheckpoint } from '#audit';
import { ContractViolation, decode } from '#contracts';
import { readArguments } from '../kezek/arguments.ts';
import { UsageError, type Io } from '../kezek/command.ts';
import { SourceBroken, type AuditSource } from './audit-items.ts';
import { Progress } from './progress.ts';
import { prove } from './prove.ts';
import { sourceOptions, withSource } from './with-source.ts';

/** `kezek audit prove`. */
export async function proveApplication(args: readonly string[], io: Io): Promise<number> {
  const options = { ...sourceOptions, out: { type: 'string' }, number: { type: 'string' } } as const;
  const { values, positionals } = readArguments(args, options, 1);
  const [applicationId] = positionals;
  if (applicationId === undefined) throw new UsageError('name the application by its id');
  const number = numberOf(values.number);
  return withSource(io, values, async (source) => {
    const checkpoint = await checkpointIn(source, number);
    const { log, decisions } = source.counts;
    const progress = new Progress(io, 'records', log + decisions);
    const proof = await prove(source, { applicationId, checkpoint, step: () => progress.step() });
    if (proof.items.length === 0) {
      io.err(`nothing up to checkpoint ${checkpoint.number} (log offset ${checkpoint.logOffset}) is about it`);
      return 1;
    }
    const text = `${JSON.stringify(proof, undefined, 1)}\n`;
    if (values.out === undefined) io.out(text.trimEnd());
    else {
      writeFileSync(values.out, text, { mode: 0o600 });
      const entries = proof.items.filter(({ kind }) => kind === 'entry').length;
      const kinds = `${entries} entries, ${proof.items.length - entries} decisions`;
      io.out(`${values.out}: ${kinds} up to checkpoint ${checkpoint.number}, log offset ${checkpoint.logOffset}`);
    }
    return 0;
  });
}

/** `kezek audit checkpoint`: one of them as a note, the newest unless a number is given. */
export async function showCheckpoint(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = readArguments(args, sourceOptions, 1);
  const number = numberOf(positionals[0]);
  return withSource(io, values, async (source) => {
    io.out(noteOf(await checkpointIn(source, number)).trimEnd());
    return 0;
  });
}

/** @throws SourceBroken when there is none */
async function checkpointIn(source: AuditSource, number: bigint | undefined): Promise<SignedCheckpoint> {
  let found: SignedCheckpoint | undefined;
  for await (const item of source.checkpoints()) {
    const checkpoint = readCheckpoint(item.value);
    if (!checkpoint) continue;
    if (checkpoint.number === number) return checkpoint;
    if (number === undefined && checkpoint.number > (found?.number ?? 0n)) found = checkpoint;
  }
  if (!found)
    throw new SourceBroken(number === undefined ? 'there is no checkpoint yet' : `there is no checkpoint ${number}`);
  return found;
}

function readCheckpoint(value: Buffer): SignedCheckpoint | undefined {
  try {
    return decode(value, ['CheckpointSigned']).value;
  } catch (error) {
    if (error instanceof ContractViolation) return undefined;
    throw error;
  }
}

function numberOf(text: string | undefined): bigint | undefined {
  if (text !== undefined && !/^[1-9]\d{0,15}$/.test(text)) throw new UsageError('checkpoints are numbered from 1');
  return text === undefined ? undefined : BigInt(text);
}
