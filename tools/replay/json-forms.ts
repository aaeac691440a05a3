/** The forms of JSON values in the log (section 7 of docs/allocation.md), each with what was expected when it is not so. */

/** A line, or a file, that is not what section 7 says. */
export class Malformed extends Error {
  override readonly name = 'Malformed';
}

/** Reads one value; `where` names it in the complaint. */
export type Form<T> = (value: unknown, where: string) => T;

function expect(condition: boolean, where: string, form: string): asserts condition {
  if (!condition) throw new Malformed(`${where} is not ${form}`);
}

export const text: Form<string> = (value, where) => {
  expect(typeof value === 'string', where, 'a string');
  return value;
};

export const flag: Form<boolean> = (value, where) => {
  expect(typeof value === 'boolean', where, 'true or false');
  return value;
};

/** A whole number of 32 bits, as the schema's `int`. */
export const int: Form<number> = (value, where) => {
  expect(typeof value === 'number' && (value | 0) === value, where, 'an int');
  return value;
};

/** A whole number of any size that is exact: what is far out of range is rejected by the rules, not malformed. */
export const whole: Form<number> = (value, where) => {
  expect(Number.isSafeInteger(value), where, 'a whole number');
  return value as number;
};

export const positive: Form<number> = (value, where) => {
  expect(int(value, where) > 0, where, 'a positive int');
  return value as number;
};

export const orNull =
  <T>(form: Form<T>): Form<T | null> =>
  (value, where) =>
    value === null ? null : form(value, where);

export const oneOf = <T extends string>(...words: readonly T[]): Form<T> => {
  const known = new Set<unknown>(words);
  return (value, where) => {
    expect(known.has(value), where, `one of ${words.join(', ')}`);
    return value as T;
  };
};

export const listOf =
  <T>(form: Form<T>): Form<readonly T[]> =>
  (value, where) => {
    expect(Array.isArray(value), where, 'a list');
    return value.map((item, i) => form(item, `${where}[${i}]`));
  };

export type Fields = Readonly<Record<string, unknown>>;

export const fields: Form<Fields> = (value, where) => {
  expect(typeof value === 'object' && value !== null && !Array.isArray(value), where, 'an object');
  return value as Fields;
};

const digits = (value: string, from: number, to: number): number => {
  let number = 0;
  for (let i = from; i < to; i++) {
    const digit = value.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return NaN;
    number = number * 10 + digit;
  }
  return number;
};

/** Milliseconds since 1970 of 00:00 UTC of a date at the head of a string; NaN when there is no such date. */
function dateMs(value: string): number {
  const year = digits(value, 0, 4);
  const month = digits(value, 5, 7);
  const day = digits(value, 8, 10);
  if (value[4] !== '-' || value[7] !== '-' || !(month >= 1 && month <= 12 && day >= 1)) return NaN;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : NaN;
}

const knownDates = new Map<string, number>();
const knownDatesMax = 50_000;

/** Log entries name the same days again and again. */
function knownDateMs(head: string): number {
  const known = knownDates.get(head);
  if (known !== undefined) return known;
  const ms = dateMs(head);
  if (knownDates.size >= knownDatesMax) knownDates.clear();
  knownDates.set(head, ms);
  return ms;
}

/** `YYYY-MM-DD`. */
export const date: Form<string> = (value, where) => {
  const isDate = typeof value === 'string' && value.length === 10 && !Number.isNaN(knownDateMs(value));
  expect(isDate, where, 'a date (YYYY-MM-DD)');
  return value as string;
};

/** `2026-06-01T05:00:00.000Z`, as milliseconds since 1970. */
export const instant: Form<number> = (value, where) => {
  const ms = typeof value === 'string' && value.length === 24 ? instantMs(value) : NaN;
  expect(!Number.isNaN(ms), where, 'an instant (2026-06-01T05:00:00.000Z)');
  return ms;
};

function instantMs(value: string): number {
  const marks = value[10] === 'T' && value[13] === ':' && value[16] === ':' && value[19] === '.' && value[23] === 'Z';
  const hours = digits(value, 11, 13);
  const minutes = digits(value, 14, 16);
  const seconds = digits(value, 17, 19);
  if (!marks || !(hours < 24 && minutes < 60 && seconds < 60)) return NaN;
  return knownDateMs(value.slice(0, 10)) + ((hours * 60 + minutes) * 60 + seconds) * 1000 + digits(value, 20, 23);
}

/** The instant in that form again. */
export function instantText(ms: number): string {
  if (ms === lastMs) return lastText;
  const day = Math.floor(ms / dayMs);
  if (day !== lastDay) {
    lastDay = day;
    lastDate = new Date(day * dayMs).toISOString().slice(0, -'00:00:00.000Z'.length);
  }
  const rest = ms - day * dayMs;
  const seconds = Math.floor(rest / 1000);
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  lastMs = ms;
  lastText = `${lastDate}${clock}.${String(rest % 1000).padStart(3, '0')}Z`;
  return lastText;
}

const dayMs = 86_400_000;
const two = (value: number): string => (value < 10 ? `0${value}` : String(value));
let lastMs = NaN;
let lastText = '';
let lastDay = NaN;
let lastDate = '';
