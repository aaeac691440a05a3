/**
 * A test runner for Stryker: each judged history is a test. The mutated core is loaded once and its mutants are switched in
 * it, so a mutant costs milliseconds; the first history that notices it ends its run. A history that noticed one comes
 * first for the next: what a mutant breaks, its neighbour mostly breaks too.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { JudgedHistory } from './core-histories.ts';
import type { Core, faultOf } from './core-judge.ts';

type Coverage = { readonly static: object; readonly perTest: Record<string, Record<string, number>> };

/** What the mutated core and its runner share: Stryker's own names. */
type Switchboard = {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  mutantCoverage?: Coverage;
};

type MutantRun = {
  readonly testFilter?: readonly string[];
  readonly activeMutant: { readonly id: string };
  readonly mutantActivation: 'runtime' | 'static';
};

/** Of the histories that reach a mutant, so many are tried; all of them with `--long`. */
const historiesMost = process.env['KEZEK_LONG'] === '1' ? Infinity : 60;

/** A mutant is passed less than a tenth as often in any history; one that is passed more often goes round and round. */
const hitsMost = 1_000_000;

const switchboard: Switchboard = ((globalThis as { __stryker__?: Switchboard }).__stryker__ ??= {});

class HistoryRunner {
  #core: Core | null = null;
  #histories: JudgedHistory[] = [];
  #faultOf: typeof faultOf = () => null;

  /** A module is loaded once: for a mutant that acts while the core is loaded, Stryker starts a new process. */
  capabilities(): object {
    return { reloadEnvironment: false };
  }

  /** Loads what judges only now: Stryker's own process reads this file too, and judges nothing. */
  async init(): Promise<void> {
    const { readHistories } = await import('./core-histories.ts');
    this.#faultOf = (await import('./core-judge.ts')).faultOf;
    this.#histories = readHistories(process.env['KEZEK_HISTORIES']!);
    // Those made for one purpose first, then the short ones: not all are tried.
    this.#histories.sort((one, other) => costOf(one) - costOf(other));
  }

  async dryRun(): Promise<object> {
    switchboard.mutantCoverage = { static: {}, perTest: {} };
    const core = await this.#load();
    const tests = this.#histories.map((history) => {
      switchboard.currentTestId = history.name;
      const since = performance.now();
      const fault = this.#faultOf(core, history);
      const timeSpentMs = performance.now() - since;
      const { name } = history;
      return fault === null
        ? { id: name, name, timeSpentMs, status: 0 }
        : { id: name, name, timeSpentMs, status: 1, failureMessage: fault };
    });
    switchboard.currentTestId = undefined;
    if (mostHits(switchboard.mutantCoverage) * 10 > hitsMost) throw new Error('hitsMost is too small');
    return { status: 'complete', tests, mutantCoverage: switchboard.mutantCoverage };
  }

  async mutantRun({ testFilter, activeMutant, mutantActivation }: MutantRun): Promise<object> {
    if (mutantActivation === 'static') switchboard.activeMutant = activeMutant.id;
    try {
      const core = await this.#load();
      switchboard.activeMutant = activeMutant.id;
      switchboard.hitLimit = hitsMost;
      return this.#judge(core, testFilter === undefined ? null : new Set(testFilter));
    } finally {
      switchboard.activeMutant = undefined;
      switchboard.hitCount = undefined;
    }
  }

  #judge(core: Core, wanted: ReadonlySet<string> | null): object {
    let nrOfTests = 0;
    for (const [place, history] of this.#histories.entries()) {
      if (wanted?.has(history.name) === false) continue;
      if (++nrOfTests > historiesMost) break;
      switchboard.hitCount = 0;
      const fault = this.#noticed(core, history);
      if (switchboard.hitCount > hitsMost) {
        return { status: 'timeout', reason: 'it goes round and round' };
      }
      if (fault === null) continue;
      this.#histories.splice(place, 1);
      this.#histories.unshift(history);
      return { status: 'killed', killedBy: [history.name], failureMessage: fault, nrOfTests };
    }
    return { status: 'survived', nrOfTests };
  }

  /** A mutant that stops with an error is noticed as well as one that decides otherwise. */
  #noticed(core: Core, history: JudgedHistory): string | null {
    try {
      return this.#faultOf(core, history);
    } catch (error) {
      return String(error);
    }
  }

  async #load(): Promise<Core> {
    // Stryker's copy of the repository is where the process runs.
    const core = pathToFileURL(join(process.cwd(), 'libs/allocation/src/index.ts')).href;
    return (this.#core ??= (await import(core)) as Core);
  }
}

const costOf = ({ crowded, entries }: JudgedHistory): number => (crowded ? 0 : entries.length);

function mostHits({ perTest }: Coverage): number {
  let most = 0;
  for (const hits of Object.values(perTest)) for (const count of Object.values(hits)) most = Math.max(most, count);
  return most;
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'histories', injectableClass: HistoryRunner }];
