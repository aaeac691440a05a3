import type { DeadLetter, DeadLetterFilter } from '#messaging';
import { UsageError } from '../kezek/command.ts';
import { momentMs } from './times.ts';

const text = { type: 'string' } as const;

/** Options that choose dead letters. */
export const filterOptions = {
  id: text,
  group: text,
  key: text,
  error: text,
  since: text,
  until: text,
  offsets: text,
} as const;

type Given = { readonly [K in keyof typeof filterOptions]?: string | undefined };

/** @throws UsageError where an option does not read */
export function filterOf(given: Given, nowMs: number): DeadLetterFilter {
  return {
    ...(given.id === undefined ? {} : { id: given.id }),
    ...(given.group === undefined ? {} : { group: given.group }),
    ...(given.key === undefined ? {} : { key: given.key }),
    ...(given.error === undefined ? {} : { errorClass: given.error }),
    ...(given.since === undefined ? {} : { fromMs: momentMs('--since', given.since, nowMs) }),
    ...(given.until === undefined ? {} : { toMs: momentMs('--until', given.until, nowMs) }),
    ...(given.offsets === undefined ? {} : { offsets: rangeOf(given.offsets) }),
  };
}

/** True when nothing was chosen: an act on everything must be asked for. */
export const choosesNothing = (given: Given): boolean =>
  Object.keys(filterOptions).every((name) => given[name as keyof Given] === undefined);

function rangeOf(text: string): NonNullable<DeadLetterFilter['offsets']> {
  const match = /^(\d+)-(\d+)$/.exec(text);
  if (!match) throw new UsageError(`--offsets is FROM-TO in the dead-letter topic; not "${text}"`);
  return { from: BigInt(match[1]!), to: BigInt(match[2]!) };
}

/** What became of a dead letter by now: what its reader's inbox says, or what was done when it died. */
export const stateOf = (letter: DeadLetter, outcome: string | undefined): string =>
  letter.superseded ? 'superseded' : (outcome ?? (letter.disposition === 'stopped' ? 'stopped' : 'unknown'));

/** States in which somebody still has to do something. */
export const openStates: ReadonlySet<string> = new Set([
  'dead',
  'redriving',
  'parked',
  'retrying',
  'stopped',
  'unknown',
]);
