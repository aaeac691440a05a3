/**
 * Runs mutants for Stryker inside its own worker, each history a test: the core is loaded once and mutants are switched, so
 * that a mutant costs the history that notices it and no new process.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { MutantCoverage } from '@stryker-mutator/api/core';
import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  determineHitLimitReached,
  DryRunStatus,
  type DryRunResult,
  type MutantRunOptions,
  type MutantRunResult,
  MutantRunStatus,
  type TestResult,
  type TestRunner,
  TestStatus,
} from '@stryker-mutator/api/test-runner';
import type { faultOf } from './core-fault.ts';
import { type JudgedHistory, readHistories } from './core-histories.ts';

/** What the instrumented code and its runner share. */
type Switchboard = {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  mutantCoverage?: MutantCoverage;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
};

const board = ((globalThis as { __stryker__?: Switchboard }).__stryker__ ??= {});

class HistoriesRunner implements TestRunner {
  readonly #histories: readonly JudgedHistory[];
  #judge: typeof faultOf | undefined;

  constructor(histories: readonly JudgedHistory[]) {
    this.#histories = histories;
  }

  /** Modules stay loaded: a mutant of what runs while they load gets a process of its own. */
  capabilities(): { readonly reloadEnvironment: boolean } {
    return { reloadEnvironment: false };
  }

  async dryRun(): Promise<DryRunResult> {
    const judge = await this.#loaded();
    const tests = this.#histories.map((history): TestResult => {
      board.currentTestId = history.name;
      const beganMs = performance.now();
      const fault = judge(history);
      const test = { id: history.name, name: history.name, timeSpentMs: performance.now() - beganMs };
      return fault === null
        ? { ...test, status: TestStatus.Success }
        : { ...test, status: TestStatus.Failed, failureMessage: fault };
    });
    board.currentTestId = undefined;
    const { mutantCoverage } = board;
    return { status: DryRunStatus.Complete, tests, ...(mutantCoverage && { mutantCoverage }) };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit }: MutantRunOptions): Promise<MutantRunResult> {
    board.activeMutant = activeMutant.id;
    board.hitCount = hitLimit === undefined ? undefined : 0;
    board.hitLimit = hitLimit;
    const wanted = testFilter && new Set(testFilter);
    let nrOfTests = 0;
    for (const history of this.#histories) {
      if (wanted && !wanted.has(history.name)) continue;
      nrOfTests += 1;
      const failureMessage = await this.#faultOrThrown(history);
      const endless = determineHitLimitReached(board.hitCount, hitLimit);
      if (endless) return { status: MutantRunStatus.Timeout, reason: endless.reason ?? 'it runs on and on' };
      if (failureMessage !== null) {
        return { status: MutantRunStatus.Killed, killedBy: [history.name], failureMessage, nrOfTests };
      }
    }
    return { status: MutantRunStatus.Survived, nrOfTests };
  }

  async #faultOrThrown(history: JudgedHistory): Promise<string | null> {
    try {
      return (await this.#loaded())(history);
    } catch (error) {
      return String(error);
    }
  }

  /** The judge with the core that Stryker copied and changed: it lies where this process was started. */
  async #loaded(): Promise<typeof faultOf> {
    const file = pathToFileURL(join(process.cwd(), 'tools/mutate/core-fault.ts')).href;
    this.#judge ??= ((await import(file)) as { faultOf: typeof faultOf }).faultOf;
    return this.#judge;
  }
}

export const strykerPlugins = [
  declareFactoryPlugin(PluginKind.TestRunner, 'histories', (): TestRunner => {
    const file = process.env['KEZEK_HISTORIES'];
    if (file === undefined) throw new Error('KEZEK_HISTORIES names the file of histories');
    return new HistoriesRunner(readHistories(file));
  }),
];
