import { describe, expect, it } from '@jest/globals';
import { ageProblem, localDateOf } from './age-gate.ts';

describe('the age gate (p.11)', () => {
  it.each([
    ['2020-12-15', undefined],
    ['2019-12-31', 'over-six-this-year'],
    ['2020-05-30', 'six-already'],
    ['2020-06-01', 'six-already'],
    ['2020-06-02', undefined],
    ['2026-06-02', 'not-born-yet'],
  ])('F-21(c): a child born %s files on 2026-06-01: %s', (birthDate, expected) => {
    expect(ageProblem(birthDate, '2026-06-01')).toBe(expected);
  });

  it('lets a child born on 29 February turn six on the 28th', () => {
    expect(ageProblem('2020-02-29', '2026-02-27')).toBeUndefined();
    expect(ageProblem('2020-02-29', '2026-02-28')).toBe('six-already');
  });

  it('counts days at UTC+05:00', () => {
    expect(localDateOf(Date.parse('2026-05-31T19:00:00.000Z'))).toBe('2026-06-01');
    expect(localDateOf(Date.parse('2026-05-31T18:59:59.999Z'))).toBe('2026-05-31');
  });
});
