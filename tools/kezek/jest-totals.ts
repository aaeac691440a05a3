/** Of jest's `--json` report, what the closing line counts. */
export type JestReport = {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
};

export type Totals = { readonly passed: number; readonly failed: number; readonly troubles: readonly string[] };

/**
 * Counts a run. A suite that could not run, or that has not run although its file is there, is a failure; so is a test
 * that was skipped, and a run of no test at all: green must mean that everything was looked at.
 * @param files the suites that had to run, as absolute paths
 */
export function totalsOf(report: JestReport | undefined, files: readonly string[]): Totals {
  if (report === undefined) return { passed: 0, failed: 1, troubles: ['jest wrote no report'] };
  const ran = new Map(report.testResults.map((suite) => [suite.name, suite]));
  const troubles = [
    ...files.filter((file) => !ran.has(file)).map((file) => `${file} did not run`),
    ...report.testResults.filter(couldNotRun).map(({ name }) => `${name} could not run`),
  ];
  const skipped = report.numPendingTests + report.numTodoTests;
  if (skipped > 0) troubles.push(`${skipped} tests were skipped`);
  if (report.numPassedTests + report.numFailedTests === 0) troubles.push('not one test ran');
  return { passed: report.numPassedTests, failed: report.numFailedTests + troubles.length, troubles };
}

/** A suite that failed although none of its tests did, or that has no test. */
function couldNotRun({ status, assertionResults }: JestReport['testResults'][number]): boolean {
  const testFailed = assertionResults.some((test) => test.status === 'failed');
  return assertionResults.length === 0 || (status === 'failed' && !testFailed);
}
