import { describe, expect, it } from '@jest/globals';
import { totalsOf, type JestReport } from './jest-totals.ts';

function report(change: Partial<JestReport>): JestReport {
  const none = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };
  return { ...none, ...change };
}

const suite = (name: string, ...statuses: string[]) => ({
  name,
  status: statuses.includes('failed') ? 'failed' : 'passed',
  assertionResults: statuses.map((status) => ({ status })),
});

describe('the totals of a test run', () => {
  it('are the tests that passed and failed', () => {
    const run = report({
      numPassedTests: 2,
      numFailedTests: 1,
      testResults: [suite('a', 'passed', 'failed', 'passed')],
    });
    expect(totalsOf(run, ['a'])).toEqual({ passed: 2, failed: 1, troubles: [] });
  });

  it('count a suite that has not run although its file is there', () => {
    const run = report({ numPassedTests: 1, testResults: [suite('a', 'passed')] });
    expect(totalsOf(run, ['a', 'b'])).toEqual({ passed: 1, failed: 1, troubles: ['b did not run'] });
  });

  it('count a suite that broke before its first test, and one that broke after its last', () => {
    const broken = { name: 'a', status: 'failed', assertionResults: [] };
    const brokenLater = { name: 'b', status: 'failed', assertionResults: [{ status: 'passed' }] };
    const run = report({ numPassedTests: 1, testResults: [broken, brokenLater] });
    expect(totalsOf(run, ['a', 'b'])).toMatchObject({ failed: 2, troubles: ['a could not run', 'b could not run'] });
  });

  it('count tests that were skipped or left to do', () => {
    const run = report({ numPassedTests: 1, numPendingTests: 1, numTodoTests: 1, testResults: [suite('a', 'passed')] });
    expect(totalsOf(run, ['a'])).toEqual({ passed: 1, failed: 1, troubles: ['2 tests were skipped'] });
  });

  it('are a failure when not one test ran, or jest wrote nothing', () => {
    expect(totalsOf(report({}), [])).toEqual({ passed: 0, failed: 1, troubles: ['not one test ran'] });
    expect(totalsOf(undefined, ['a'])).toEqual({ passed: 0, failed: 1, troubles: ['jest wrote no report'] });
  });
});
