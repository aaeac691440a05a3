import { join } from 'node:path';

/** Where a checkout keeps its stack. Everything lies under `.kezek/`, so two checkouts never meet. */
export type StackFolders = {
  readonly root: string;
  readonly base: string;
  readonly stateFile: string;
  readonly lockFile: string;
  readonly records: string;
  readonly logs: string;
  /** The data of one stack by its name: `work` outlives its stack, `demo` is made anew each time. */
  dataOf(stackName: string): string;
  logOf(service: string): string;
  recordOf(service: string): string;
};

/** @param root the checkout */
export function stackFolders(root: string): StackFolders {
  const base = join(root, '.kezek');
  const logs = join(base, 'logs');
  const records = join(base, 'records');
  return {
    root,
    base,
    stateFile: join(base, 'stack.json'),
    lockFile: join(base, 'stack.lock'),
    records,
    logs,
    dataOf: (stackName) => join(base, 'data', stackName),
    logOf: (service) => join(logs, `${service}.log`),
    recordOf: (service) => join(records, `${service}.pid`),
  };
}
