import { readdirSync, readFileSync } from 'node:fs';

/** Seconds of processor time since the start of each thing, by name. */
export type ProcessorTimes = Readonly<Record<string, number>>;

const ticksPerSecond = 100;

type Stat = { readonly name: string; readonly parent: number; readonly seconds: number };

/**
 * Processor time of a process's threads, by their names, and of whole process trees.
 * @param trees names with a text that stands in the command line of the tree's first process
 * @returns empty where the system does not tell (it is asked as Linux tells it)
 */
export function processorTimes(pid: number, trees: Readonly<Record<string, string>>): ProcessorTimes {
  try {
    const times: Record<string, number> = {};
    for (const task of readdirSync(`/proc/${pid}/task`)) {
      const { name, seconds } = statOf(`/proc/${pid}/task/${task}/stat`)!;
      const thread = Number(task) === pid ? 'main' : name;
      times[thread] = (times[thread] ?? 0) + seconds;
    }
    const processes = everyProcess();
    for (const [name, text] of Object.entries(trees)) times[name] = treeSeconds(processes, text);
    return times;
  } catch {
    return {};
  }
}

/** What passed between two readings. */
export function processorTimeBetween(before: ProcessorTimes, after: ProcessorTimes): ProcessorTimes {
  return Object.fromEntries(Object.entries(after).map(([name, seconds]) => [name, seconds - (before[name] ?? 0)]));
}

function everyProcess(): ReadonlyMap<number, Stat> {
  const found = new Map<number, Stat>();
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? statOf(`/proc/${name}/stat`) : undefined;
    if (stat) found.set(Number(name), stat);
  }
  return found;
}

function treeSeconds(processes: ReadonlyMap<number, Stat>, text: string): number {
  const root = [...processes.keys()].find((pid) => commandOf(pid).includes(text));
  return [...processes].reduce(
    (sum, [pid, { parent, seconds }]) => (pid === root || parent === root ? sum + seconds : sum),
    0,
  );
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

/** Undefined where it has ended meanwhile. */
function statOf(file: string): Stat | undefined {
  try {
    const text = readFileSync(file, 'utf8');
    const [, name, rest] = /^\d+ \((.*)\) (.*)$/s.exec(text)!;
    const fields = rest!.split(' ');
    return {
      name: name!,
      parent: Number(fields[1]),
      seconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
    };
  } catch {
    return undefined;
  }
}
