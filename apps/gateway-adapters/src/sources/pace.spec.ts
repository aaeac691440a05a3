import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { SourceProblem } from '../failures.ts';
import { breakerFailures, breakerRestMs } from '../limits.ts';
import { paceAt } from './pace.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

const down = (): Promise<never> => Promise.reject(new SourceProblem('unreachable', 'S'));
const refuses = (): Promise<never> => Promise.reject(new SourceProblem('refuses-us', 'S'));
const problemOf = async (run: Promise<unknown>): Promise<string> => {
  try {
    await run;
    return 'answered';
  } catch (error) {
    return (error as SourceProblem).problem;
  }
};

describe('a state system that fails', () => {
  it('is left alone after some failures, tried once after its rest, and asked again when it answers', async () => {
    const pace = paceAt({ perSecond: 1_000, burst: 1_000 });
    let calls = 0;
    const failing = (): Promise<never> => {
      calls += 1;
      return down();
    };
    for (let each = 0; each < breakerFailures; each += 1)
      expect(await problemOf(pace.run(failing))).toBe('unreachable');
    expect(await problemOf(pace.run(failing))).toBe('resting');
    expect(pace.state()).toBe('resting');
    expect(calls).toBe(breakerFailures);

    jest.advanceTimersByTime(breakerRestMs + 1);
    expect(await problemOf(pace.run(failing))).toBe('unreachable');
    expect(await problemOf(pace.run(failing))).toBe('resting');
    jest.advanceTimersByTime(breakerRestMs + 1);
    expect(await problemOf(pace.run(() => Promise.resolve('yes')))).toBe('answered');
    expect(pace.state()).toBe('asked');
  });

  it('is not left alone for refusing us: its rest would mend nothing', async () => {
    const pace = paceAt({ perSecond: 1_000, burst: 1_000 });
    for (let each = 0; each < 2 * breakerFailures; each += 1)
      expect(await problemOf(pace.run(refuses))).toBe('refuses-us');
  });
});

describe('the pace of a state system', () => {
  it('lets a burst through, then one after the other, and turns away what would wait too long', async () => {
    const pace = paceAt({ perSecond: 2, burst: 3 });
    const startedAtMs = Date.now();
    const doneAtMs: number[] = [];
    const results = Array.from({ length: 40 }, () =>
      problemOf(pace.run(() => Promise.resolve(doneAtMs.push(Date.now() - startedAtMs)))),
    );
    await jest.advanceTimersByTimeAsync(20_000);
    const outcomes = await Promise.all(results);

    expect(doneAtMs.slice(0, 6)).toEqual([0, 0, 0, 500, 1_000, 1_500]);
    expect(doneAtMs.at(-1)).toBe(10_000);
    expect(outcomes.filter((outcome) => outcome === 'throttled')).toHaveLength(40 - 23);
  });
});
