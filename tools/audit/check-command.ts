import { readArguments } from '../kezek/arguments.ts';
import { UsageError, type Io } from '../kezek/command.ts';
import { toJson } from '../operator/present.ts';
import { checkProof, type Proven } from './check-proof.ts';
import { ProofMalformed, readProof, type ProofFile } from './proof-file.ts';
import { trustedKeysOf } from './trusted-keys.ts';
import { checkpointOfFile, textOfFile, wellFormed } from './with-source.ts';

/** `kezek audit check`: without any other system. */
export async function check(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = readArguments(
    args,
    {
      checkpoint: { type: 'string' },
      key: { type: 'string', multiple: true, default: [] },
      json: { type: 'boolean', default: false },
    },
    1,
  );
  const [file] = positionals;
  if (file === undefined || values.checkpoint === undefined || values.key.length === 0)
    throw new UsageError('name the file, --checkpoint FILE and --key PUBLICKEY');
  const checkpoint = checkpointOfFile(values.checkpoint);
  const problem = wellFormed(() => trustedKeysOf(values.key)).problemOf(checkpoint);
  const proof = proofOf(file);
  const { proven, problems } = checkProof(proof, checkpoint);
  const all = problem === undefined ? problems : [`checkpoint ${checkpoint.number} ${problem}`, ...problems];
  const holds = all.length === 0 && proven.length > 0;
  if (values.json) io.out(toJson({ holds, applicationId: proof.applicationId, problems: all, proven }, 2));
  else {
    io.out(`about application ${proof.applicationId}`);
    for (const each of proven) io.out(lineOf(each));
    for (const each of all) io.err(each);
    io.out(
      `${proven.length} of ${proof.items.length} items are part of what checkpoint ${checkpoint.number} vouches for`,
    );
    io.out(holds ? 'the proof holds' : 'the proof does not hold');
  }
  return holds ? 0 : 1;
}

function proofOf(file: string): ProofFile {
  try {
    return readProof(textOfFile(file));
  } catch (error) {
    if (error instanceof ProofMalformed) throw new UsageError(error.message);
    throw error;
  }
}

function lineOf({ kind, logOffset, name, fields }: Proven): string {
  const { atMs, applicationId: _, ...rest } = fields;
  return `${new Date(Number(atMs)).toISOString()}  ${kind.padEnd(8)}  ${logOffset}  ${name}  ${toJson(rest)}`;
}
