import type { z } from 'zod';
import { Problem, type FieldProblem } from './problem.ts';

/**
 * Reads a request body by its form.
 * @throws Problem 'invalid-input' that names each field by JSON pointer
 */
export function readForm<S extends z.ZodType>(form: S, body: unknown): z.output<S> {
  const read = form.safeParse(body);
  if (read.success) return read.data;
  const errors = read.error.issues.flatMap(fieldProblems);
  const detail = errors.map(({ pointer, detail }) => `${pointer}: ${detail}`).join('; ');
  throw new Problem('invalid-input', detail, errors);
}

function fieldProblems(issue: z.core.$ZodIssue): FieldProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: pointerOf([...issue.path, key]),
      code: 'unknown-field',
      detail: 'no such field',
    }));
  }
  const missing = issue.code === 'invalid_type' && issue.input === undefined && /undefined/.test(issue.message);
  const code = missing
    ? 'missing'
    : issue.code === 'custom'
      ? String(issue.params?.['code'] ?? 'invalid')
      : issue.code.replaceAll('_', '-');
  return [{ pointer: pointerOf(issue.path), code, detail: missing ? 'is missing' : issue.message }];
}

const pointerOf = (path: readonly PropertyKey[]): string =>
  `#${path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')}`;
