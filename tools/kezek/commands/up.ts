import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readStackState, stackFolders } from '#stack';
import { readArguments } from '../arguments.ts';
import { nodeOptions } from '../build.ts';
import { UsageError, type Command, type Io } from '../command.ts';
import { followFile } from '../follow-file.ts';
import { openStack } from '../open-stack.ts';
import { chosenStack } from '../stack-choice.ts';
import { addressLines, seconds } from '../stack-display.ts';

const usage = `
Usage: ./kezek up [--stack embedded|docker|external] [--detach] [--fresh] [--stores] [--preschools FILE]

Starts Kafka, Postgres, the four apps and the simulated neighbours, prints every address,
and keeps them running until Ctrl-C. Data stays in .kezek/data/work.

  --stack KIND       embedded (default): Kafka from its own jars, PostgreSQL from npm, no containers
                     docker: docker-compose.yml
                     external: KAFKA_BROKERS and POSTGRES_URL_{INTAKE,GATEWAY,ALLOCATOR,NOTIFIER}
  --detach           leave it running in the background; ./kezek down stops it
  --fresh            begin with no data
  --stores           Kafka and Postgres only
  --preschools FILE  the registry of preschools (JSON); default: the demo's city
`;

const options = {
  stack: { type: 'string' },
  detach: { type: 'boolean', default: false },
  fresh: { type: 'boolean', default: false },
  stores: { type: 'boolean', default: false },
  preschools: { type: 'string', default: join('tools', 'demo', 'preschools.json') },
  /** Name of its data; the demo has its own. */
  name: { type: 'string', default: 'work' },
} as const;

export const command: Command = {
  name: 'up',
  summary: 'start the stack',
  usage,
  run: async (args, io) => {
    const { values } = readArguments(args, options);
    const kind = chosenStack(values.stack);
    if (values.stores && kind !== 'embedded') throw new UsageError('--stores is for the embedded stack');
    if (values.detach) return detached(args, io);
    return inForeground({ ...values, kind }, io);
  },
};

type Chosen = Parameters<typeof openStack>[0];
type UpOptions = Omit<Chosen, 'preschoolsFile' | 'storesOnly'> & {
  readonly stores: boolean;
  readonly preschools: string;
};

async function inForeground(chosen: UpOptions, io: Io): Promise<number> {
  const startedAtMs = performance.now();
  const stopping = stopSignals();
  const stack = await openStack(
    { ...chosen, storesOnly: chosen.stores, preschoolsFile: join(io.root, chosen.preschools) },
    io,
    stopping.signal,
  );
  if (stack === undefined) return stopping.signal.aborted ? 130 : 1;
  io.out(`The stack runs after ${seconds(performance.now() - startedAtMs)}.`);
  addressLines(stack.state).forEach((line) => io.out(line));
  io.out('Ctrl-C stops it.');
  await stopping.asked;
  io.out('Stopping.');
  await stack.stop();
  return 0;
}

/** The first Ctrl-C (or SIGTERM, or a closed terminal) asks to stop in order. */
function stopSignals(): { readonly signal: AbortSignal; readonly asked: Promise<void> } {
  const controller = new AbortController();
  const asked = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        controller.abort(new Error('it was told to stop'));
        resolve();
      });
    }
  });
  return { signal: controller.signal, asked };
}

/** Runs the same command in a process of its own, and shows what it says until the stack runs. */
async function detached(args: readonly string[], io: Io): Promise<number> {
  const folders = stackFolders(io.root);
  mkdirSync(folders.logs, { recursive: true });
  const logFile = folders.logOf('launcher');
  const log = openSync(logFile, 'w');
  const own = args.filter((arg) => arg !== '--detach');
  const child = spawn(process.execPath, [...nodeOptions, join(io.root, 'tools/kezek/main.ts'), 'up', ...own], {
    cwd: io.root,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  let ended: number | undefined;
  child.once('exit', (status) => (ended = status ?? 1));
  const shown = followFile(logFile, 0, (line) => line !== 'Ctrl-C stops it.' && io.out(line));
  const runs = () => {
    const state = readStackState(folders.stateFile);
    return state?.launcher.pid === child.pid && state?.phase === 'running';
  };
  while (ended === undefined && !runs()) await sleep(100);
  await shown.stop();
  if (ended !== undefined) return ended === 0 ? 1 : ended;
  child.unref();
  io.out('It runs in the background: ./kezek status, ./kezek logs, ./kezek down.');
  return 0;
}
