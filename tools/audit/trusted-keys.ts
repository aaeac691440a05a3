import { existsSync, readFileSync } from 'node:fs';
import { isSignedBy, KeyMalformed, readPublicKey, type PublicKey, type SignedCheckpoint } from '#audit';

type Term = { readonly key: PublicKey; readonly first: bigint; readonly last: bigint | undefined };

/**
 * The keys whose word counts, each for its time: `PUBLICKEY [FIRST [LAST]]`, numbers of checkpoints. A key that was given
 * up, or has got out, signs nothing after its last one.
 */
export class TrustedKeys {
  readonly #terms: readonly Term[];

  constructor(lines: readonly string[]) {
    this.#terms = lines.map(termOf);
  }

  /** Why a checkpoint is not to be believed; undefined when one of the keys signed it in its time. */
  problemOf(checkpoint: SignedCheckpoint): string | undefined {
    const { number, keyName, keyId } = checkpoint;
    const terms = this.#terms.filter(({ key }) => key.name === keyName && key.id === keyId);
    if (terms.length === 0) return `is signed by ${keyName}+${keyId}, which is not among the keys given`;
    const inTime = terms.filter(({ first, last }) => number >= first && (last === undefined || number <= last));
    if (inTime.length === 0) return `is signed by ${keyName}+${keyId} outside the time of that key`;
    return inTime.some(({ key }) => isSignedBy(checkpoint, key)) ? undefined : 'has a signature that is not its own';
  }
}

/** Reads `--key`: a key, or a file of keys, one a line, with remarks behind #. @throws KeyMalformed */
export function trustedKeysOf(values: readonly string[]): TrustedKeys {
  const lines = values.flatMap((value) => (existsSync(value) ? readFileSync(value, 'utf8').split('\n') : [value]));
  return new TrustedKeys(lines.map((line) => line.replace(/#.*/, '').trim()).filter((line) => line !== ''));
}

function termOf(line: string): Term {
  const [key = '', first = '1', last] = line.split(/\s+/);
  if (!/^\d+$/.test(first) || (last !== undefined && !/^\d+$/.test(last)))
    throw new KeyMalformed('behind a key stand the numbers of the first and the last checkpoint it may sign');
  return { key: readPublicKey(key), first: BigInt(first), last: last === undefined ? undefined : BigInt(last) };
}
