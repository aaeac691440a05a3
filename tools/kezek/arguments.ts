import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UsageError } from './command.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/**
 * Reads the arguments of a command against its options.
 * @throws UsageError where an option is unknown or lacks its value, or there are more positionals than `positionalsMax`
 */
export function readArguments<const O extends Options>(args: readonly string[], options: O, positionalsMax = 0) {
  const read = parsed(args, options);
  const extra = read.positionals[positionalsMax];
  if (extra !== undefined) throw new UsageError(`unexpected argument "${extra}"`);
  return read;
}

/** @throws UsageError where the value is none of the choices */
export function oneOf<const C extends readonly string[]>(option: string, value: string, choices: C): C[number] {
  const choice = choices.find((each) => each === value);
  if (choice === undefined) throw new UsageError(`${option} is one of ${choices.join(', ')}; not "${value}"`);
  return choice;
}

/** @returns the candidate a mistyped word was most likely meant to be; undefined where none is near. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: editDistance(word, candidate) }))
    .sort((a, b) => a.distance - b.distance)[0];
  return ranked !== undefined && ranked.distance <= Math.max(2, word.length / 3) ? ranked.candidate : undefined;
}

function parsed<const O extends Options>(args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    // parseArgs says in a plain sentence what it did not understand.
    throw new UsageError((error as Error).message.split('. ')[0], { cause: error });
  }
}

/** Letters to insert, remove or replace (Levenshtein). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [line, letter] of [...from].entries()) {
    const next = [line + 1];
    for (const [column, other] of [...to].entries()) {
      const replaced = row[column]! + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, row[column + 1]! + 1, next[column]! + 1));
    }
    row = next;
  }
  return row[to.length]!;
}
