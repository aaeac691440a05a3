import { describe, expect, it } from '@jest/globals';
import { figureLine, figureTable } from './figure.ts';

describe('a figure', () => {
  it('meets a goal on its ratio or on its value', () => {
    const figure = { name: 'x', value: 80, unit: '/s', baseline: 100 };
    expect(figureLine({ ...figure, goal: { of: 'ratio', atLeast: 0.8 } })).toMatchObject({ ratio: 0.8, met: true });
    expect(figureLine({ ...figure, goal: { of: 'ratio', atLeast: 0.81 } }).met).toBe(false);
    expect(figureLine({ ...figure, goal: { of: 'value', atMost: 79 } }).met).toBe(false);
    expect(figureLine({ ...figure, goal: null }).met).toBeNull();
  });

  it('does not meet a goal on a ratio that nobody measured', () => {
    const goal = { of: 'ratio', atMost: 2 } as const;
    expect(figureLine({ name: 'x', value: 1, unit: 's', baseline: null, goal }).met).toBe(false);
  });

  it('says NO in the table where a goal is missed', () => {
    const line = figureLine({ name: 'x', value: 1, unit: '/s', baseline: 2, goal: { of: 'ratio', atLeast: 1 } });
    expect(figureTable([line])).toMatch(/x +1 +\/s +2 +0\.5 +ratio >= 1 +NO/);
  });
});
